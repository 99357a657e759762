// The API trunkline.reporting.v1.Figures.
#pragma once
#include "reporting/app/day_report.hpp"
#include "trunkline/reporting/v1/reporting.grpc.pb.h"

namespace trunkline::reporting {

class GrpcFigures final : public v1::Figures::Service {
 public:
    explicit GrpcFigures(FigureStore& store) : store_(store) {}

    grpc::Status GetDay(grpc::ServerContext*, const v1::GetDayRequest* request, v1::GetDayResponse* response) override;
    grpc::Status GetTimeline(grpc::ServerContext*, const v1::GetTimelineRequest* request,
                             v1::GetTimelineResponse* response) override;

 private:
    FigureStore& store_;
};

}  // namespace trunkline::reporting
