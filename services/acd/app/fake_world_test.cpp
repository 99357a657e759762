// The fake telephone side at work.
#include "acd/app/fake_world.hpp"

#include <sstream>

#include "acd/app/checkpoint.hpp"

namespace trunkline::acd {
namespace {

int64_t Nanos(TimePoint time) { return time.time_since_epoch().count(); }

struct Describer {
    std::ostringstream& out;

    void operator()(const ContactQueued& fact) const {
        out << "queued " << fact.contact.str() << ' ' << fact.segment.str() << ' ' << fact.queue.str() << ' '
            << fact.call.str() << ' ' << fact.priority << ' ' << Nanos(fact.queued) << ' '
            << fact.service_level_threshold.count();
    }
    void operator()(const ContactOffered& fact) const {
        out << "offered " << fact.contact.str() << ' ' << fact.segment.str() << ' ' << fact.queue.str() << ' '
            << fact.agent.str() << ' ' << fact.attempt;
    }
    void operator()(const OfferEnded& fact) const {
        out << "offer ended " << fact.contact.str() << ' ' << fact.segment.str() << ' ' << fact.agent.str() << ' '
            << fact.attempt << ' ' << fact.reason;
    }
    void operator()(const ContactDequeued& fact) const {
        out << "dequeued " << fact.contact.str() << ' ' << fact.segment.str() << ' ' << fact.queue.str() << ' '
            << static_cast<int>(fact.outcome) << ' ' << Nanos(fact.queued) << ' ' << Nanos(fact.left) << ' '
            << fact.agent.str() << ' ' << fact.to_queue.str() << ' ' << fact.to_target << ' ' << fact.rule;
    }
    void operator()(const AgentSegmentEnded& fact) const {
        out << "part ended " << fact.contact.str() << ' ' << fact.segment.str() << ' ' << fact.agent_segment.str()
            << ' ' << fact.agent.str() << ' ' << Nanos(fact.start) << ' ' << Nanos(fact.end) << ' ' << fact.talk.count()
            << ' ' << fact.hold.count() << ' ' << fact.reason;
    }
    void operator()(const WrapUpEnded& fact) const {
        out << "wrap-up ended " << fact.contact.str() << ' ' << fact.agent_segment.str() << ' ' << fact.agent.str()
            << ' ' << fact.duration.count() << ' ' << fact.timed_out;
    }
    void operator()(const ContactTransferred& fact) const {
        out << "transferred " << fact.contact.str() << ' ' << fact.from_agent.str() << ' ' << fact.target << ' '
            << fact.number << ' ' << fact.completed << ' ' << fact.to_agent.str() << ' ' << fact.attended;
    }
    void operator()(const ContactClosed& fact) const {
        out << "closed " << fact.contact.str() << ' ' << fact.queue.str() << ' ' << fact.agent.str() << ' '
            << fact.medium << ' ' << fact.reference << ' ' << fact.reason << ' ' << Nanos(fact.arrived) << ' '
            << Nanos(fact.closed);
    }
    void operator()(const ContactParked& fact) const {
        out << "parked " << fact.contact.str() << ' ' << fact.agent.str() << ' ' << fact.queue.str();
    }
    void operator()(const PartyLeft& fact) const {
        out << "party left " << fact.contact.str() << ' ' << fact.party.leg.str() << ' ' << fact.party.agent.str()
            << ' ' << fact.party.number << ' ' << static_cast<int>(fact.party.kind) << ' ' << fact.party.up << ' '
            << Nanos(fact.party.since) << ' ' << fact.with.str() << ' ' << fact.reason;
    }
    void operator()(const SupervisorActed& fact) const {
        out << "supervisor " << fact.contact.str() << ' ' << fact.agent.str() << ' ' << fact.supervisor.str() << ' '
            << static_cast<int>(fact.action) << ' ' << fact.asked_by;
    }
    void operator()(const CallbackRequested& fact) const {
        out << "callback requested " << fact.contact.str() << ' ' << fact.queue.str() << ' ' << fact.number;
    }
    void operator()(const CallbackTried& fact) const {
        out << "callback tried " << fact.contact.str() << ' ' << fact.made.str() << ' ' << fact.number << ' '
            << fact.result << ' ' << Nanos(fact.next);
    }
    void operator()(const CallbackEnded& fact) const {
        out << "callback ended " << fact.contact.str() << ' ' << fact.made.str() << ' ' << fact.result << ' '
            << fact.tries;
    }
    void operator()(const ReasonLimitExceeded& fact) const {
        out << "reason limit " << fact.agent.str() << ' ' << fact.reason << ' ' << fact.limit.count();
    }
    void operator()(const AgentStateChanged& fact) const {
        out << "agent " << fact.agent.str() << ' ' << ToText(fact.state) << ' ' << fact.reason << ' ' << fact.set_by
            << ' ' << ToText(fact.previous) << ' ' << fact.previous_duration.count() << ' ' << fact.contact.str();
    }
};

}  // namespace

std::string Describe(const Fact& fact) {
    std::ostringstream out;
    std::visit(Describer{out}, fact.body);
    out << " at " << Nanos(fact.occurred);
    return out.str();
}

void FakeTrunk::Send(calls::Order order) {
    if (!attached) {
        return;
    }
    if (const auto* own = std::get_if<calls::Originate>(&order.action)) {
        Begin(*own, order);
        return;
    }
    const auto found =
        std::find_if(calls.begin(), calls.end(), [&](const auto& entry) { return entry.second.id == order.call; });
    if (found == calls.end() || found->second.epoch != order.epoch) {
        return;
    }
    orders.push_back(order);
    calls::Call& call = found->second;
    if (const auto* data = std::get_if<calls::SetData>(&order.action)) {
        for (const auto& [key, value] : data->data) {
            call.data[key] = value;
        }
    } else if (const auto* dial = std::get_if<calls::Dial>(&order.action)) {
        Obey(*dial, call, order);
    } else if (const auto* drop = std::get_if<calls::HangUpLeg>(&order.action)) {
        if (const Found leg = FindLeg(drop->leg); leg.leg != nullptr) {
            EndLeg(leg, "APPLICATION_HANG_UP");
        }
    } else if (const auto* bridge = std::get_if<calls::Bridge>(&order.action)) {
        Obey(*bridge, call);
    } else if (std::holds_alternative<calls::PlayMusic>(order.action)) {
        call.legs[0].playing = true;
    } else if (std::holds_alternative<calls::AskKeys>(order.action)) {
        asked_[call.contact] = order.command_id;
        call.legs[0].playing = true;
    } else if (std::holds_alternative<calls::StartRecording>(order.action)) {
        call.recording = true;
    } else if (std::holds_alternative<calls::HangUp>(order.action)) {
        EndCall(call.contact, "APPLICATION_HANG_UP");
    } else if (std::holds_alternative<calls::HandOver>(order.action)) {
        calls.erase(found);
    }
}

void FakeTrunk::Obey(const calls::Dial& dial, calls::Call& call, const calls::Order& order) {
    if (dial.role == calls::Dial::Role::kCustomer) {
        if (phones_.contains(dial.leg)) {
            Tell(call, calls::CommandFailed{order.command_id, "WRONG_STATE", ""});
        }
        phones_[dial.leg] = dial.number;
        return;
    }
    if (dead_phones.contains(dial.phone)) {
        Tell(call, calls::CommandFailed{order.command_id, "PHONE_NOT_REGISTERED", ""});
        return;
    }
    calls::Leg leg;
    leg.id = dial.leg;
    phones_[leg.id] = dial.phone.empty() ? dial.number : dial.phone;
    call.legs.push_back(leg);
}

void FakeTrunk::Begin(const calls::Originate& own, const calls::Order& order) {
    orders.push_back(order);
    calls::Call call;
    call.id = order.call;
    call.contact = own.contact;
    call.epoch = 1;
    call.from_number = own.from_number;
    call.outbound = true;
    call.data = own.data;
    call.owned = clock_.Now();
    calls::Leg customer;
    customer.id = own.customer_leg;
    customer.customer = true;
    call.legs.push_back(customer);
    calls[call.contact] = call;
    Tell(call, calls::Offered{call});
}

void FakeTrunk::Obey(const calls::Bridge& bridge, calls::Call& call) {
    for (calls::Leg& leg : call.legs) {
        leg.bridged = std::find(bridge.legs.begin(), bridge.legs.end(), leg.id) != bridge.legs.end();
        leg.playing = leg.playing && !leg.bridged;
        if (leg.bridged && leg.connected == TimePoint{}) {
            leg.connected = clock_.Now();
        }
    }
    Tell(call, calls::LegsBridged{bridge.legs});
}

void FakeTrunk::Arrive(const std::string& contact, const std::string& queue, const calls::Data& data) {
    calls::Call call;
    call.id = CallId("call-" + contact);
    call.contact = ContactId(contact);
    call.epoch = 2;
    call.from_number = "13800138000";
    call.data = {{"queue", queue}, {"language", "zh"}};
    call.data.insert(data.begin(), data.end());
    if (queue == "wanted") {
        call.data["agent"] = "bob";
        call.data["agent_wait"] = "60";
    }
    call.owned = clock_.Now();
    call.answered = !data.contains("answer");
    calls::Leg customer;
    customer.id = LegId("customer-" + contact);
    customer.customer = true;
    customer.state = call.answered ? calls::Leg::State::kUp : calls::Leg::State::kRinging;
    call.legs.push_back(customer);
    calls[call.contact] = call;
    Tell(call, calls::Offered{call});
}

void FakeTrunk::Answer(const std::string& phone) {
    const Found found = FindPhone(phone);
    found.leg->state = calls::Leg::State::kUp;
    found.leg->answered = clock_.Now();
    found.call->answered = found.call->answered || found.leg->customer;
    Tell(*found.call, calls::LegAnswered{found.leg->id});
}

void FakeTrunk::Key(const std::string& contact, const std::string& digits) {
    calls::Call& call = calls.at(ContactId(contact));
    call.legs[0].playing = false;
    if (const auto asked = asked_.find(call.contact); asked != asked_.end()) {
        const std::string command_id = asked->second;
        asked_.erase(asked);
        Tell(call, calls::DigitsCollected{command_id, digits});
    } else {
        Tell(call, calls::DigitPressed{call.legs[0].id, digits});
    }
}

void FakeTrunk::Decline(const std::string& phone, const std::string& reason) { EndLeg(FindPhone(phone), reason); }

void FakeTrunk::HangUp(const std::string& phone, const std::string& reason) { EndLeg(FindPhone(phone), reason); }

void FakeTrunk::Leave(const std::string& contact) { EndCall(ContactId(contact), "REMOTE_HANG_UP"); }

void FakeTrunk::Hold(const std::string& phone, bool held) {
    const Found found = FindPhone(phone);
    found.leg->held = held;
    if (held) {
        Tell(*found.call, calls::LegHeld{found.leg->id});
    } else {
        Tell(*found.call, calls::LegResumed{found.leg->id});
    }
}

void FakeTrunk::Transfer(const std::string& phone, const std::string& target) {
    const Found found = FindPhone(phone);
    Tell(*found.call, calls::TransferRequested{found.leg->id, target, false});
}

FakeTrunk::Found FakeTrunk::FindLeg(const LegId& id) {
    for (auto& [contact, call] : calls) {
        for (calls::Leg& leg : call.legs) {
            if (leg.id == id && leg.state != calls::Leg::State::kEnded) {
                return {&call, &leg};
            }
        }
    }
    return {nullptr, nullptr};
}

FakeTrunk::Found FakeTrunk::FindPhone(const std::string& phone) {
    for (const auto& [leg, name] : phones_) {
        if (name == phone) {
            if (const Found found = FindLeg(leg); found.leg != nullptr) {
                return found;
            }
        }
    }
    throw std::logic_error("phone " + phone + " is idle");
}

void FakeTrunk::EndLeg(const Found& found, const std::string& reason) {
    if (found.leg->customer) {
        EndCall(found.call->contact, reason);
        return;
    }
    found.leg->state = calls::Leg::State::kEnded;
    found.leg->bridged = false;
    found.leg->ended = clock_.Now();
    found.leg->end_reason = reason;
    Tell(*found.call, calls::LegEnded{found.leg->id, reason});
}

void FakeTrunk::EndCall(const ContactId& contact, const std::string& reason) {
    calls::Call call = calls.at(contact);
    calls.erase(contact);
    call.ended = clock_.Now();
    call.end_reason = reason;
    for (calls::Leg& leg : call.legs) {
        if (leg.state != calls::Leg::State::kEnded) {
            leg.state = calls::Leg::State::kEnded;
            leg.ended = call.ended;
        }
    }
    ended_.push_back(call);
    Tell(call, calls::Ended{call});
}

calls::Event FakeTrunk::Snapshot() const {
    calls::Snapshot snapshot;
    for (const auto& [contact, call] : calls) {
        snapshot.calls.push_back(call);
    }
    snapshot.ended_calls = ended_;
    return {{}, clock_.Now(), snapshot};
}

void FakeWorld::Start() {
    desk = std::make_unique<Switchboard>(Switchboard::Ports{clock, trunk, facts, prompts, observer});
    Settings loaded = settings;
    loaded.statuses.assign(facts.rows.begin(), facts.rows.end());
    for (const auto& [id, task] : facts.tasks) {
        const auto contact = UnpackContact(PackContact(task.contact));
        loaded.tasks.push_back({*contact, task.data});
    }
    for (const auto& [id, callback] : facts.callbacks) {
        loaded.callbacks.push_back(callback);
    }
    desk->Load(loaded);
    trunk.events.clear();
    trunk.attached = true;
    desk->OnCall(trunk.Snapshot());
    Settle();
}

void FakeWorld::Kill() {
    desk.reset();
    trunk.attached = false;
    trunk.events.clear();
    facts.Lose();
}

void FakeWorld::Settle() {
    for (;;) {
        if (!trunk.events.empty()) {
            const calls::Event event = trunk.events.front();
            trunk.events.pop_front();
            desk->OnCall(event);
        } else if (const auto due = desk->NextWakeUp(); due && *due <= clock.Now()) {
            desk->OnTime();
        } else {
            return;
        }
    }
}

}  // namespace trunkline::acd
