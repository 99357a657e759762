// The API trunkline.reporting.v1.Figures.
#pragma once
#include <functional>
#include <string_view>

#include "reporting/app/reports.hpp"
#include "trunkline/reporting/v1/reporting.grpc.pb.h"

namespace trunkline::reporting {

class GrpcFigures final : public v1::Figures::Service {
 public:
    // `asked` is called once for each request with "day", "intervals", "agents", "arrivals" or "timeline".
    GrpcFigures(FigureStore& store, std::function<void(std::string_view)> asked)
        : store_(store), asked_(std::move(asked)) {}

    grpc::Status GetDay(grpc::ServerContext*, const v1::GetDayRequest* request, v1::GetDayResponse* response) override;
    grpc::Status GetIntervals(grpc::ServerContext*, const v1::GetIntervalsRequest* request,
                              v1::GetIntervalsResponse* response) override;
    grpc::Status GetAgents(grpc::ServerContext*, const v1::GetAgentsRequest* request,
                           v1::GetAgentsResponse* response) override;
    grpc::Status ListArrivals(grpc::ServerContext*, const v1::ListArrivalsRequest* request,
                              v1::ListArrivalsResponse* response) override;
    grpc::Status GetTimeline(grpc::ServerContext*, const v1::GetTimelineRequest* request,
                             v1::GetTimelineResponse* response) override;

 private:
    FigureStore& store_;
    std::function<void(std::string_view)> asked_;
};

}  // namespace trunkline::reporting
