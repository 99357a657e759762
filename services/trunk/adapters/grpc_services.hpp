// The small APIs of the gateway: calls for operators, the directory, prompts, the spool.
#pragma once
#include "trunk/adapters/gateway.hpp"
#include "trunk/adapters/postgres_directory.hpp"
#include "trunk/adapters/prompt_store.hpp"
#include "trunk/adapters/spool.hpp"
#include "trunkline/trunk/v1/trunk.grpc.pb.h"

namespace trunkline::trunk {

class GrpcCalls final : public v1::Calls::Service {
 public:
    explicit GrpcCalls(Gateway& gateway) : gateway_(gateway) {}
    grpc::Status ListCalls(grpc::ServerContext*, const v1::ListCallsRequest*, v1::ListCallsResponse* response) override;
    grpc::Status HangUpCall(grpc::ServerContext*, const v1::HangUpCallRequest* request,
                            google::protobuf::Empty*) override;

 private:
    Gateway& gateway_;
};

// Written to the database first, then to the SIP thread's memory: what was acknowledged survives a restart.
class GrpcDirectory final : public v1::Directory::Service {
 public:
    GrpcDirectory(Gateway& gateway, PostgresDirectory& store, std::string realm)
        : gateway_(gateway), store_(store), realm_(std::move(realm)) {}
    grpc::Status PutPhone(grpc::ServerContext*, const v1::PutPhoneRequest* request, v1::Phone* response) override;
    grpc::Status DeletePhone(grpc::ServerContext*, const v1::DeleteRequest* request, google::protobuf::Empty*) override;
    grpc::Status ListPhones(grpc::ServerContext*, const google::protobuf::Empty*,
                            v1::ListPhonesResponse* response) override;
    grpc::Status PutTrunk(grpc::ServerContext*, const v1::PutTrunkRequest* request,
                          v1::CarrierTrunk* response) override;
    grpc::Status DeleteTrunk(grpc::ServerContext*, const v1::DeleteRequest* request, google::protobuf::Empty*) override;
    grpc::Status ListTrunks(grpc::ServerContext*, const google::protobuf::Empty*,
                            v1::ListTrunksResponse* response) override;
    grpc::Status PutTrunkGroup(grpc::ServerContext*, const v1::PutTrunkGroupRequest* request,
                               v1::TrunkGroup* response) override;
    grpc::Status DeleteTrunkGroup(grpc::ServerContext*, const v1::DeleteRequest* request,
                                  google::protobuf::Empty*) override;
    grpc::Status ListTrunkGroups(grpc::ServerContext*, const google::protobuf::Empty*,
                                 v1::ListTrunkGroupsResponse* response) override;
    grpc::Status PutNumber(grpc::ServerContext*, const v1::PutNumberRequest* request, v1::Number* response) override;
    grpc::Status DeleteNumber(grpc::ServerContext*, const v1::DeleteRequest* request,
                              google::protobuf::Empty*) override;
    grpc::Status ListNumbers(grpc::ServerContext*, const google::protobuf::Empty*,
                             v1::ListNumbersResponse* response) override;

 private:
    // A password that is not given again stays as it was.
    Result<std::string> SecretOf(const v1::Phone& phone);
    Result<CarrierTrunk> WithPassword(CarrierTrunk trunk);

    Gateway& gateway_;
    PostgresDirectory& store_;
    std::string realm_;
};

class GrpcPrompts final : public v1::Prompts::Service {
 public:
    explicit GrpcPrompts(PromptStore& store) : store_(store) {}
    grpc::Status PutPrompt(grpc::ServerContext*, const v1::PutPromptRequest* request,
                           google::protobuf::Empty*) override;
    grpc::Status FindMissing(grpc::ServerContext*, const v1::FindMissingRequest* request,
                             v1::FindMissingResponse* response) override;

 private:
    PromptStore& store_;
};

class GrpcSpool final : public v1::Spool::Service {
 public:
    explicit GrpcSpool(Spool& spool) : spool_(spool) {}
    grpc::Status ListJournals(grpc::ServerContext*, const google::protobuf::Empty*,
                              v1::ListJournalsResponse* response) override;
    grpc::Status ReadJournal(grpc::ServerContext* context, const v1::ReadJournalRequest* request,
                             grpc::ServerWriter<v1::ReadJournalResponse>* writer) override;
    grpc::Status FreeJournal(grpc::ServerContext*, const v1::FreeJournalRequest* request,
                             google::protobuf::Empty*) override;

 private:
    Spool& spool_;
};

}  // namespace trunkline::trunk
