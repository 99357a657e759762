// Figures and timelines as messages.
#include "reporting/adapters/grpc_figures.hpp"

#include <google/protobuf/util/time_util.h>

#include <array>
#include <optional>
#include <utility>

#include "reporting/adapters/sentences.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::reporting {
namespace {

double Average(Duration sum, uint64_t count) {
    return std::chrono::duration<double>(sum).count() / static_cast<double>(count);
}

using Ratio = std::optional<double> (Figures::*)() const;
using SetRatio = void (v1::QueueFigures::*)(double);

// Those without a denominator stay absent.
void SetRatios(const Figures& figures, v1::QueueFigures& proto) {
    static constexpr std::array<std::pair<Ratio, SetRatio>, 12> kRatios{{
        {&Figures::ServiceLevel, &v1::QueueFigures::set_service_level},
        {&Figures::ServiceLevelIgnored, &v1::QueueFigures::set_service_level_ignored},
        {&Figures::ServiceLevelPositive, &v1::QueueFigures::set_service_level_positive},
        {&Figures::ServiceLevelAnswered, &v1::QueueFigures::set_service_level_answered},
        {&Figures::ServiceLevelRaw, &v1::QueueFigures::set_service_level_raw},
        {&Figures::AbandonRate, &v1::QueueFigures::set_abandon_rate},
        {&Figures::AbandonRateRaw, &v1::QueueFigures::set_abandon_rate_raw},
        {&Figures::ConnectRate, &v1::QueueFigures::set_connect_rate},
        {&Figures::ConnectRateRaw, &v1::QueueFigures::set_connect_rate_raw},
        {&Figures::AverageSpeedOfAnswer, &v1::QueueFigures::set_average_speed_of_answer},
        {&Figures::AverageTimeToAbandon, &v1::QueueFigures::set_average_time_to_abandon},
        {&Figures::TransferRate, &v1::QueueFigures::set_transfer_rate},
    }};
    for (const auto& [ratio, set] : kRatios) {
        if (const auto value = (figures.*ratio)()) {
            (proto.*set)(*value);
        }
    }
}

v1::QueueFigures ToProto(const std::string& queue_id, const Figures& figures) {
    v1::QueueFigures proto;
    proto.set_queue_id(queue_id);
    proto.set_offered(figures.offered);
    proto.set_answered(figures.answered);
    proto.set_answered_in_threshold(figures.answered_in_threshold);
    proto.set_abandoned(figures.short_abandoned + figures.abandoned_in_threshold + figures.abandoned_late);
    proto.set_short_abandoned(figures.short_abandoned);
    proto.set_abandoned_in_threshold(figures.abandoned_in_threshold);
    proto.set_abandoned_late(figures.abandoned_late);
    proto.set_flowed_out(figures.flowed_out);
    proto.set_system_errors(figures.system_errors);
    proto.set_handled_segments(figures.handled);
    proto.set_open_segments(figures.open);
    proto.set_handled_contacts(figures.handled_contacts);
    proto.set_transferred_contacts(figures.transferred_contacts);
    proto.set_callbacks(figures.callbacks);
    proto.set_callbacks_connected(figures.callbacks_connected);
    proto.set_callbacks_dropped(figures.callbacks_dropped);
    proto.set_callbacks_open(figures.callbacks_open);
    if (const auto value = figures.CallbackRate()) {
        proto.set_callback_rate(*value);
    }
    if (const auto value = figures.AverageCallbackTime()) {
        proto.set_average_callback_time(*value);
    }
    SetRatios(figures, proto);
    if (const auto value = figures.AverageHandleTime()) {
        proto.set_average_handle_time(*value);
        proto.set_average_talk(Average(figures.talk, figures.handled));
        proto.set_average_hold(Average(figures.hold, figures.handled));
        proto.set_average_wrap_up(Average(figures.wrap_up, figures.handled));
    }
    return proto;
}

google::protobuf::Duration ToProto(Duration time) {
    return google::protobuf::util::TimeUtil::MillisecondsToDuration(
        std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

google::protobuf::Timestamp ToProto(TimePoint time) {
    return google::protobuf::util::TimeUtil::MillisecondsToTimestamp(ToUnixMillis(time));
}

void ToProto(const AgentRow& row, v1::AgentFigures& proto) {
    *proto.mutable_ready() = ToProto(row.time.In(AgentState::kReady));
    *proto.mutable_ringing() = ToProto(row.time.In(AgentState::kReserved));
    *proto.mutable_talking() = ToProto(row.time.In(AgentState::kTalking));
    *proto.mutable_held() = ToProto(row.time.In(AgentState::kHeld));
    *proto.mutable_wrap_up() = ToProto(row.time.In(AgentState::kWrapUp));
    *proto.mutable_not_ready() = ToProto(row.time.In(AgentState::kNotReady));
    proto.set_handled_segments(row.figures.handled);
    if (const auto value = row.time.Occupancy()) {
        proto.set_occupancy(*value);
    }
    if (const auto value = row.time.OccupancyWithoutRing()) {
        proto.set_occupancy_without_ring(*value);
    }
    if (const auto value = row.figures.AverageHandleTime()) {
        proto.set_average_handle_time(*value);
    }
}

template <class Request>
std::string ZoneOf(const Request& request) {
    return request.time_zone().empty() ? "Asia/Shanghai" : request.time_zone();
}

}  // namespace

grpc::Status GrpcFigures::GetDay(grpc::ServerContext*, const v1::GetDayRequest* request, v1::GetDayResponse* response) {
    asked_("day");
    const auto segments = store_.Day({request->date(), ZoneOf(*request), request->queue_id(), request->medium()});
    if (!segments.ok()) {
        return rpc::ToGrpc(segments.error());
    }
    const DayReport report = MakeDayReport(*segments);
    response->set_date(report.date);
    for (const auto& [queue_id, figures] : report.queues) {
        *response->add_queues() = ToProto(queue_id, figures);
    }
    for (const auto& [medium, figures] : report.media) {
        *response->add_media() = ToProto("", figures);
        response->mutable_media()->rbegin()->set_medium(medium);
    }
    *response->mutable_total() = ToProto("", report.total);
    return grpc::Status::OK;
}

grpc::Status GrpcFigures::GetIntervals(grpc::ServerContext*, const v1::GetIntervalsRequest* request,
                                       v1::GetIntervalsResponse* response) {
    asked_("intervals");
    const uint32_t minutes = request->minutes();
    if (minutes != 0 && minutes != 15 && minutes != 30 && minutes != 60) {
        return rpc::ToGrpc(Error{Code::kInvalidArgument, "BAD_INTERVAL", "minutes must be 15, 30, 60, or 0 for days"});
    }
    const auto segments =
        store_.Day({request->date(), ZoneOf(*request), request->queue_id(), request->medium(), request->last_date()});
    if (!segments.ok()) {
        return rpc::ToGrpc(segments.error());
    }
    for (const IntervalRow& row : MakeIntervalReport(*segments, std::chrono::minutes{minutes})) {
        auto& interval = *response->add_intervals();
        *interval.mutable_start_time() = ToProto(row.interval.start);
        *interval.mutable_end_time() = ToProto(row.interval.end);
        *interval.mutable_figures() = ToProto(request->queue_id(), row.figures);
    }
    return grpc::Status::OK;
}

grpc::Status GrpcFigures::GetAgents(grpc::ServerContext*, const v1::GetAgentsRequest* request,
                                    v1::GetAgentsResponse* response) {
    asked_("agents");
    const DayQuery query{request->date(), ZoneOf(*request), "", "", request->last_date()};
    const auto segments = store_.Day(query);
    if (!segments.ok()) {
        return rpc::ToGrpc(segments.error());
    }
    const auto spans = store_.States(query);
    if (!spans.ok()) {
        return rpc::ToGrpc(spans.error());
    }
    for (const auto& [agent_id, row] : MakeAgentReport(*segments, *spans)) {
        auto& agent = *response->add_agents();
        agent.set_agent_id(agent_id);
        ToProto(row, agent);
    }
    return grpc::Status::OK;
}

grpc::Status GrpcFigures::ListArrivals(grpc::ServerContext*, const v1::ListArrivalsRequest* request,
                                       v1::ListArrivalsResponse* response) {
    asked_("arrivals");
    const auto rows = store_.Arrivals({request->date(), ZoneOf(*request), ""});
    if (!rows.ok()) {
        return rpc::ToGrpc(rows.error());
    }
    for (const ArrivalRow& row : *rows) {
        auto& arrival = *response->add_arrivals();
        *arrival.mutable_time() = google::protobuf::util::TimeUtil::MillisecondsToTimestamp(ToUnixMillis(row.time));
        arrival.set_queue_id(row.queue_id);
        if (row.was_served) {
            *arrival.mutable_talk() = google::protobuf::util::TimeUtil::NanosecondsToDuration(row.talk.count());
            *arrival.mutable_wrap_up() = google::protobuf::util::TimeUtil::NanosecondsToDuration(row.wrap_up.count());
        }
        if (row.has_left) {
            *arrival.mutable_patience() = google::protobuf::util::TimeUtil::NanosecondsToDuration(row.patience.count());
        }
    }
    return grpc::Status::OK;
}

grpc::Status GrpcFigures::GetTimeline(grpc::ServerContext*, const v1::GetTimelineRequest* request,
                                      v1::GetTimelineResponse* response) {
    asked_("timeline");
    const auto rows = store_.Timeline(request->contact_id());
    if (!rows.ok()) {
        return rpc::ToGrpc(rows.error());
    }
    for (const TimelineRow& row : *rows) {
        auto& entry = *response->add_entries();
        *entry.mutable_time() = google::protobuf::util::TimeUtil::MillisecondsToTimestamp(ToUnixMillis(row.time));
        entry.set_source(row.source);
        entry.set_type(row.type);
        entry.set_text(Sentence(row.type, row.payload));
        entry.set_json(MaskedJson(row.type, row.payload));
    }
    return grpc::Status::OK;
}

}  // namespace trunkline::reporting
