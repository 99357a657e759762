// A snapshot of the telephone side turned into what the router has to be told: how things stood when they were last
// kept, and what has happened since. Pure.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "acd/app/calls.hpp"
#include "acd/domain/events.hpp"

namespace trunkline::acd {

struct Happened {
    Event event;
    TimePoint time{};
};

struct Recovery {
    std::vector<std::string> facts;  // packed; may not have been stored
    std::vector<CallbackRestored> callbacks;
    std::vector<AgentRestored> agents;                    // may be older than what is known
    std::vector<ContactRestored> contacts;                // in the order of their arrival
    std::vector<Happened> since;                          // in the order of time
    std::vector<std::pair<ContactId, LegId>> stray_legs;  // of live calls; nobody waits for them
};

// `now`: for what happened at a time nobody knows.
Recovery Recover(const calls::Snapshot& snapshot, TimePoint now);

// The router's words for how legs and calls end.
LegEnd LegEndOf(const std::string& reason);
GoneReason GoneReasonOf(const std::string& reason);
// How a call to a customer who was to be called back ended.
std::string TryEndOf(const std::string& reason);

// The arrival of a call that was offered, from the shared keys "queue" and "priority" of its data.
ContactArrived ArrivalOf(const calls::Call& call);

}  // namespace trunkline::acd
