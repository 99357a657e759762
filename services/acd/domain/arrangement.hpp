// Who hears whom in a contact: what the telephone side is told. Follows from the contact alone, so that it can be told
// again at any time.
#pragma once
#include <vector>

#include "acd/domain/contact.hpp"

namespace trunkline::acd {

// An empty leg is the customer's.
struct Arrangement {
    struct Hearing {
        LegId listener;
        std::vector<LegId> speakers;
        bool operator==(const Hearing&) const = default;
    };
    std::vector<LegId> legs;       // fewer than two: nobody is connected
    std::vector<Hearing> hearing;  // empty: everybody hears all others

    bool HasCustomer() const { return !legs.empty() && legs.front().empty(); }
    bool operator==(const Arrangement&) const = default;
};

Arrangement ArrangementOf(const Contact& contact);

}  // namespace trunkline::acd
