// The API trunkline.reporting.v1.Shifts.
#pragma once
#include "clock/clock.hpp"
#include "db/pool.hpp"
#include "trunkline/reporting/v1/shift.grpc.pb.h"

namespace trunkline::reporting {

class GrpcShifts final : public v1::Shifts::Service {
 public:
    GrpcShifts(db::Pool& pool, const Clock& clock) : pool_(pool), clock_(clock) {}

    grpc::Status GetShift(grpc::ServerContext*, const v1::GetShiftRequest* request, v1::Shift* response) override;

 private:
    db::Pool& pool_;
    const Clock& clock_;
};

}  // namespace trunkline::reporting
