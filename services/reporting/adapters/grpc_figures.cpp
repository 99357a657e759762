// Figures and timelines as messages.
#include "reporting/adapters/grpc_figures.hpp"

#include <google/protobuf/util/time_util.h>

#include "reporting/adapters/sentences.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::reporting {
namespace {

double Average(Duration sum, uint64_t count) {
    return std::chrono::duration<double>(sum).count() / static_cast<double>(count);
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
    if (const auto value = figures.ServiceLevel()) {
        proto.set_service_level(*value);
    }
    if (const auto value = figures.AbandonRate()) {
        proto.set_abandon_rate(*value);
    }
    if (const auto value = figures.ConnectRate()) {
        proto.set_connect_rate(*value);
    }
    if (const auto value = figures.AverageSpeedOfAnswer()) {
        proto.set_average_speed_of_answer(*value);
    }
    if (const auto value = figures.AverageHandleTime()) {
        proto.set_average_handle_time(*value);
        proto.set_average_talk(Average(figures.talk, figures.handled));
        proto.set_average_hold(Average(figures.hold, figures.handled));
        proto.set_average_wrap_up(Average(figures.wrap_up, figures.handled));
    }
    return proto;
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
