// Commands of applications, read from their messages.
#include "trunk/adapters/codec.hpp"

namespace trunkline::trunk {
namespace {

constexpr auto kMaxRing = std::chrono::minutes(10);

template <class From>
AttachedData DataOf(const From& message) {
    return {message.data().begin(), message.data().end()};
}

Error Invalid(const std::string& message) { return {Code::kInvalidArgument, "INVALID", message}; }

Result<PromptItem> ItemOf(const proto::PromptItem& item) {
    switch (item.item_case()) {
        case proto::PromptItem::kPromptId:
            return PromptItem(PromptReference{item.prompt_id()});
        case proto::PromptItem::kSilence:
            return PromptItem(SilenceItem{FromProto(item.silence())});
        case proto::PromptItem::kTone:
            return PromptItem(ToneItem{static_cast<int>(item.tone().hertz()), FromProto(item.tone().duration())});
        case proto::PromptItem::kMusic:
            return PromptItem(MusicItem{});
        case proto::PromptItem::ITEM_NOT_SET:
            break;
    }
    return Invalid("a PromptItem names a prompt, silence, a tone or music");
}

Result<Action> PlayOf(const proto::Command::Play& play) {
    action::Play action;
    action.leg = LegId(play.leg_id());
    for (const proto::PromptItem& each : play.items()) {
        auto item = ItemOf(each);
        if (!item.ok()) {
            return item.error();
        }
        action.items.push_back(std::move(*item));
    }
    action.loop = play.loop();
    action.barge_in = play.barge_in();
    if (play.has_collect()) {
        const auto& collect = play.collect();
        CollectRule rule{collect.min_digits(), collect.max_digits(), collect.terminators()};
        if (collect.has_first_timeout()) {
            rule.first_timeout = FromProto(collect.first_timeout());
        }
        if (collect.has_between_timeout()) {
            rule.between_timeout = FromProto(collect.between_timeout());
        }
        action.collect = rule;
    }
    return Action(std::move(action));
}

Role RoleOf(proto::Leg::Role role) {
    switch (role) {
        case proto::Leg::CUSTOMER:
            return Role::kCustomer;
        case proto::Leg::OUTSIDE:
            return Role::kOutside;
        case proto::Leg::SUPERVISOR:
            return Role::kSupervisor;
        default:
            return Role::kAgent;
    }
}

Result<Action> DialOf(const proto::Command::Dial& dial) {
    action::Dial action;
    action.leg = LegId(dial.leg_id());
    action.role = RoleOf(dial.role());
    if (dial.has_outside()) {
        action.target = OutsideTarget{dial.outside().number(), dial.outside().trunk(), dial.outside().group()};
    } else {
        action.target = PhoneTarget{dial.phone()};
    }
    action.caller_number = dial.caller_number();
    action.caller_name = dial.caller_name();
    if (dial.has_ring_limit()) {
        action.ring_limit = FromProto(dial.ring_limit());
    }
    if (action.ring_limit <= Duration::zero() || action.ring_limit > kMaxRing) {
        return Invalid("ring_limit is more than 0 and at most 10 minutes");
    }
    action.headers = {dial.headers().begin(), dial.headers().end()};
    return Action(std::move(action));
}

action::Bridge BridgeOf(const proto::Command::Bridge& bridge) {
    action::Bridge action;
    for (const std::string& leg : bridge.leg_ids()) {
        action.legs.emplace_back(leg);
    }
    for (const auto& each : bridge.hearing()) {
        Hearing hearing{LegId(each.listener_leg_id()), {}};
        for (const std::string& speaker : each.speaker_leg_ids()) {
            hearing.speakers.emplace_back(speaker);
        }
        action.hearing.push_back(std::move(hearing));
    }
    action.record_private = bridge.record_private();
    return action;
}

Result<Action> ActionOf(const proto::Command& command) {
    switch (command.action_case()) {
        case proto::Command::kAnswer:
            return Action(action::Answer{});
        case proto::Command::kReject:
            return Action(action::Reject{static_cast<int>(command.reject().sip_status())});
        case proto::Command::kPlay:
            return PlayOf(command.play());
        case proto::Command::kStopPlay:
            return Action(action::StopPlay{LegId(command.stop_play().leg_id())});
        case proto::Command::kDial:
            return DialOf(command.dial());
        case proto::Command::kHangUpLeg:
            return Action(action::HangUpLeg{LegId(command.hang_up_leg().leg_id())});
        case proto::Command::kBridge:
            return Action(BridgeOf(command.bridge()));
        case proto::Command::kUnbridge:
            return Action(action::Unbridge{LegId(command.unbridge().leg_id())});
        case proto::Command::kHoldLeg:
            return Action(action::HoldLeg{LegId(command.hold_leg().leg_id())});
        case proto::Command::kResumeLeg:
            return Action(action::ResumeLeg{LegId(command.resume_leg().leg_id())});
        case proto::Command::kSendDigits:
            return Action(action::SendDigits{LegId(command.send_digits().leg_id()), command.send_digits().digits()});
        case proto::Command::kSetData:
            return Action(action::SetData{DataOf(command.set_data())});
        case proto::Command::kHandOver:
            return Action(action::HandOver{command.hand_over().application(), DataOf(command.hand_over())});
        case proto::Command::kStartRecording:
            return Action(action::StartRecording{RecordingId(command.start_recording().recording_id()),
                                                 command.start_recording().required()});
        case proto::Command::kPauseRecording:
            return Action(action::PauseRecording{command.pause_recording().paused()});
        case proto::Command::kStopRecording:
            return Action(action::StopRecording{});
        case proto::Command::kAnswerTransfer:
            return Action(action::AnswerTransfer{LegId(command.answer_transfer().leg_id()),
                                                 command.answer_transfer().accept(),
                                                 static_cast<int>(command.answer_transfer().sip_status())});
        case proto::Command::kReportTransfer:
            return Action(action::ReportTransfer{LegId(command.report_transfer().leg_id()),
                                                 static_cast<int>(command.report_transfer().sip_status())});
        case proto::Command::kHangUp:
            return Action(action::HangUp{});
        case proto::Command::kOriginate:
            return Action(action::Originate{
                ContactId(command.originate().contact_id()), LegId(command.originate().customer_leg_id()),
                command.originate().from_number(), command.originate().to_number(), DataOf(command.originate())});
        case proto::Command::ACTION_NOT_SET:
            break;
    }
    return Invalid("the command has no action that this version knows");
}

}  // namespace

Result<Command> FromProto(const proto::Command& command) {
    auto action = ActionOf(command);
    if (!action.ok()) {
        return action.error();
    }
    return Command{command.command_id(), CallId(command.call_id()), command.epoch(), std::move(*action)};
}

}  // namespace trunkline::trunk
