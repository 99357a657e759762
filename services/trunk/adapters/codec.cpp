// Calls and the directory as messages.
#include "trunk/adapters/codec.hpp"

#include <google/protobuf/util/time_util.h>

namespace trunkline::trunk {
namespace {

using google::protobuf::util::TimeUtil;

proto::Leg::State StateOf(LegState state) {
    switch (state) {
        case LegState::kCalling:
            return proto::Leg::CALLING;
        case LegState::kRinging:
            return proto::Leg::RINGING;
        case LegState::kUp:
            return proto::Leg::UP;
        case LegState::kEnded:
            return proto::Leg::ENDED;
    }
    return proto::Leg::STATE_UNSPECIFIED;
}

proto::Leg LegOf(const Leg& leg) {
    proto::Leg message;
    message.set_leg_id(leg.id.str());
    message.set_role(ToProto(leg.role));
    message.set_state(StateOf(leg.state));
    message.set_endpoint(leg.endpoint);
    message.set_held(leg.held);
    message.set_bridged(leg.bridged);
    *message.mutable_start_time() = ToProto(leg.started);
    if (leg.answered) {
        *message.mutable_answer_time() = ToProto(*leg.answered);
    }
    if (leg.bridged_at) {
        *message.mutable_bridge_time() = ToProto(*leg.bridged_at);
    }
    message.set_playing_command_id(leg.playing_command);
    return message;
}

}  // namespace

google::protobuf::Timestamp ToProto(TimePoint time) {
    return TimeUtil::NanosecondsToTimestamp(time.time_since_epoch().count());
}

google::protobuf::Duration ToProtoDuration(Duration length) { return TimeUtil::NanosecondsToDuration(length.count()); }

Duration FromProto(const google::protobuf::Duration& length) {
    return Duration(TimeUtil::DurationToNanoseconds(length));
}

TimePoint FromProto(const google::protobuf::Timestamp& time) {
    return TimePoint(Duration(TimeUtil::TimestampToNanoseconds(time)));
}

proto::Leg::Role ToProto(Role role) {
    switch (role) {
        case Role::kCustomer:
            return proto::Leg::CUSTOMER;
        case Role::kAgent:
            return proto::Leg::AGENT;
        case Role::kOutside:
            return proto::Leg::OUTSIDE;
        case Role::kSupervisor:
            return proto::Leg::SUPERVISOR;
    }
    return proto::Leg::ROLE_UNSPECIFIED;
}

proto::Direction ToProto(CallDirection direction) {
    return direction == CallDirection::kInbound ? proto::INBOUND : proto::OUTBOUND;
}

proto::EndCause ToProto(const EndCause& cause) {
    proto::EndCause message;
    message.set_result(static_cast<proto::EndCause::Result>(static_cast<int>(cause.result) + 1));
    message.set_reason(cause.reason);
    message.set_sip_status(static_cast<uint32_t>(cause.sip_status));
    return message;
}

proto::Call ToProto(const Call& call) {
    proto::Call message;
    message.set_call_id(call.id.str());
    message.set_contact_id(call.contact.str());
    message.set_epoch(call.epoch);
    message.set_application(call.application);
    message.set_direction(ToProto(call.direction));
    message.set_from_number(call.from_number);
    message.set_to_number(call.to_number);
    message.set_trunk(call.trunk);
    message.mutable_data()->insert(call.data.begin(), call.data.end());
    for (const Leg& leg : call.legs) {
        *message.add_legs() = LegOf(leg);
    }
    *message.mutable_start_time() = ToProto(call.started);
    if (call.answered) {
        *message.mutable_answer_time() = ToProto(*call.answered);
    }
    if (call.ended) {
        *message.mutable_end_time() = ToProto(*call.ended);
        *message.mutable_end_cause() = ToProto(call.end_cause);
    }
    message.set_recording_id(call.recording.str());
    return message;
}

Phone FromProto(const proto::Phone& phone, const std::string& secret) {
    return {phone.name(), secret, phone.static_contact()};
}

CarrierTrunk FromProto(const proto::CarrierTrunk& trunk) {
    CarrierTrunk value;
    value.name = trunk.name();
    value.host = trunk.host();
    value.port = static_cast<uint16_t>(trunk.port());
    value.transport = trunk.transport().empty() ? "udp" : trunk.transport();
    value.username = trunk.username();
    value.password = trunk.password();
    value.realm = trunk.realm();
    value.registers = trunk.register_();
    value.challenge_inbound = trunk.challenge_inbound();
    value.symmetric_media = trunk.symmetric_media();
    value.source_addresses.assign(trunk.source_addresses().begin(), trunk.source_addresses().end());
    value.line = FromProto(trunk.line());
    return value;
}

Number FromProto(const proto::Number& number) {
    return {number.number(), number.application(), {number.data().begin(), number.data().end()}};
}

proto::Phone ToProto(const Phone& phone) {
    proto::Phone message;
    message.set_name(phone.name);
    message.set_static_contact(phone.static_contact);
    return message;
}

proto::CarrierTrunk ToProto(const CarrierTrunk& trunk) {
    proto::CarrierTrunk message;
    message.set_name(trunk.name);
    message.set_host(trunk.host);
    message.set_port(trunk.port);
    message.set_transport(trunk.transport);
    message.set_username(trunk.username);
    message.set_realm(trunk.realm);
    message.set_register_(trunk.registers);
    message.set_challenge_inbound(trunk.challenge_inbound);
    message.set_symmetric_media(trunk.symmetric_media);
    message.mutable_source_addresses()->Add(trunk.source_addresses.begin(), trunk.source_addresses.end());
    *message.mutable_line() = ToProto(trunk.line);
    return message;
}

proto::Number ToProto(const Number& number) {
    proto::Number message;
    message.set_number(number.number);
    message.set_application(number.application);
    message.mutable_data()->insert(number.data.begin(), number.data.end());
    return message;
}

}  // namespace trunkline::trunk
