// The API trunkline.customer.v1.Customers.
#pragma once
#include <functional>

#include "customer/adapters/postgres_history.hpp"
#include "customer/app/customer_desk.hpp"
#include "rpc/caller.hpp"
#include "trunkline/customer/v1/customer.grpc.pb.h"

namespace trunkline::customer {

// Called once for each request: the method, whether it succeeded, and how long it took.
using Observer = std::function<void(std::string_view method, bool ok, Duration took)>;

struct Desks {
    CustomerDesk& customers;
    ImportDesk& imports;
    ErasureDesk& erasures;
    PostgresHistory& history;
    db::Pool& pool;  // exports read page by page
    Tools tools;
};

class GrpcCustomers final : public v1::Customers::Service {
 public:
    GrpcCustomers(Desks desks, Observer observer) : desks_(desks), observer_(std::move(observer)) {}

    grpc::Status GetScreenPop(grpc::ServerContext* context, const v1::GetScreenPopRequest* request,
                              v1::ScreenPop* response) override;
    grpc::Status LookUpForRouting(grpc::ServerContext* context, const v1::LookUpForRoutingRequest* request,
                                  v1::RoutingFacts* response) override;
    grpc::Status ConfirmCaller(grpc::ServerContext* context, const v1::ConfirmCallerRequest* request,
                               v1::Customer* response) override;
    grpc::Status CreateCustomer(grpc::ServerContext* context, const v1::CreateCustomerRequest* request,
                                v1::Customer* response) override;
    grpc::Status UpdateCustomer(grpc::ServerContext* context, const v1::UpdateCustomerRequest* request,
                                v1::Customer* response) override;
    grpc::Status GetCustomer(grpc::ServerContext* context, const v1::GetCustomerRequest* request,
                             v1::Customer* response) override;
    grpc::Status SearchCustomers(grpc::ServerContext* context, const v1::SearchCustomersRequest* request,
                                 v1::SearchCustomersResponse* response) override;
    grpc::Status AddNumber(grpc::ServerContext* context, const v1::AddNumberRequest* request,
                           v1::Customer* response) override;
    grpc::Status RemoveNumber(grpc::ServerContext* context, const v1::RemoveNumberRequest* request,
                              v1::Customer* response) override;
    grpc::Status RevealNumber(grpc::ServerContext* context, const v1::RevealNumberRequest* request,
                              v1::PhoneNumber* response) override;
    grpc::Status ListTimeline(grpc::ServerContext* context, const v1::ListTimelineRequest* request,
                              v1::ListTimelineResponse* response) override;
    grpc::Status AddNote(grpc::ServerContext* context, const v1::AddNoteRequest* request,
                         v1::TimelineEntry* response) override;
    grpc::Status MergeCustomers(grpc::ServerContext* context, const v1::MergeCustomersRequest* request,
                                v1::Customer* response) override;
    grpc::Status UndoMerge(grpc::ServerContext* context, const v1::UndoMergeRequest* request,
                           v1::Customer* response) override;
    grpc::Status ListDuplicates(grpc::ServerContext* context, const v1::ListDuplicatesRequest* request,
                                v1::ListDuplicatesResponse* response) override;
    grpc::Status DismissDuplicate(grpc::ServerContext* context, const v1::DismissDuplicateRequest* request,
                                  v1::DismissDuplicateResponse* response) override;
    grpc::Status StartImport(grpc::ServerContext* context, const v1::StartImportRequest* request,
                             v1::Import* response) override;
    grpc::Status AddImportPart(grpc::ServerContext* context, const v1::AddImportPartRequest* request,
                               v1::Import* response) override;
    grpc::Status GetImport(grpc::ServerContext* context, const v1::GetImportRequest* request,
                           v1::GetImportResponse* response) override;
    grpc::Status ExportCustomers(grpc::ServerContext* context, const v1::ExportCustomersRequest* request,
                                 grpc::ServerWriter<v1::ExportPart>* writer) override;
    grpc::Status EraseCustomer(grpc::ServerContext* context, const v1::EraseCustomerRequest* request,
                               v1::ErasureProof* response) override;
    grpc::Status GetErasureProof(grpc::ServerContext* context, const v1::GetErasureProofRequest* request,
                                 v1::ErasureProof* response) override;

 private:
    // Runs `work`, which gives a Result, and writes its value with `write`; tells the observer.
    template <class Work, class Write>
    grpc::Status Answer(std::string_view method, const Work& work, const Write& write);
    // The usual answer: a customer.
    template <class Work>
    grpc::Status AnswerCustomer(std::string_view method, v1::Customer* response, const Work& work);

    Desks desks_;
    Observer observer_;
};

}  // namespace trunkline::customer
