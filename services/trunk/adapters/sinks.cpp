// Facts and figures.
#include "trunk/adapters/sinks.hpp"

#include "trunk/adapters/codec.hpp"
#include "trunk/adapters/event_codec.hpp"
#include "trunkline/trunk/v1/events.pb.h"

namespace trunkline::trunk {
namespace {

std::string ResultName(EndResult result) {
    switch (result) {
        case EndResult::kSuccess:
            return "success";
        case EndResult::kClientError:
            return "client_error";
        case EndResult::kServerError:
            return "server_error";
        case EndResult::kUpstreamError:
            return "upstream_error";
        case EndResult::kIndeterminate:
            return "indeterminate";
    }
    return "indeterminate";
}

std::string At(TimePoint now) { return std::to_string(now.time_since_epoch().count()); }

}  // namespace

void BusFacts::Tell(const Call& call, const Event& event, TimePoint now) {
    if (const auto fact = ToBus(call, event, now)) {
        writer_.Post(bus::MakeEvent(*fact->message, call.contact.str(), fact->identity, now));
    }
}

void BusFacts::TellRecordingFinished(const v1::Journal& journal, TimePoint now) {
    v1::RecordingFinished message;
    message.set_recording_id(journal.recording_id());
    message.set_call_id(journal.call_id());
    message.set_contact_id(journal.contact_id());
    *message.mutable_start_time() = journal.start_time();
    *message.mutable_duration() = journal.duration();
    writer_.Post(bus::MakeEvent(message, journal.contact_id(), journal.recording_id(), now));
}

void BusFacts::TellPhone(const std::string& phone, bool registered, const std::string& detail, TimePoint now) {
    if (registered) {
        v1::PhoneRegistered message;
        message.set_phone(phone);
        message.set_contact(detail);
        writer_.Post(bus::MakeEvent(message, phone, phone + "/" + At(now), now));
    } else {
        v1::PhoneUnregistered message;
        message.set_phone(phone);
        message.set_reason(detail);
        writer_.Post(bus::MakeEvent(message, phone, phone + "/" + At(now), now));
    }
}

void BusFacts::TellCarrier(const std::string& trunk, bool up, const std::string& reason, TimePoint now) {
    v1::CarrierTrunkStateChanged message;
    message.set_trunk(trunk);
    message.set_up(up);
    message.set_reason(reason);
    writer_.Post(bus::MakeEvent(message, trunk, trunk + "/" + At(now), now));
}

void CallMetrics::Tell(const Call& call, const Event& event, TimePoint) {
    if (std::holds_alternative<event::CallEnded>(event)) {
        metrics_.CountCall(call.direction == CallDirection::kInbound ? "inbound" : "outbound",
                           ResultName(call.end_cause.result));
    } else if (const auto* answered = std::get_if<event::LegAnswered>(&event)) {
        if (answered->leg == call.customer().id) {
            metrics_.setup_seconds.Observe(std::chrono::duration<double>(*call.answered - call.started).count());
        }
    } else if (const auto* ended = std::get_if<event::LegEnded>(&event)) {
        metrics_.CountLeg(ended->cause.reason);
    } else if (std::holds_alternative<event::CommandFailed>(event)) {
        metrics_.commands_failed.Increment();
    }
}

}  // namespace trunkline::trunk
