// What a waiting customer is told about his place.
#pragma once
#include <optional>
#include <string>

#include "acd/domain/queue.hpp"

namespace trunkline::acd {

// The queue's own text or the built-in one of its language; {ahead} becomes the number of those who come first. With an
// expected wait and a text for it, {minutes} becomes the wait, rounded up.
std::string AnnouncementFor(const QueueSettings& queue, size_t place,
                            std::optional<Duration> expected_wait = std::nullopt);

}  // namespace trunkline::acd
