// Ids of the router's own things. They are derived from the contact, so that a router that starts again names the same
// thing with the same id.
#pragma once
#include <cstdint>
#include <string>

#include "ids/ids.hpp"

namespace trunkline::acd {

// One stay of a contact in one queue.
using SegmentId = Id<struct SegmentTag>;
// One agent's part in a contact.
using AgentSegmentId = Id<struct AgentSegmentTag>;

inline SegmentId SegmentOf(const ContactId& contact, uint32_t number) {
    return SegmentId(DerivedId("segment/" + contact.str() + "/" + std::to_string(number)));
}
inline AgentSegmentId AgentSegmentOf(const ContactId& contact, uint32_t number) {
    return AgentSegmentId(DerivedId("agent-segment/" + contact.str() + "/" + std::to_string(number)));
}
// The leg that rings an agent: `attempt` counts the offers of the segment.
inline LegId LegOf(const SegmentId& segment, uint32_t attempt) {
    return LegId(DerivedId("leg/" + segment.str() + "/" + std::to_string(attempt)));
}
// One recording for the whole contact, however many agents take part.
inline RecordingId RecordingOf(const ContactId& contact) {
    return RecordingId(DerivedId("recording/" + contact.str()));
}

}  // namespace trunkline::acd
