// Events as the link tells them.
#include "trunk/adapters/codec.hpp"
#include "trunk/adapters/event_codec.hpp"

namespace trunkline::trunk {
namespace {

using Response = proto::AttachResponse;

// One overload for each event; false: not for the link.
struct LinkWriter {
    const Call& call;
    Response& response;

    bool operator()(const event::CallStarted&) const { return false; }
    bool operator()(const event::HandedOver&) const { return false; }
    bool operator()(const event::LegStarted&) const { return false; }
    bool operator()(const event::CallOffered&) const {
        *response.mutable_call_offered()->mutable_call() = ToProto(call);
        return true;
    }
    bool operator()(const event::LegRinging& event) const {
        response.mutable_leg_ringing()->set_leg_id(event.leg.str());
        return true;
    }
    bool operator()(const event::LegAnswered& event) const {
        response.mutable_leg_answered()->set_leg_id(event.leg.str());
        return true;
    }
    bool operator()(const event::LegHeld& event) const {
        response.mutable_leg_held()->set_leg_id(event.leg.str());
        return true;
    }
    bool operator()(const event::LegResumed& event) const {
        response.mutable_leg_resumed()->set_leg_id(event.leg.str());
        return true;
    }
    bool operator()(const event::LegsBridged& event) const {
        auto& bridged = *response.mutable_legs_bridged();
        bridged.set_command_id(event.command_id);
        for (const LegId& leg : event.legs) {
            bridged.add_leg_ids(leg.str());
        }
        return true;
    }
    bool operator()(const event::LegEnded& event) const {
        response.mutable_leg_ended()->set_leg_id(event.leg.str());
        *response.mutable_leg_ended()->mutable_cause() = ToProto(event.cause);
        return true;
    }
    bool operator()(const event::PlayFinished& event) const {
        response.mutable_play_finished()->set_command_id(event.command_id);
        response.mutable_play_finished()->set_reason(
            static_cast<Response::PlayFinished::Reason>(static_cast<int>(event.result) + 1));
        return true;
    }
    bool operator()(const event::DigitsCollected& event) const {
        auto& collected = *response.mutable_digits_collected();
        collected.set_command_id(event.command_id);
        collected.set_digits(event.digits);
        collected.set_reason(static_cast<Response::DigitsCollected::Reason>(static_cast<int>(event.result) + 1));
        return true;
    }
    bool operator()(const event::DigitPressed& event) const {
        response.mutable_digit_pressed()->set_leg_id(event.leg.str());
        response.mutable_digit_pressed()->set_digit(std::string(1, event.digit));
        return true;
    }
    bool operator()(const event::TransferRequested& event) const {
        auto& transfer = *response.mutable_transfer_requested();
        transfer.set_leg_id(event.leg.str());
        transfer.set_target(event.target);
        transfer.set_replaces_leg_id(event.replaces.str());
        return true;
    }
    bool operator()(const event::RecordingStarted& event) const {
        response.mutable_recording_started()->set_recording_id(event.recording.str());
        return true;
    }
    bool operator()(const event::CallEnded&) const {
        *response.mutable_call_ended()->mutable_call() = ToProto(call);
        return true;
    }
    bool operator()(const event::CommandFailed& event) const {
        auto& failed = *response.mutable_command_failed();
        failed.set_command_id(event.command_id);
        failed.set_reason(event.reason);
        failed.set_message(event.message);
        return true;
    }
};

}  // namespace

std::optional<proto::AttachResponse> ToLink(const Call& call, const Event& event) {
    Response response;
    response.set_call_id(call.id.str());
    response.set_epoch(call.epoch);
    if (!std::visit(LinkWriter{call, response}, event)) {
        return std::nullopt;
    }
    return response;
}

}  // namespace trunkline::trunk
