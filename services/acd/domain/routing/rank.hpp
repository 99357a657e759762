// The place that a strategy gives a ready agent.
#pragma once
#include <compare>
#include <cstdint>

namespace trunkline::acd {

// The lowest is offered first; agents of equal rank follow each other by id.
struct Rank {
    int64_t major = 0;
    int64_t minor = 0;
    auto operator<=>(const Rank&) const = default;
};

}  // namespace trunkline::acd
