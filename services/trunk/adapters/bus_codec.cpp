// Events as the bus tells them.
#include "trunk/adapters/codec.hpp"
#include "trunk/adapters/event_codec.hpp"
#include "trunkline/trunk/v1/events.pb.h"

namespace trunkline::trunk {
namespace {

using Fact = std::optional<BusFact>;

struct BusWriter {
    const Call& call;
    TimePoint now;

    template <class Message>
    Message Of() const {
        Message message;
        message.set_call_id(call.id.str());
        message.set_contact_id(call.contact.str());
        return message;
    }
    template <class Message>
    Message OfLeg(const LegId& leg) const {
        Message message = Of<Message>();
        message.set_leg_id(leg.str());
        return message;
    }
    template <class Message>
    Fact Make(Message message, const std::string& part = "") const {
        const std::string identity = part.empty() ? call.id.str() : call.id.str() + "/" + part;
        return BusFact{std::make_unique<Message>(std::move(message)), identity};
    }

    Fact operator()(const event::CallOffered&) const { return std::nullopt; }
    Fact operator()(const event::LegRinging&) const { return std::nullopt; }
    Fact operator()(const event::PlayFinished&) const { return std::nullopt; }
    Fact operator()(const event::DigitsCollected&) const { return std::nullopt; }
    Fact operator()(const event::DigitPressed&) const { return std::nullopt; }
    Fact operator()(const event::CommandFailed&) const { return std::nullopt; }
    Fact operator()(const event::CallStarted&) const {
        auto message = Of<proto::CallStarted>();
        message.set_direction(ToProto(call.direction));
        message.set_from_number(call.from_number);
        message.set_to_number(call.to_number);
        message.set_trunk(call.trunk);
        message.set_application(call.application);
        *message.mutable_start_time() = ToProto(call.started);
        return Make(std::move(message));
    }
    Fact operator()(const event::HandedOver& event) const {
        auto message = Of<proto::CallHandedOver>();
        message.set_from_application(event.from_application);
        message.set_to_application(call.application);
        message.set_epoch(call.epoch);
        return Make(std::move(message), std::to_string(call.epoch));
    }
    Fact operator()(const event::LegStarted& event) const {
        auto message = OfLeg<proto::LegStarted>(event.leg);
        if (const Leg* leg = call.Find(event.leg)) {
            message.set_role(ToProto(leg->role));
            message.set_endpoint(leg->endpoint);
        }
        return Make(std::move(message), event.leg.str());
    }
    Fact operator()(const event::LegAnswered& event) const {
        if (event.leg == call.customer().id) {
            return Make(Of<proto::CallAnswered>());
        }
        auto message = OfLeg<proto::LegAnswered>(event.leg);
        message.set_endpoint(EndpointOf(event.leg));
        return Make(std::move(message), event.leg.str());
    }
    Fact operator()(const event::LegHeld& event) const {
        return Make(OfLeg<proto::LegHeld>(event.leg), event.leg.str() + "/" + std::to_string(event.position));
    }
    Fact operator()(const event::LegResumed& event) const {
        return Make(OfLeg<proto::LegResumed>(event.leg), event.leg.str() + "/" + std::to_string(event.position));
    }
    Fact operator()(const event::LegsBridged& event) const {
        auto message = Of<proto::LegsBridged>();
        for (const LegId& leg : event.legs) {
            message.add_leg_ids(leg.str());
        }
        return Make(std::move(message), std::to_string(call.epoch) + "/" + event.command_id);
    }
    Fact operator()(const event::LegEnded& event) const {
        auto message = OfLeg<proto::LegEnded>(event.leg);
        message.set_endpoint(EndpointOf(event.leg));
        *message.mutable_cause() = ToProto(event.cause);
        return Make(std::move(message), event.leg.str());
    }
    Fact operator()(const event::TransferRequested& event) const {
        auto message = OfLeg<proto::TransferRequested>(event.leg);
        message.set_target(event.target);
        return Make(std::move(message), event.leg.str() + "/" + std::to_string(event.position));
    }
    Fact operator()(const event::RecordingStarted& event) const {
        auto message = Of<proto::RecordingStarted>();
        message.set_recording_id(event.recording.str());
        *message.mutable_start_time() = ToProto(now);
        return Make(std::move(message), event.recording.str());
    }
    Fact operator()(const event::CallEnded&) const {
        auto message = Of<proto::CallEnded>();
        *message.mutable_cause() = ToProto(call.end_cause);
        *message.mutable_duration() = ToProtoDuration(*call.ended - call.started);
        return Make(std::move(message));
    }

    std::string EndpointOf(const LegId& id) const {
        const Leg* leg = call.Find(id);
        return leg == nullptr ? "" : leg->endpoint;
    }
};

}  // namespace

std::optional<BusFact> ToBus(const Call& call, const Event& event, TimePoint now) {
    return std::visit(BusWriter{call, now}, event);
}

}  // namespace trunkline::trunk
