// From a snapshot to the router's events.
#include "acd/app/recovery.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "acd/app/checkpoint.hpp"

namespace trunkline::acd {
namespace {

using calls::Call;
using calls::Leg;

const Leg* FindLeg(const Call& call, const LegId& id) {
    const auto found = std::find_if(call.legs.begin(), call.legs.end(), [&](const Leg& leg) { return leg.id == id; });
    return found == call.legs.end() ? nullptr : &*found;
}

TimePoint KnownOr(TimePoint time, TimePoint otherwise) { return time == TimePoint{} ? otherwise : time; }

// Collects what one call has to tell.
class CallReader {
 public:
    CallReader(const Call& call, bool live, TimePoint now, Recovery& recovery)
        : call_(call), live_(live), now_(now), recovery_(recovery) {}

    void Read() {
        ReadKept();
        const auto kept = call_.data.find(kContactKey);
        const auto contact = kept == call_.data.end() ? Result<Contact>(Error{}) : UnpackContact(kept->second);
        if (contact.ok() && contact->id == call_.contact &&
            (contact->state != ContactState::kDone || contact->leaving)) {
            ReadContact(*contact);
        } else {
            Add(ArrivalOf(call_), KnownOr(call_.owned, now_));
        }
        if (!live_) {
            Add(ContactGone{call_.contact, GoneReasonOf(call_.end_reason), TryEndOf(call_.end_reason)},
                KnownOr(call_.ended, now_));
        }
    }

 private:
    void Add(Event event, TimePoint time) { recovery_.since.push_back({std::move(event), time}); }

    void ReadKept() {
        for (const auto& [key, value] : call_.data) {
            if (key.starts_with(kFactPrefix)) {
                recovery_.facts.push_back(value);
            } else if (key.starts_with(kAgentPrefix)) {
                if (auto agent = UnpackAgent(value); agent.ok()) {
                    recovery_.agents.push_back({agent->first, agent->second});
                }
            } else if (key == kCallbackKey) {
                if (auto callback = UnpackCallback(value); callback.ok()) {
                    recovery_.callbacks.push_back({*callback, false});
                }
            }
        }
    }

    void ReadContact(const Contact& contact) {
        ContactRestored restored;
        restored.contact = contact;
        restored.live = live_;
        restored.recording = call_.recording;
        for (const Leg& leg : call_.legs) {
            restored.playing = restored.playing || (leg.customer && leg.playing);
            const bool part = contact.part && contact.part->leg == leg.id;
            const bool offer = IsOffer(contact, leg.id);
            restored.bridged = restored.bridged || (part && leg.bridged);
            if (offer) {
                restored.ringing.insert(leg.id);
            }
            if (live_ && !leg.customer && !part && !offer && !IsParty(contact, leg.id) &&
                leg.state != Leg::State::kEnded) {
                recovery_.stray_legs.emplace_back(contact.id, leg.id);
            }
        }
        recovery_.contacts.push_back(restored);
        if (contact.part) {
            ReadPart(contact);
        }
        if (contact.offer) {
            ReadOffer(contact, *contact.offer);
        }
        for (const Offer& rival : contact.rivals) {
            ReadOffer(contact, rival);
        }
        for (const Party& party : contact.parties) {
            ReadParty(contact.id, party);
        }
        if ((contact.outbound || contact.CallsBack()) && call_.answered && !contact.part) {
            Add(CustomerAnswered{contact.id}, now_);
        }
    }

    static bool IsParty(const Contact& contact, const LegId& leg) {
        return std::any_of(contact.parties.begin(), contact.parties.end(),
                           [&](const Party& party) { return party.leg == leg; });
    }

    void ReadParty(const ContactId& contact, const Party& party) {
        const Leg* leg = FindLeg(call_, party.leg);
        if (leg == nullptr && live_) {
            Add(LegEnded{contact, party.leg, LegEnd::kUnreachable}, now_);
        } else if (leg != nullptr) {
            if (!party.up && leg->answered != TimePoint{}) {
                Add(LegAnswered{contact, leg->id}, leg->answered);
            }
            ReadEnd(contact, *leg);
        }
    }

    static bool IsOffer(const Contact& contact, const LegId& leg) {
        return (contact.offer && contact.offer->leg == leg) ||
               std::any_of(contact.rivals.begin(), contact.rivals.end(),
                           [&](const Offer& rival) { return rival.leg == leg; });
    }

    void ReadOffer(const Contact& contact, const Offer& offer) {
        const Leg* leg = FindLeg(call_, offer.leg);
        if (leg == nullptr) {
            return;
        }
        const bool rival = !contact.offer || contact.offer->leg != offer.leg;
        if (rival && leg->answered != TimePoint{}) {
            Add(LegAnswered{contact.id, leg->id}, leg->answered);
        }
        if (leg->connected != TimePoint{}) {
            Add(Bridged{contact.id, leg->id}, leg->connected);
            ReadHold(contact.id, *leg, false);
        } else if (!rival && leg->answered != TimePoint{}) {
            Add(LegAnswered{contact.id, leg->id}, leg->answered);
        }
        ReadEnd(contact.id, *leg);
    }

    void ReadPart(const Contact& contact) {
        const Leg* leg = FindLeg(call_, contact.part->leg);
        if (leg == nullptr) {
            if (live_) {
                Add(LegEnded{contact.id, contact.part->leg, LegEnd::kHungUp}, now_);
            }
            return;
        }
        ReadHold(contact.id, *leg, contact.part->phone_held);
        ReadEnd(contact.id, *leg);
    }

    void ReadHold(const ContactId& contact, const Leg& leg, bool known_as_held) {
        if (leg.state != Leg::State::kUp || leg.held == known_as_held) {
            return;
        }
        if (leg.held) {
            Add(Held{contact, leg.id}, now_);
        } else {
            Add(Resumed{contact, leg.id}, now_);
        }
    }

    // When the whole call ended, legs that ended with it say nothing of their own.
    void ReadEnd(const ContactId& contact, const Leg& leg) {
        const bool before = live_ || (leg.ended != TimePoint{} && leg.ended < call_.ended);
        if (leg.state == Leg::State::kEnded && before) {
            Add(LegEnded{contact, leg.id, LegEndOf(leg.end_reason)}, KnownOr(leg.ended, now_));
        }
    }

    const Call& call_;
    bool live_;
    TimePoint now_;
    Recovery& recovery_;
};

constexpr Duration kWantedWait = std::chrono::seconds(30);

uint32_t NumberIn(const std::string& text) {
    uint32_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// The agent that the flow names goes before the customer's account manager, and he before whoever served him last.
void TakeWanted(const std::map<std::string, std::string>& data, ContactArrived& arrival) {
    for (const auto& [key, why] : {std::pair{"agent", "NAMED_AGENT"}, std::pair{"account_manager", "ACCOUNT_MANAGER"},
                                   std::pair{"last_agent", "LAST_AGENT"}}) {
        const auto found = data.find(key);
        if (found != data.end() && !found->second.empty()) {
            arrival.wanted = AgentId(found->second);
            arrival.wanted_by = why;
            arrival.wanted_wait = kWantedWait;
            return;
        }
    }
}

}  // namespace

Recovery Recover(const calls::Snapshot& snapshot, TimePoint now) {
    Recovery recovery;
    for (const Call& call : snapshot.calls) {
        CallReader(call, true, now, recovery).Read();
    }
    for (const Call& call : snapshot.ended_calls) {
        CallReader(call, false, now, recovery).Read();
    }
    std::sort(recovery.contacts.begin(), recovery.contacts.end(), [](const auto& a, const auto& b) {
        return std::tie(a.contact.arrived, a.contact.id) < std::tie(b.contact.arrived, b.contact.id);
    });
    std::stable_sort(recovery.agents.begin(), recovery.agents.end(),
                     [](const auto& a, const auto& b) { return a.status.since < b.status.since; });
    std::stable_sort(recovery.since.begin(), recovery.since.end(),
                     [](const Happened& a, const Happened& b) { return a.time < b.time; });
    return recovery;
}

LegEnd LegEndOf(const std::string& reason) {
    static const std::map<std::string, LegEnd> kEnds{
        {"REMOTE_HANG_UP", LegEnd::kHungUp},
        {"APPLICATION_HANG_UP", LegEnd::kHungUp},
        {"CANCELLED", LegEnd::kNoAnswer},
        {"NO_ANSWER", LegEnd::kNoAnswer},
        {"BUSY", LegEnd::kBusy},
        {"REJECTED", LegEnd::kRejected},
        {"UNREACHABLE", LegEnd::kUnreachable},
        {"PHONE_NOT_REGISTERED", LegEnd::kUnreachable},
        {"", LegEnd::kHungUp},
    };
    const auto found = kEnds.find(reason);
    return found == kEnds.end() ? LegEnd::kLost : found->second;
}

GoneReason GoneReasonOf(const std::string& reason) {
    static constexpr std::array<std::string_view, 4> kLeft{"REMOTE_HANG_UP", "CANCELLED", "MEDIA_TIMEOUT",
                                                           "SESSION_TIMEOUT"};
    const bool left = std::find(kLeft.begin(), kLeft.end(), reason) != kLeft.end();
    return left ? GoneReason::kCustomerLeft : GoneReason::kSystemError;
}

std::string TryEndOf(const std::string& reason) {
    static constexpr std::array<std::string_view, 4> kKnown{"NO_ANSWER", "BUSY", "REJECTED", "UNREACHABLE"};
    if (std::find(kKnown.begin(), kKnown.end(), reason) != kKnown.end()) {
        return reason;
    }
    return GoneReasonOf(reason) == GoneReason::kCustomerLeft ? "NOT_CONFIRMED" : "SYSTEM_ERROR";
}

ContactArrived ArrivalOf(const calls::Call& call) {
    const auto value = [&](const char* key) {
        const auto found = call.data.find(key);
        return found == call.data.end() ? std::string() : found->second;
    };
    ContactArrived arrival{call.contact,     call.id, call.from_number, QueueId(value("queue")), 0, call.answered, 0, 0,
                           value("language")};
    arrival.priority = NumberIn(value("priority"));
    TakeWanted(call.data, arrival);
    if (const auto limit = NumberIn(value("agent_wait")); limit > 0) {
        arrival.wanted_wait = std::chrono::seconds(limit);
    }
    arrival.wait_for_away = value("agent_away") == "wait";
    if (const auto earlier = UnpackContact(value(kContactKey)); earlier.ok()) {
        arrival.earlier_segments = earlier->segment;
        arrival.earlier_parts = earlier->parts;
    }
    return arrival;
}

}  // namespace trunkline::acd
