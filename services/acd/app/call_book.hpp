// The live calls behind the contacts: where orders for a contact go, and what has been kept with its call.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>

#include "acd/app/calls.hpp"
#include "acd/app/ports.hpp"
#include "acd/domain/router.hpp"

namespace trunkline::acd {

struct LiveCall {
    CallId call;
    ContactId contact;
    uint64_t epoch = 0;
    LegId customer_leg;
    bool answered = false;    // a number that is answered late rings until an agent has answered
    calls::Data data;         // as far as we know it
    uint32_t facts_kept = 0;  // how often the rings have been written
    uint32_t agents_kept = 0;
    uint64_t orders = 0;
    std::string announcement;  // the command that plays one; empty: none
    bool leaving = false;      // it is the last, then the call ends
};

class CallBook {
 public:
    // Also takes over what an earlier process has kept.
    LiveCall& Add(const calls::Call& call);
    void Remove(const ContactId& contact);
    // Null when there is no such live call.
    LiveCall* Find(const ContactId& contact);
    LiveCall* Find(const CallId& call);
    const std::unordered_map<ContactId, LiveCall>& all() const { return calls_; }

 private:
    std::unordered_map<ContactId, LiveCall> calls_;
    std::unordered_map<CallId, ContactId> contacts_;
};

// The next order for a call, with a command id of its own that starts with `word`.
calls::Order OrderFor(LiveCall& call, const std::string& word, decltype(calls::Order::action) action);

// What has to be kept with the calls after a decision: for each contact, the entries that differ from what is there.
std::unordered_map<ContactId, calls::Data> EntriesToKeep(const Decisions& decisions, const Router& router,
                                                         const Facts& facts, CallBook& book);

// Attached data as headers for the agent's phone: "language" becomes "X-Trunkline-language".
calls::Data HeadersFor(const LiveCall& call, const QueueId& queue);

}  // namespace trunkline::acd
