// What the APIs of this service share: one way from a Result to a gRPC answer.
#pragma once
#include "customer/adapters/grpc_customers.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::customer {

inline int PageSize(uint32_t wanted, int usual, int most) {
    return wanted == 0 ? usual : static_cast<int>(std::min<uint32_t>(wanted, static_cast<uint32_t>(most)));
}

template <class Work, class Write>
grpc::Status AnswerWith(const Clock& clock, const Observer& observer, std::string_view method, const Work& work,
                        const Write& write) {
    const SteadyTime begin = clock.SteadyNow();
    auto result = work();
    observer(method, result.ok(), clock.SteadyNow() - begin);
    if (!result.ok()) {
        return rpc::ToGrpc(result.error());
    }
    write(*result);
    return grpc::Status::OK;
}

}  // namespace trunkline::customer
