// trunkline.acd.v1.Media and Tasks: contacts of every medium.
#pragma once
#include "acd/adapters/desk.hpp"
#include "acd/app/ports.hpp"
#include "ids/ids.hpp"
#include "trunkline/acd/v1/media.grpc.pb.h"

namespace trunkline::acd {

class GrpcMedia final : public v1::Media::Service {
 public:
    GrpcMedia(Desk& desk, SettingsStore& store) : desk_(desk), store_(store) {}

    grpc::Status PutMedium(grpc::ServerContext* context, const v1::PutMediumRequest* request,
                           v1::Medium* response) override;
    grpc::Status DeleteMedium(grpc::ServerContext* context, const v1::DeleteMediumRequest* request,
                              google::protobuf::Empty* response) override;
    grpc::Status ListMedia(grpc::ServerContext* context, const google::protobuf::Empty* request,
                           v1::ListMediaResponse* response) override;

 private:
    Desk& desk_;
    SettingsStore& store_;
};

class GrpcTasks final : public v1::Tasks::Service {
 public:
    // `stored` waits a moment until everything told so far is on disk; false when it is not.
    GrpcTasks(Desk& desk, IdGenerator& ids, std::function<bool()> stored)
        : desk_(desk), ids_(ids), stored_(std::move(stored)) {}

    grpc::Status CreateTask(grpc::ServerContext* context, const v1::CreateTaskRequest* request,
                            v1::Contact* response) override;
    grpc::Status EndTask(grpc::ServerContext* context, const v1::EndTaskRequest* request,
                         google::protobuf::Empty* response) override;
    grpc::Status NoteMessage(grpc::ServerContext* context, const v1::NoteMessageRequest* request,
                             google::protobuf::Empty* response) override;
    grpc::Status AssignTask(grpc::ServerContext* context, const v1::AssignTaskRequest* request,
                            v1::Contact* response) override;
    grpc::Status ListAgentContacts(grpc::ServerContext* context, const v1::ListAgentContactsRequest* request,
                                   v1::ListAgentContactsResponse* response) override;
    grpc::Status AcceptTask(grpc::ServerContext* context, const v1::AgentTaskRequest* request,
                            v1::Contact* response) override;
    grpc::Status DeclineTask(grpc::ServerContext* context, const v1::AgentTaskRequest* request,
                             google::protobuf::Empty* response) override;
    grpc::Status CompleteTask(grpc::ServerContext* context, const v1::AgentTaskRequest* request,
                              google::protobuf::Empty* response) override;
    grpc::Status TransferTask(grpc::ServerContext* context, const v1::TransferTaskRequest* request,
                              v1::Contact* response) override;

 private:
    Status Ask(const Event& event);
    Status Stored();
    grpc::Status Show(const Status& done, const ContactId& contact, v1::Contact* response);

    Desk& desk_;
    IdGenerator& ids_;
    std::function<bool()> stored_;
};

}  // namespace trunkline::acd
