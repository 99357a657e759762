// What a waiting customer is told about his place.
#pragma once
#include <string>

#include "acd/domain/queue.hpp"

namespace trunkline::acd {

// The queue's own text or the built-in one of its language; {ahead} becomes the number of those who come first.
std::string AnnouncementFor(const QueueSettings& queue, size_t place);

}  // namespace trunkline::acd
