// The place that a strategy gives a ready agent.
#pragma once
#include <compare>
#include <cstdint>
#include <tuple>

namespace trunkline::acd {

// The lowest is offered first; agents of equal rank follow each other by id.
struct Rank {
    int64_t major = 0;
    int64_t minor = 0;
    uint32_t load = 0;  // contacts he has already; decides before the strategy does

    auto operator<=>(const Rank& other) const {
        return std::tie(load, major, minor) <=> std::tie(other.load, other.major, other.minor);
    }
    bool operator==(const Rank&) const = default;
};

}  // namespace trunkline::acd
