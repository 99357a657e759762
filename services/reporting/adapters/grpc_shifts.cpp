// Shifts over gRPC.
#include "reporting/adapters/grpc_shifts.hpp"

#include "reporting/adapters/postgres_shift.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::reporting {

grpc::Status GrpcShifts::GetShift(grpc::ServerContext*, const v1::GetShiftRequest* request, v1::Shift* response) {
    auto shift = LoadShift(pool_, *request, clock_.Now());
    if (!shift.ok()) {
        return rpc::ToGrpc(shift.error());
    }
    *response = std::move(*shift);
    return grpc::Status::OK;
}

}  // namespace trunkline::reporting
