// Field by field; see trunkline/trunk/v1/trunk.proto.
#include "ivr/adapters/link_codec.hpp"

#include <google/protobuf/util/time_util.h>

#include <cassert>
#include <chrono>

namespace trunkline::ivr {
namespace {

using google::protobuf::util::TimeUtil;
using Response = trunk::v1::AttachResponse;

google::protobuf::Duration ToProto(std::chrono::milliseconds time) {
    return TimeUtil::MillisecondsToDuration(time.count());
}

void Write(const Text&, trunk::v1::PromptItem&) { assert(false && "a text must be spoken before it is played"); }
void Write(const PromptId& prompt, trunk::v1::PromptItem& item) { item.set_prompt_id(prompt.sha256); }
void Write(const Silence& silence, trunk::v1::PromptItem& item) { *item.mutable_silence() = ToProto(silence.length); }
void Write(const Tone& tone, trunk::v1::PromptItem& item) {
    item.mutable_tone()->set_hertz(static_cast<uint32_t>(tone.hertz));
    *item.mutable_tone()->mutable_duration() = ToProto(tone.length);
}

void Write(const AnswerCall&, trunk::v1::Command& message) { message.mutable_answer(); }
void Write(const HangUpCall&, trunk::v1::Command& message) { message.mutable_hang_up(); }
void Write(const RejectCall& reject, trunk::v1::Command& message) {
    message.mutable_reject()->set_sip_status(static_cast<uint32_t>(reject.sip_status));
}
void Write(const RecordCall& record, trunk::v1::Command& message) {
    message.mutable_start_recording()->set_recording_id(record.recording.str());
}
void Write(const HangUpParty& party, trunk::v1::Command& message) {
    message.mutable_hang_up_leg()->set_leg_id(party.leg.str());
}

void Write(const PlayPrompt& prompt, trunk::v1::Command& message) {
    auto& play = *message.mutable_play();
    for (const PromptItem& item : prompt.items) {
        std::visit([&](const auto& each) { Write(each, *play.add_items()); }, item);
    }
    play.set_loop(prompt.loop);
    play.set_barge_in(prompt.barge_in);
    if (!prompt.keys) return;
    auto& collect = *play.mutable_collect();
    collect.set_min_digits(static_cast<uint32_t>(prompt.keys->lowest));
    collect.set_max_digits(static_cast<uint32_t>(prompt.keys->highest));
    collect.set_terminators(prompt.keys->terminators);
    *collect.mutable_first_timeout() = ToProto(prompt.keys->first_timeout);
    *collect.mutable_between_timeout() = ToProto(prompt.keys->between_timeout);
}

void Write(const DialParty& party, trunk::v1::Command& message) {
    auto& dial = *message.mutable_dial();
    dial.set_leg_id(party.leg.str());
    if (party.number.empty()) {
        dial.set_role(trunk::v1::Leg::AGENT);
        dial.set_phone(party.phone);
    } else {
        dial.set_role(trunk::v1::Leg::OUTSIDE);
        dial.mutable_outside()->set_number(party.number);
        dial.mutable_outside()->set_trunk(party.trunk);
    }
    dial.set_caller_number(party.caller_number);
    *dial.mutable_ring_limit() = ToProto(party.ring_limit);
}

void Write(const BridgeParty& party, trunk::v1::Command& message) {
    message.mutable_bridge()->add_leg_ids(party.customer.str());
    message.mutable_bridge()->add_leg_ids(party.leg.str());
}

void Write(const LookUpCaller&, trunk::v1::Command&) { assert(false && "the gateway knows no customers"); }

void Write(const HandOverCall& hand_over, trunk::v1::Command& message) {
    message.mutable_hand_over()->set_application(hand_over.application);
    message.mutable_hand_over()->mutable_data()->insert(hand_over.data.begin(), hand_over.data.end());
}

}  // namespace

Call FromProto(const trunk::v1::Call& call) {
    Call result{{CallId{call.call_id()}, call.epoch()},
                ContactId{call.contact_id()},
                call.from_number(),
                call.to_number(),
                {call.data().begin(), call.data().end()},
                {}};
    for (const trunk::v1::Leg& leg : call.legs()) {
        result.legs.push_back({LegId{leg.leg_id()}, leg.role() == trunk::v1::Leg::CUSTOMER,
                               leg.state() == trunk::v1::Leg::UP, leg.state() == trunk::v1::Leg::ENDED, leg.bridged()});
    }
    return result;
}

std::optional<LinkEvent> FromProto(const Response& response) {
    switch (response.event_case()) {
        case Response::kCallOffered:
            return CallOffered{FromProto(response.call_offered().call())};
        case Response::kLegAnswered:
            return LegAnswered{LegId{response.leg_answered().leg_id()}};
        case Response::kLegEnded:
            return LegEnded{LegId{response.leg_ended().leg_id()}};
        case Response::kLegsBridged: {
            LegsBridged bridged;
            for (const auto& leg : response.legs_bridged().leg_ids()) bridged.legs.emplace_back(leg);
            return bridged;
        }
        case Response::kPlayFinished:
            // Stopped by a newer prompt or by the end of the call: nobody waits for it any more.
            if (response.play_finished().reason() == Response::PlayFinished::STOPPED) return std::nullopt;
            return PlayFinished{response.play_finished().command_id(),
                                response.play_finished().reason() == Response::PlayFinished::FAILED};
        case Response::kDigitsCollected:
            return DigitsCollected{response.digits_collected().command_id(), response.digits_collected().digits()};
        case Response::kCommandFailed:
            return CommandFailed{response.command_failed().command_id(), response.command_failed().reason()};
        case Response::kCallEnded:
            return CallEnded{};
        default:
            return std::nullopt;
    }
}

void ToProto(const Command& command, trunk::v1::Command& message) {
    std::visit([&](const auto& action) { Write(action, message); }, command);
}

}  // namespace trunkline::ivr
