// trunkline.acd.v1.Queues and Contacts.
#pragma once
#include "acd/adapters/desk.hpp"
#include "acd/app/ports.hpp"
#include "trunkline/acd/v1/acd.grpc.pb.h"

namespace trunkline::acd {

class GrpcQueues final : public v1::Queues::Service {
 public:
    GrpcQueues(Desk& desk, SettingsStore& store, const Clock& clock) : desk_(desk), store_(store), clock_(clock) {}

    grpc::Status PutQueue(grpc::ServerContext* context, const v1::PutQueueRequest* request,
                          v1::Queue* response) override;
    grpc::Status DeleteQueue(grpc::ServerContext* context, const v1::DeleteQueueRequest* request,
                             google::protobuf::Empty* response) override;
    grpc::Status ListQueues(grpc::ServerContext* context, const google::protobuf::Empty* request,
                            v1::ListQueuesResponse* response) override;

 private:
    Status CheckOverflow(const QueueSettings& queue);

    Desk& desk_;
    SettingsStore& store_;
    const Clock& clock_;
};

class GrpcContacts final : public v1::Contacts::Service {
 public:
    GrpcContacts(Desk& desk, const Clock& clock) : desk_(desk), clock_(clock) {}

    grpc::Status ListContacts(grpc::ServerContext* context, const v1::ListContactsRequest* request,
                              v1::ListContactsResponse* response) override;
    grpc::Status GetContact(grpc::ServerContext* context, const v1::GetContactRequest* request,
                            v1::Contact* response) override;
    grpc::Status ExplainContact(grpc::ServerContext* context, const v1::ExplainContactRequest* request,
                                v1::Explanation* response) override;
    grpc::Status ChangePriority(grpc::ServerContext* context, const v1::ChangePriorityRequest* request,
                                v1::Contact* response) override;

 private:
    grpc::Status Show(const ContactId& contact, v1::Contact* response);

    Desk& desk_;
    const Clock& clock_;
};

}  // namespace trunkline::acd
