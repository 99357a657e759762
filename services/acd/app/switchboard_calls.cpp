// What happens on calls, told to the router.
#include <algorithm>
#include <set>

#include "acd/app/caller_number.hpp"
#include "acd/app/switchboard.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::acd {
namespace {

constexpr std::string_view kDialPrefix = "dial/";
constexpr std::string_view kConfirmPrefix = "confirm/";
constexpr std::string_view kRecordPrefix = "record/";

}  // namespace

void Switchboard::OnCall(const calls::Event& event) {
    std::visit([&](const auto& body) { On(body, event); }, event.body);
}

template <class Body>
void Switchboard::Tell(const calls::Event& event, const Body& make) {
    if (const LiveCall* call = book_.Find(event.call); call != nullptr) {
        (void)Run(make(call->contact), event.occurred);
    }
}

void Switchboard::On(const calls::Snapshot& body, const calls::Event& event) {
    (void)Run(RoutingClosed{}, event.occurred);
    TakeStock(body, event.occurred);
    TakePhones(body, event.occurred);
    (void)Run(RoutingOpened{}, event.occurred);
    ports_.observer.OnLink(true);
    log::Info("attached to the telephone side", {{log::kCount, body.calls.size()}});
}

void Switchboard::TakeStock(const calls::Snapshot& snapshot, TimePoint time) {
    std::set<ContactId> listed;
    for (const auto* calls : {&snapshot.calls, &snapshot.ended_calls}) {
        std::for_each(calls->begin(), calls->end(), [&](const calls::Call& call) { listed.insert(call.contact); });
    }
    book_ = {};
    std::vector<ContactId> lost;
    for (const auto& [id, contact] : router_.contacts()) {
        // A callback that waits has no call.
        if (!listed.contains(id) && !contact.call.empty()) {
            lost.push_back(id);
        }
    }
    for (const ContactId& id : lost) {
        (void)Run(ContactGone{id, GoneReason::kSystemError}, time);
    }
    for (const calls::Call& call : snapshot.calls) {
        book_.Add(call);
    }
    Recovery recovery = Recover(snapshot, time);
    for (const std::string& fact : recovery.facts) {
        ports_.facts.Retell(fact);
    }
    for (const CallbackRestored& callback : recovery.callbacks) {
        (void)Run(callback, time);
    }
    for (const AgentRestored& agent : recovery.agents) {
        (void)Run(agent, time);
    }
    for (const ContactRestored& contact : recovery.contacts) {
        (void)Run(contact, time);
    }
    for (const Happened& happened : recovery.since) {
        (void)Run(happened.event, happened.time);
    }
    for (const auto& [contact, leg] : recovery.stray_legs) {
        if (LiveCall* call = book_.Find(contact); call != nullptr) {
            Send(*call, "drop", calls::HangUpLeg{leg});
        }
    }
}

// Phones with a fixed address never register, so only a phone that was registered can be missed.
void Switchboard::TakePhones(const calls::Snapshot& snapshot, TimePoint time) {
    const std::set<std::string> registered(snapshot.registered_phones.begin(), snapshot.registered_phones.end());
    std::vector<std::string> gone;
    for (const auto& [id, agent] : router_.agents()) {
        if (agent.phone_registered && !registered.contains(agent.settings.phone)) {
            gone.push_back(agent.settings.phone);
        }
    }
    for (const std::string& phone : gone) {
        (void)Run(PhoneRegistrationChanged{phone, false}, time);
    }
    for (const std::string& phone : registered) {
        (void)Run(PhoneRegistrationChanged{phone, true}, time);
    }
}

void Switchboard::On(const calls::Offered& body, const calls::Event& event) {
    if (body.call.outbound) {
        return;  // we began it
    }
    book_.Add(body.call);
    const TimePoint arrived = body.call.owned == TimePoint{} ? event.occurred : body.call.owned;
    ContactArrived arrival = ArrivalOf(body.call);
    if (!router_.callbacks().empty()) {
        arrival.caller = KeyOf(arrival.from_number);
    }
    (void)Run(arrival, arrived);
}

void Switchboard::On(const calls::LegRinging& body, const calls::Event& event) {
    Tell(event, [&](const ContactId& contact) { return LegRinging{contact, body.leg}; });
}

void Switchboard::On(const calls::LegAnswered& body, const calls::Event& event) {
    const LiveCall* call = book_.Find(event.call);
    if (call == nullptr) {
        return;
    }
    if (call->customer_leg == body.leg) {
        (void)Run(CustomerAnswered{call->contact}, event.occurred);
    } else {
        (void)Run(LegAnswered{call->contact, body.leg}, event.occurred);
    }
}

void Switchboard::On(const calls::LegEnded& body, const calls::Event& event) {
    Tell(event, [&](const ContactId& contact) { return LegEnded{contact, body.leg, LegEndOf(body.reason)}; });
}

void Switchboard::On(const calls::LegHeld& body, const calls::Event& event) {
    Tell(event, [&](const ContactId& contact) { return Held{contact, body.leg}; });
}

void Switchboard::On(const calls::LegResumed& body, const calls::Event& event) {
    Tell(event, [&](const ContactId& contact) { return Resumed{contact, body.leg}; });
}

void Switchboard::On(const calls::LegsBridged& body, const calls::Event& event) {
    for (const LegId& leg : body.legs) {
        Tell(event, [&](const ContactId& contact) { return Bridged{contact, leg}; });
    }
}

void Switchboard::On(const calls::PlayFinished& body, const calls::Event& event) {
    LiveCall* call = book_.Find(event.call);
    if (call == nullptr || body.command_id != call->announcement) {
        return;
    }
    call->announcement.clear();
    if (call->leaving) {
        Send(*call, "hang-up", calls::HangUp{});
    } else if (!body.stopped) {
        On(PlayMusic{call->contact}, *call);
    }
}

void Switchboard::On(const calls::DigitPressed& body, const calls::Event& event) {
    const LiveCall* call = book_.Find(event.call);
    if (call != nullptr && call->customer_leg == body.leg && !body.digit.empty()) {
        (void)Run(PressedBy(*call, body.digit.front()), event.occurred);
    }
}

void Switchboard::On(const calls::DigitsCollected& body, const calls::Event& event) {
    if (body.command_id.starts_with(kConfirmPrefix)) {
        Tell(event, [&](const ContactId& contact) {
            return OfferConfirmed{contact, LegId(body.command_id.substr(kConfirmPrefix.size())), body.digits == "1"};
        });
    } else if (const LiveCall* call = book_.Find(event.call); call != nullptr) {
        TakeKeys(*call, body.command_id, body.digits, event.occurred);
    }
}

void Switchboard::On(const calls::TransferRequested& body, const calls::Event& event) {
    Tell(event, [&](const ContactId& contact) {
        return TransferRequested{contact, body.leg, body.target, body.attended};
    });
}

void Switchboard::On(const calls::Ended& body, const calls::Event& event) {
    if (book_.Find(body.call.contact) == nullptr) {
        return;
    }
    // Facts told now are no longer kept with the call, but told again from the list of ended calls.
    book_.Remove(body.call.contact);
    const TimePoint ended = body.call.ended == TimePoint{} ? event.occurred : body.call.ended;
    if (router_.contacts().contains(body.call.contact)) {
        (void)Run(ContactGone{body.call.contact, GoneReasonOf(body.call.end_reason), TryEndOf(body.call.end_reason)},
                  ended);
    }
}

void Switchboard::On(const calls::CommandFailed& body, const calls::Event& event) {
    LiveCall* call = book_.Find(event.call);
    if (call == nullptr) {
        return;
    }
    log::Warning("order refused", {{log::kCallId, event.call.str()},
                                   {log::kEvent, body.command_id},
                                   {log::kReason, body.reason},
                                   {log::kError, body.message}});
    if (body.command_id.starts_with(kDialPrefix)) {
        const LegId leg(body.command_id.substr(kDialPrefix.size()));
        (void)Run(LegEnded{call->contact, leg, LegEnd::kUnreachable}, event.occurred);
    } else if (body.command_id.starts_with(kRecordPrefix) && body.reason == "RECORDING_FAILED") {
        (void)Run(RecordingFailed{call->contact}, event.occurred);
    } else if (body.command_id.starts_with("ask/") || body.command_id.starts_with("greet/")) {
        ports_.prompts.Forget();
        TakeKeys(*call, body.command_id, "", event.occurred);
    } else if (body.command_id.starts_with(kConfirmPrefix)) {
        (void)Run(OfferConfirmed{call->contact, LegId(body.command_id.substr(kConfirmPrefix.size())), false},
                  event.occurred);
    } else if (body.command_id.starts_with("music/") && body.reason == "PROMPT_MISSING") {
        Send(*call, "music", calls::PlayMusic{});
    } else if (body.command_id == call->announcement) {
        ports_.prompts.Forget();
        if (call->leaving) {
            Send(*call, "hang-up", calls::HangUp{});
            return;
        }
        On(PlayMusic{call->contact}, *call);
    }
}

void Switchboard::On(const calls::PhoneRegistrationChanged& body, const calls::Event& event) {
    (void)Run(PhoneRegistrationChanged{body.phone, body.registered}, event.occurred);
}

}  // namespace trunkline::acd
