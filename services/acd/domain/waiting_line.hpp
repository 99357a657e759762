// The contacts that wait in one line, in the order in which they are served: priority, then age. Inserting, removing
// and finding somebody's place cost the logarithm of the length.
#pragma once
#include <cstdint>
#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>

#include "clock/clock.hpp"

namespace trunkline::acd {

struct Contact;

struct Position {
    uint32_t priority = 0;
    TimePoint arrived{};
    uint64_t ticket = 0;  // unique; settles equal times
    Contact* contact = nullptr;

    // True when this one is served before the other.
    bool operator<(const Position& other) const {
        if (priority != other.priority) {
            return priority > other.priority;
        }
        return arrived != other.arrived ? arrived < other.arrived : ticket < other.ticket;
    }
};

class WaitingLine {
 public:
    void Join(const Position& position) { tree_.insert(position); }
    void Leave(const Position& position) { tree_.erase(position); }

    bool empty() const { return tree_.empty(); }
    size_t size() const { return tree_.size(); }
    const Position& Head() const { return *tree_.begin(); }
    // How many are served before this one, who need not be in the line.
    size_t CountBefore(const Position& position) const { return tree_.order_of_key(position); }
    // When the one who waits longest arrived; `otherwise` when nobody waits. Looks at one contact of each priority.
    TimePoint OldestArrival(TimePoint otherwise) const {
        TimePoint oldest = otherwise;
        auto first = tree_.begin();
        while (first != tree_.end()) {
            oldest = std::min(oldest, first->arrived);
            first = tree_.lower_bound(Position{first->priority, TimePoint::max(), UINT64_MAX, nullptr});
        }
        return oldest;
    }
    auto begin() const { return tree_.begin(); }
    auto end() const { return tree_.end(); }

 private:
    __gnu_pbds::tree<Position, __gnu_pbds::null_type, std::less<Position>, __gnu_pbds::rb_tree_tag,
                     __gnu_pbds::tree_order_statistics_node_update>
        tree_;
};

}  // namespace trunkline::acd
