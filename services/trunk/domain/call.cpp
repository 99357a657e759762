// Look-ups in a call.
#include "trunk/domain/call.hpp"

#include <algorithm>

namespace trunkline::trunk {

const Leg* Call::Find(const LegId& leg) const {
    const auto found = std::find_if(legs.begin(), legs.end(), [&](const Leg& each) { return each.id == leg; });
    return found == legs.end() ? nullptr : &*found;
}

Leg* Call::Find(const LegId& leg) { return const_cast<Leg*>(std::as_const(*this).Find(leg)); }

bool Call::HasBridge() const {
    return std::count_if(legs.begin(), legs.end(), [](const Leg& leg) { return leg.bridged; }) > 1;
}

}  // namespace trunkline::trunk
