// Field by field.
#include "acd/adapters/trunk_messages.hpp"

#include "acd/adapters/times.hpp"

namespace trunkline::acd {
namespace {

using trunk::v1::AttachResponse;
using trunk::v1::Command;

calls::Leg LegFrom(const trunk::v1::Leg& message) {
    calls::Leg leg;
    leg.id = LegId(message.leg_id());
    leg.customer = message.role() == trunk::v1::Leg::CUSTOMER;
    if (message.state() == trunk::v1::Leg::UP) {
        leg.state = calls::Leg::State::kUp;
    } else if (message.state() == trunk::v1::Leg::ENDED) {
        leg.state = calls::Leg::State::kEnded;
    }
    leg.held = message.held();
    leg.bridged = message.bridged();
    leg.playing = !message.playing_command_id().empty();
    leg.answered = FromProto(message.answer_time());
    leg.connected = FromProto(message.bridge_time());
    leg.ended = FromProto(message.end_time());
    leg.end_reason = message.end_cause().reason();
    return leg;
}

calls::Call CallFrom(const trunk::v1::Call& message) {
    calls::Call call;
    call.id = CallId(message.call_id());
    call.contact = ContactId(message.contact_id());
    call.epoch = message.epoch();
    call.from_number = message.from_number();
    call.outbound = message.direction() == trunk::v1::OUTBOUND;
    call.data = {message.data().begin(), message.data().end()};
    for (const auto& leg : message.legs()) {
        call.legs.push_back(LegFrom(leg));
    }
    call.owned = FromProto(message.owner_time());
    call.answered = message.has_answer_time();
    call.recording = !message.recording_id().empty();
    call.ended = FromProto(message.end_time());
    call.end_reason = message.end_cause().reason();
    return call;
}

calls::Snapshot SnapshotFrom(const AttachResponse::Snapshot& message) {
    calls::Snapshot snapshot;
    for (const auto& call : message.calls()) {
        snapshot.calls.push_back(CallFrom(call));
    }
    for (const auto& call : message.ended_calls()) {
        snapshot.ended_calls.push_back(CallFrom(call));
    }
    snapshot.registered_phones = {message.registered_phones().begin(), message.registered_phones().end()};
    return snapshot;
}

calls::LegsBridged BridgedFrom(const AttachResponse::LegsBridged& message) {
    calls::LegsBridged bridged;
    for (const std::string& leg : message.leg_ids()) {
        bridged.legs.emplace_back(leg);
    }
    return bridged;
}

bool TakeBody(const AttachResponse& message, calls::Event& event) {
    switch (message.event_case()) {
        case AttachResponse::kSnapshot:
            event.body = SnapshotFrom(message.snapshot());
            return true;
        case AttachResponse::kCallOffered:
            event.body = calls::Offered{CallFrom(message.call_offered().call())};
            return true;
        case AttachResponse::kLegRinging:
            event.body = calls::LegRinging{LegId(message.leg_ringing().leg_id())};
            return true;
        case AttachResponse::kLegAnswered:
            event.body = calls::LegAnswered{LegId(message.leg_answered().leg_id())};
            return true;
        case AttachResponse::kLegEnded:
            event.body = calls::LegEnded{LegId(message.leg_ended().leg_id()), message.leg_ended().cause().reason()};
            return true;
        case AttachResponse::kLegHeld:
            event.body = calls::LegHeld{LegId(message.leg_held().leg_id())};
            return true;
        case AttachResponse::kLegResumed:
            event.body = calls::LegResumed{LegId(message.leg_resumed().leg_id())};
            return true;
        case AttachResponse::kLegsBridged:
            event.body = BridgedFrom(message.legs_bridged());
            return true;
        case AttachResponse::kPlayFinished:
            event.body = calls::PlayFinished{message.play_finished().command_id(),
                                             message.play_finished().reason() == AttachResponse::PlayFinished::STOPPED};
            return true;
        case AttachResponse::kDigitPressed:
            event.body = calls::DigitPressed{LegId(message.digit_pressed().leg_id()), message.digit_pressed().digit()};
            return true;
        case AttachResponse::kDigitsCollected:
            event.body =
                calls::DigitsCollected{message.digits_collected().command_id(), message.digits_collected().digits()};
            return true;
        case AttachResponse::kTransferRequested:
            event.body = calls::TransferRequested{LegId(message.transfer_requested().leg_id()),
                                                  message.transfer_requested().target(),
                                                  !message.transfer_requested().replaces_leg_id().empty()};
            return true;
        case AttachResponse::kCallEnded:
            event.body = calls::Ended{CallFrom(message.call_ended().call())};
            return true;
        case AttachResponse::kCommandFailed:
            event.body = calls::CommandFailed{message.command_failed().command_id(), message.command_failed().reason(),
                                              message.command_failed().message()};
            return true;
        case AttachResponse::kPhoneRegistrationChanged:
            event.body = calls::PhoneRegistrationChanged{message.phone_registration_changed().phone(),
                                                         message.phone_registration_changed().registered()};
            return true;
        default:
            return false;
    }
}

void Fill(const calls::Answer& /*action*/, Command& command) { command.mutable_answer(); }

void Fill(const calls::PlayMusic& action, Command& command) {
    Command::Play& play = *command.mutable_play();
    play.set_leg_id(action.leg.str());
    play.set_loop(true);
    if (action.prompt_id.empty()) {
        play.add_items()->set_music(true);
    } else {
        play.add_items()->set_prompt_id(action.prompt_id);
    }
}

void Fill(const calls::AskKeys& action, Command& command) {
    Command::Play& play = *command.mutable_play();
    play.set_leg_id(action.leg.str());
    play.set_barge_in(true);
    for (const std::string& prompt_id : action.prompt_ids) {
        play.add_items()->set_prompt_id(prompt_id);
    }
    if (action.prompt_ids.empty()) {
        auto& tone = *play.add_items()->mutable_tone();
        tone.set_hertz(1000);
        *tone.mutable_duration() = ToProto(std::chrono::milliseconds(400));
    }
    play.mutable_collect()->set_min_digits(1);
    play.mutable_collect()->set_max_digits(action.most);
    if (action.most > 1) {
        play.mutable_collect()->set_terminators("#");
        *play.mutable_collect()->mutable_between_timeout() = ToProto(std::chrono::seconds(5));
    }
    *play.mutable_collect()->mutable_first_timeout() = ToProto(std::chrono::seconds(8));
}

// The ring-back tone of the Chinese network: 450 Hz, 1 s on and 4 s off (GB/T 3380).
void Fill(const calls::PlayRinging& action, Command& command) {
    Command::Play& play = *command.mutable_play();
    play.set_leg_id(action.leg.str());
    play.set_loop(true);
    auto& tone = *play.add_items()->mutable_tone();
    tone.set_hertz(450);
    *tone.mutable_duration() = ToProto(std::chrono::seconds(1));
    *play.add_items()->mutable_silence() = ToProto(std::chrono::seconds(4));
}

void Fill(const calls::Originate& action, Command& command) {
    Command::Originate& originate = *command.mutable_originate();
    originate.set_contact_id(action.contact.str());
    originate.set_customer_leg_id(action.customer_leg.str());
    originate.set_from_number(action.from_number);
    originate.set_to_number(action.to_number);
    originate.mutable_data()->insert(action.data.begin(), action.data.end());
}

void Fill(const calls::SendDigits& action, Command& command) {
    command.mutable_send_digits()->set_leg_id(action.leg.str());
    command.mutable_send_digits()->set_digits(action.digits);
}

void Fill(const calls::PauseRecording& action, Command& command) {
    command.mutable_pause_recording()->set_paused(action.paused);
}

trunk::v1::Leg::Role RoleOf(calls::Dial::Role role) {
    switch (role) {
        case calls::Dial::Role::kAgent:
            return trunk::v1::Leg::AGENT;
        case calls::Dial::Role::kSupervisor:
            return trunk::v1::Leg::SUPERVISOR;
        case calls::Dial::Role::kOutside:
            return trunk::v1::Leg::OUTSIDE;
        case calls::Dial::Role::kCustomer:
            return trunk::v1::Leg::CUSTOMER;
    }
    return trunk::v1::Leg::AGENT;
}

void Fill(const calls::PlayPrompt& action, Command& command) {
    command.mutable_play()->add_items()->set_prompt_id(action.prompt_id);
}

void Fill(const calls::Dial& action, Command& command) {
    Command::Dial& dial = *command.mutable_dial();
    dial.set_leg_id(action.leg.str());
    dial.set_role(RoleOf(action.role));
    if (action.phone.empty()) {
        dial.mutable_outside()->set_number(action.number);
        if (action.is_group) {
            dial.mutable_outside()->set_group(action.trunk);
        } else {
            dial.mutable_outside()->set_trunk(action.trunk);
        }
    } else {
        dial.set_phone(action.phone);
    }
    dial.set_caller_number(action.caller_number);
    *dial.mutable_ring_limit() = ToProto(action.ring_limit);
    dial.mutable_headers()->insert(action.headers.begin(), action.headers.end());
}

void Fill(const calls::HangUpLeg& action, Command& command) {
    command.mutable_hang_up_leg()->set_leg_id(action.leg.str());
}

void Fill(const calls::Bridge& action, Command& command) {
    for (const LegId& leg : action.legs) {
        command.mutable_bridge()->add_leg_ids(leg.str());
    }
    for (const auto& each : action.hearing) {
        auto& hearing = *command.mutable_bridge()->add_hearing();
        hearing.set_listener_leg_id(each.listener.str());
        for (const LegId& speaker : each.speakers) {
            hearing.add_speaker_leg_ids(speaker.str());
        }
    }
    command.mutable_bridge()->set_record_private(action.record_private);
}

void Fill(const calls::Unbridge& action, Command& command) { command.mutable_unbridge()->set_leg_id(action.leg.str()); }

void Fill(const calls::SetData& action, Command& command) {
    command.mutable_set_data()->mutable_data()->insert(action.data.begin(), action.data.end());
}

void Fill(const calls::HandOver& action, Command& command) {
    command.mutable_hand_over()->set_application(action.application);
    command.mutable_hand_over()->mutable_data()->insert(action.data.begin(), action.data.end());
}

void Fill(const calls::StartRecording& action, Command& command) {
    command.mutable_start_recording()->set_recording_id(action.recording.str());
    command.mutable_start_recording()->set_required(action.required);
}

void Fill(const calls::AnswerTransfer& action, Command& command) {
    Command::AnswerTransfer& answer = *command.mutable_answer_transfer();
    answer.set_leg_id(action.leg.str());
    answer.set_accept(action.accept);
    answer.set_sip_status(action.sip_status);
}

void Fill(const calls::ReportTransfer& action, Command& command) {
    command.mutable_report_transfer()->set_leg_id(action.leg.str());
    command.mutable_report_transfer()->set_sip_status(action.sip_status);
}

void Fill(const calls::HangUp& /*action*/, Command& command) { command.mutable_hang_up(); }

}  // namespace

std::optional<calls::Event> FromProto(const AttachResponse& message, TimePoint now) {
    calls::Event event;
    event.call = CallId(message.call_id());
    event.occurred = message.has_occurred_time() ? FromProto(message.occurred_time()) : now;
    if (!TakeBody(message, event)) {
        return std::nullopt;
    }
    return event;
}

trunk::v1::AttachRequest ToProto(const calls::Order& order) {
    trunk::v1::AttachRequest message;
    Command& command = *message.mutable_command();
    command.set_command_id(order.command_id);
    command.set_call_id(order.call.str());
    command.set_epoch(order.epoch);
    std::visit([&](const auto& action) { Fill(action, command); }, order.action);
    return message;
}

}  // namespace trunkline::acd
