// trunkline.acd.v1.Dispositions.
#pragma once
#include "acd/adapters/desk.hpp"
#include "acd/adapters/postgres_dispositions.hpp"
#include "bus/outbox.hpp"
#include "trunkline/acd/v1/dispositions.grpc.pb.h"

namespace trunkline::acd {

class GrpcDispositions final : public v1::Dispositions::Service {
 public:
    GrpcDispositions(Desk& desk, PostgresDispositions& store, bus::FactWriter& writer, const Clock& clock)
        : desk_(desk), store_(store), writer_(writer), clock_(clock) {}

    grpc::Status ListCategories(grpc::ServerContext* context, const google::protobuf::Empty* request,
                                v1::ListCategoriesResponse* response) override;
    grpc::Status PutCategory(grpc::ServerContext* context, const v1::PutCategoryRequest* request,
                             v1::Category* response) override;
    grpc::Status DeleteCategory(grpc::ServerContext* context, const v1::DeleteCategoryRequest* request,
                                google::protobuf::Empty* response) override;
    grpc::Status SaveNotes(grpc::ServerContext* context, const v1::SaveNotesRequest* request,
                           v1::ContactNotes* response) override;
    grpc::Status DisposeContact(grpc::ServerContext* context, const v1::SaveNotesRequest* request,
                                v1::ContactNotes* response) override;
    grpc::Status ListNotes(grpc::ServerContext* context, const v1::ListNotesRequest* request,
                           v1::ListNotesResponse* response) override;

 private:
    // What is to be stored, or why not.
    Result<v1::ContactNotes> Examine(const v1::SaveNotesRequest& request);
    // He has the contact, or wrote about it before.
    Status MayWrite(const std::string& agent, const std::string& contact);

    Desk& desk_;
    PostgresDispositions& store_;
    bus::FactWriter& writer_;
    const Clock& clock_;
};

}  // namespace trunkline::acd
