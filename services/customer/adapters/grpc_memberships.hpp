// The API trunkline.customer.v1.Memberships.
#pragma once
#include "customer/adapters/grpc_customers.hpp"
#include "trunkline/customer/v1/membership.grpc.pb.h"

namespace trunkline::customer {

class GrpcMemberships final : public v1::Memberships::Service {
 public:
    GrpcMemberships(AccountDesk& desk, const Clock& clock, Observer observer)
        : desk_(desk), clock_(clock), observer_(std::move(observer)) {}

    grpc::Status OpenAccount(grpc::ServerContext* context, const v1::OpenAccountRequest* request,
                             v1::Account* response) override;
    grpc::Status CloseAccount(grpc::ServerContext* context, const v1::CloseAccountRequest* request,
                              v1::Account* response) override;
    grpc::Status Earn(grpc::ServerContext* context, const v1::EarnRequest* request,
                      v1::PostingResult* response) override;
    grpc::Status Redeem(grpc::ServerContext* context, const v1::RedeemRequest* request,
                        v1::PostingResult* response) override;
    grpc::Status Correct(grpc::ServerContext* context, const v1::CorrectRequest* request,
                         v1::PostingResult* response) override;
    grpc::Status GetAccount(grpc::ServerContext* context, const v1::GetAccountRequest* request,
                            v1::Account* response) override;
    grpc::Status ListAccounts(grpc::ServerContext* context, const v1::ListAccountsRequest* request,
                              v1::ListAccountsResponse* response) override;
    grpc::Status GetStatement(grpc::ServerContext* context, const v1::GetStatementRequest* request,
                              v1::GetStatementResponse* response) override;
    grpc::Status ReadStatement(grpc::ServerContext* context, const v1::ReadStatementRequest* request,
                               v1::ReadStatementResponse* response) override;

 private:
    template <class Request>
    grpc::Status Post(const grpc::ServerContext& context, const Request& request, const Wish& wish,
                      v1::PostingResult* response);

    AccountDesk& desk_;
    const Clock& clock_;
    Observer observer_;
};

}  // namespace trunkline::customer
