// Each fact has its message, its key and its identity.
#include "acd/adapters/fact_messages.hpp"

#include <absl/strings/escaping.h>

#include <array>

#include "acd/adapters/state_messages.hpp"
#include "acd/adapters/times.hpp"
#include "phone/phone.hpp"
#include "trunkline/acd/v1/events.pb.h"
#include "trunkline/bus/v1/bus.pb.h"

namespace trunkline::acd {
namespace {

bus::Event Make(const google::protobuf::Message& message, const std::string& key, const std::string& identity,
                TimePoint occurred) {
    return bus::MakeEvent(message, key, identity, occurred);
}

bus::Event ToEvent(const ContactQueued& fact, TimePoint occurred) {
    v1::ContactQueued message;
    message.set_contact_id(fact.contact.str());
    message.set_segment_id(fact.segment.str());
    message.set_queue_id(fact.queue.str());
    message.set_call_id(fact.call.str());
    message.set_priority(fact.priority);
    *message.mutable_queued_time() = ToProto(fact.queued);
    *message.mutable_service_level_threshold() = ToProto(fact.service_level_threshold);
    message.set_medium(fact.medium);
    message.set_label(fact.label);
    message.set_reference_id(fact.reference);
    message.set_from_address(fact.customer);
    message.set_callback_id(fact.callback.str());
    return Make(message, fact.contact.str(), fact.segment.str(), occurred);
}

// An offer is named with its agent: a router that lost its memory in between may have chosen another one.
std::string OfferIdentity(const SegmentId& segment, uint32_t attempt, const AgentId& agent) {
    return segment.str() + "/" + std::to_string(attempt) + "/" + agent.str();
}

bus::Event ToEvent(const ContactOffered& fact, TimePoint occurred) {
    v1::ContactOffered message;
    message.set_contact_id(fact.contact.str());
    message.set_segment_id(fact.segment.str());
    message.set_queue_id(fact.queue.str());
    message.set_agent_id(fact.agent.str());
    message.set_attempt(fact.attempt);
    message.set_strategy(fact.strategy);
    message.set_ready_agents(fact.ready);
    message.set_next_agent_id(fact.next.str());
    *message.mutable_waited() = ToProto(fact.waited);
    message.set_wanted_by(fact.wanted_by);
    return Make(message, fact.contact.str(), OfferIdentity(fact.segment, fact.attempt, fact.agent), occurred);
}

bus::Event ToEvent(const OfferEnded& fact, TimePoint occurred) {
    v1::OfferEnded message;
    message.set_contact_id(fact.contact.str());
    message.set_segment_id(fact.segment.str());
    message.set_agent_id(fact.agent.str());
    message.set_attempt(fact.attempt);
    message.set_reason(fact.reason);
    return Make(message, fact.contact.str(), OfferIdentity(fact.segment, fact.attempt, fact.agent), occurred);
}

v1::ContactDequeued::Outcome WordOf(Outcome outcome) {
    switch (outcome) {
        case Outcome::kAnswered:
            return v1::ContactDequeued::ANSWERED;
        case Outcome::kAbandoned:
            return v1::ContactDequeued::ABANDONED;
        case Outcome::kFlowOut:
            return v1::ContactDequeued::FLOW_OUT;
        case Outcome::kSystemError:
            return v1::ContactDequeued::SYSTEM_ERROR;
    }
    return v1::ContactDequeued::OUTCOME_UNSPECIFIED;
}

bus::Event ToEvent(const ContactDequeued& fact, TimePoint occurred) {
    v1::ContactDequeued message;
    message.set_contact_id(fact.contact.str());
    message.set_segment_id(fact.segment.str());
    message.set_queue_id(fact.queue.str());
    message.set_outcome(WordOf(fact.outcome));
    *message.mutable_queued_time() = ToProto(fact.queued);
    *message.mutable_left_time() = ToProto(fact.left);
    message.set_agent_id(fact.agent.str());
    message.set_to_queue_id(fact.to_queue.str());
    message.set_to_target(fact.to_target);
    message.set_rule(fact.rule);
    return Make(message, fact.contact.str(), fact.segment.str(), occurred);
}

bus::Event ToEvent(const AgentSegmentEnded& fact, TimePoint occurred) {
    v1::AgentSegmentEnded message;
    message.set_contact_id(fact.contact.str());
    message.set_segment_id(fact.segment.str());
    message.set_agent_segment_id(fact.agent_segment.str());
    message.set_queue_id(fact.queue.str());
    message.set_agent_id(fact.agent.str());
    *message.mutable_start_time() = ToProto(fact.start);
    *message.mutable_end_time() = ToProto(fact.end);
    *message.mutable_talk() = ToProto(fact.talk);
    *message.mutable_hold() = ToProto(fact.hold);
    message.set_reason(fact.reason);
    message.set_medium(fact.medium);
    return Make(message, fact.contact.str(), fact.agent_segment.str(), occurred);
}

bus::Event ToEvent(const WrapUpEnded& fact, TimePoint occurred) {
    v1::WrapUpEnded message;
    message.set_contact_id(fact.contact.str());
    message.set_agent_segment_id(fact.agent_segment.str());
    message.set_agent_id(fact.agent.str());
    *message.mutable_duration() = ToProto(fact.duration);
    message.set_timed_out(fact.timed_out);
    return Make(message, fact.contact.str(), fact.agent_segment.str(), occurred);
}

bus::Event ToEvent(const ContactTransferred& fact, TimePoint occurred) {
    v1::ContactTransferred message;
    message.set_contact_id(fact.contact.str());
    message.set_from_agent_id(fact.from_agent.str());
    message.set_target(fact.target);
    message.set_attended(fact.attended);
    message.set_result(fact.completed ? "COMPLETED" : "FAILED");
    message.set_to_agent_id(fact.to_agent.str());
    return Make(message, fact.contact.str(), fact.contact.str() + "/" + std::to_string(fact.number), occurred);
}

bus::Event ToEvent(const ContactClosed& fact, TimePoint occurred) {
    v1::ContactClosed message;
    message.set_contact_id(fact.contact.str());
    message.set_queue_id(fact.queue.str());
    message.set_agent_id(fact.agent.str());
    message.set_medium(fact.medium);
    message.set_reference_id(fact.reference);
    message.set_reason(fact.reason);
    *message.mutable_arrived_time() = ToProto(fact.arrived);
    *message.mutable_closed_time() = ToProto(fact.closed);
    return Make(message, fact.contact.str(), fact.contact.str(), occurred);
}

bus::Event ToEvent(const ContactParked& fact, TimePoint occurred) {
    v1::ContactParked message;
    message.set_contact_id(fact.contact.str());
    message.set_agent_id(fact.agent.str());
    message.set_queue_id(fact.queue.str());
    const std::string identity = fact.contact.str() + "/" + std::to_string(occurred.time_since_epoch().count());
    return Make(message, fact.contact.str(), identity, occurred);
}

bus::Event ToEvent(const PartyLeft& fact, TimePoint occurred) {
    v1::ConversationPartyLeft message;
    message.set_contact_id(fact.contact.str());
    message.set_queue_id(fact.queue.str());
    message.set_leg_id(fact.party.leg.str());
    message.set_kind(WordOf(fact.party.kind));
    message.set_agent_id(fact.party.agent.str());
    message.set_to_number(fact.party.number);
    message.set_with_agent_id(fact.with.str());
    *message.mutable_since_time() = ToProto(fact.party.since);
    *message.mutable_left_time() = ToProto(fact.left);
    message.set_reason(fact.reason);
    return Make(message, fact.contact.str(), fact.party.leg.str(), occurred);
}

const char* WordOf(SupervisorAction action) {
    static constexpr std::array kWords{"LISTEN", "WHISPER", "BARGE",       "TAKE_OVER",
                                       "LEAVE",  "HANG_UP", "FORCE_STATE", "LOG_OUT"};
    return kWords[static_cast<size_t>(action)];
}

bus::Event ToEvent(const SupervisorActed& fact, TimePoint occurred) {
    v1::SupervisorActed message;
    message.set_contact_id(fact.contact.str());
    message.set_agent_id(fact.agent.str());
    message.set_supervisor_id(fact.supervisor.str());
    message.set_action(WordOf(fact.action));
    message.set_asked_by(fact.asked_by);
    message.set_agent_state(ToProto(fact.state));
    *message.mutable_action_time() = ToProto(occurred);
    const std::string& key = fact.contact.empty() ? fact.agent.str() : fact.contact.str();
    const std::string identity = fact.agent.str() + "/" + fact.supervisor.str() + "/" + message.action() + "/" +
                                 std::to_string(occurred.time_since_epoch().count());
    return Make(message, key, identity, occurred);
}

bus::Event ToEvent(const AgentStateChanged& fact, TimePoint occurred) {
    v1::AgentStateChanged message;
    message.set_agent_id(fact.agent.str());
    message.set_state(ToProto(fact.state));
    message.set_reason(fact.reason);
    message.set_set_by(fact.set_by);
    message.set_previous(ToProto(fact.previous));
    *message.mutable_previous_duration() = ToProto(fact.previous_duration);
    message.set_contact_id(fact.contact.str());
    *message.mutable_change_time() = ToProto(occurred);
    const std::string identity = fact.agent.str() + "/" + std::string(ToText(fact.state)) + "/" +
                                 std::to_string(occurred.time_since_epoch().count());
    return Make(message, fact.agent.str(), identity, occurred);
}

std::string Masked(const std::string& number) { return phone::Mask(phone::Parse(number)); }

bus::Event ToEvent(const CallbackRequested& fact, TimePoint occurred) {
    v1::CallbackRequested message;
    message.set_callback_id(fact.contact.str());
    message.set_contact_id(fact.contact.str());
    message.set_queue_id(fact.queue.str());
    message.set_number(Masked(fact.number));
    *message.mutable_expire_time() = ToProto(fact.expires);
    return Make(message, fact.contact.str(), fact.contact.str(), occurred);
}

bus::Event ToEvent(const CallbackTried& fact, TimePoint occurred) {
    v1::CallbackTried message;
    message.set_callback_id(fact.contact.str());
    message.set_contact_id(fact.contact.str());
    message.set_try_contact_id(fact.made.str());
    message.set_queue_id(fact.queue.str());
    message.set_number(fact.number);
    message.set_result(fact.result);
    if (fact.next != TimePoint{}) {
        *message.mutable_next_time() = ToProto(fact.next);
    }
    return Make(message, fact.contact.str(), fact.made.str(), occurred);
}

bus::Event ToEvent(const CallbackEnded& fact, TimePoint occurred) {
    v1::CallbackEnded message;
    message.set_callback_id(fact.contact.str());
    message.set_contact_id(fact.contact.str());
    message.set_try_contact_id(fact.made.str());
    message.set_queue_id(fact.queue.str());
    message.set_number(Masked(fact.number));
    message.set_result(fact.result);
    message.set_tries(fact.tries);
    return Make(message, fact.contact.str(), fact.contact.str(), occurred);
}

bus::Event ToEvent(const ReasonLimitExceeded& fact, TimePoint occurred) {
    v1::ReasonLimitExceeded message;
    message.set_agent_id(fact.agent.str());
    message.set_reason(fact.reason);
    *message.mutable_limit() = ToProto(fact.limit);
    const std::string identity = fact.agent.str() + "/" + std::to_string(occurred.time_since_epoch().count());
    return Make(message, fact.agent.str(), identity, occurred);
}

}  // namespace

bus::Event ToEvent(const Fact& fact) {
    return std::visit([&](const auto& body) { return ToEvent(body, fact.occurred); }, fact.body);
}

std::string PackEvent(const bus::Event& event) {
    trunkline::bus::v1::Envelope envelope;
    envelope.set_event_id(event.event_id);
    envelope.set_key(event.key);
    envelope.set_type(event.type);
    *envelope.mutable_occurred_time() = ToProto(event.occurred);
    envelope.set_payload(event.payload);
    return absl::Base64Escape(envelope.SerializeAsString());
}

Result<bus::Event> UnpackEvent(const std::string& packed) {
    std::string bytes;
    trunkline::bus::v1::Envelope envelope;
    if (!absl::Base64Unescape(packed, &bytes) || !envelope.ParseFromString(bytes) || envelope.event_id().empty()) {
        return Error{Code::kInvalidArgument, "BAD_FACT", "a fact kept with a call cannot be read"};
    }
    return bus::Event{envelope.event_id(), envelope.key(), envelope.type(), FromProto(envelope.occurred_time()),
                      envelope.payload()};
}

}  // namespace trunkline::acd
