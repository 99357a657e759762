// Requests about media and about contacts without a call.
#include "acd/adapters/grpc_media.hpp"

#include "acd/adapters/conversation_messages.hpp"
#include "acd/adapters/media_messages.hpp"
#include "acd/adapters/resource_messages.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::acd {

grpc::Status GrpcMedia::PutMedium(grpc::ServerContext* /*context*/, const v1::PutMediumRequest* request,
                                  v1::Medium* response) {
    const Medium medium = FromProto(request->medium());
    // The router knows whether it fits the others; what it refuses must not reach the store.
    Status done = desk_.Request(MediumPut{medium});
    done = done.ok() ? store_.SaveMedium(medium) : done;
    if (!done.ok()) {
        return rpc::ToGrpc(done);
    }
    *response = ToProto(medium);
    return grpc::Status::OK;
}

grpc::Status GrpcMedia::DeleteMedium(grpc::ServerContext* /*context*/, const v1::DeleteMediumRequest* request,
                                     google::protobuf::Empty* /*response*/) {
    const Status done = desk_.Request(MediumDeleted{request->medium()});
    return rpc::ToGrpc(done.ok() ? store_.DeleteMedium(request->medium()) : done);
}

grpc::Status GrpcMedia::ListMedia(grpc::ServerContext* /*context*/, const google::protobuf::Empty* /*request*/,
                                  v1::ListMediaResponse* response) {
    const auto media = desk_.Ask([](Switchboard& desk) { return desk.router().media().all(); });
    if (!media.ok()) {
        return rpc::ToGrpc(media.error());
    }
    for (const auto& [word, medium] : *media) {
        *response->add_media() = ToProto(medium);
    }
    return grpc::Status::OK;
}

Status GrpcTasks::Stored() {
    if (stored_()) {
        return {};
    }
    return Error{Code::kUnavailable, "DATABASE_AWAY",
                 "the change is in effect but not stored yet, because the database is away; try again"};
}

Status GrpcTasks::Ask(const Event& event) {
    const Status done = desk_.Request(event);
    return done.ok() ? Stored() : done;
}

// Empty when it is gone already.
grpc::Status GrpcTasks::Show(const Status& done, const ContactId& id, v1::Contact* response) {
    if (!done.ok()) {
        return rpc::ToGrpc(done);
    }
    const auto contact = desk_.Ask([id](Switchboard& desk) {
        const auto found = desk.router().contacts().find(id);
        return found == desk.router().contacts().end()
                   ? v1::Contact()
                   : ToProto(found->second, desk.router().PlaceOf(found->second), desk.DataOf(id));
    });
    if (!contact.ok()) {
        return rpc::ToGrpc(contact.error());
    }
    *response = *contact;
    return grpc::Status::OK;
}

grpc::Status GrpcTasks::CreateTask(grpc::ServerContext* /*context*/, const v1::CreateTaskRequest* request,
                                   v1::Contact* response) {
    auto arrived = FromProto(*request);
    if (!arrived.ok()) {
        return rpc::ToGrpc(arrived.error());
    }
    if (arrived->contact.empty()) {
        arrived->contact = ContactId(ids_.New());
    }
    const calls::Data data{request->data().begin(), request->data().end()};
    const auto created =
        desk_.Ask([arrived = *arrived, data](Switchboard& desk) { return desk.CreateTask(arrived, data); });
    Status done = created.ok() ? *created : Status(created.error());
    done = done.ok() ? Stored() : done;
    return Show(done, arrived->contact, response);
}

grpc::Status GrpcTasks::EndTask(grpc::ServerContext* /*context*/, const v1::EndTaskRequest* request,
                                google::protobuf::Empty* /*response*/) {
    const ContactId id(request->contact_id());
    const auto is_call = desk_.Ask([id](Switchboard& desk) {
        const auto found = desk.router().contacts().find(id);
        return found != desk.router().contacts().end() && found->second.IsCall();
    });
    if (!is_call.ok() || *is_call) {
        return rpc::ToGrpc(is_call.ok() ? NoSuch("contact", id.str()) : is_call.error());
    }
    const auto reason = request->withdrawn() ? GoneReason::kWithdrawn : GoneReason::kCustomerLeft;
    return rpc::ToGrpc(Ask(ContactGone{id, reason}));
}

grpc::Status GrpcTasks::NoteMessage(grpc::ServerContext* /*context*/, const v1::NoteMessageRequest* request,
                                    google::protobuf::Empty* /*response*/) {
    return rpc::ToGrpc(desk_.Request(TaskMoved{ContactId(request->contact_id()), request->by_agent()}));
}

grpc::Status GrpcTasks::AssignTask(grpc::ServerContext* /*context*/, const v1::AssignTaskRequest* request,
                                   v1::Contact* response) {
    const ContactId id(request->contact_id());
    const auto to = TargetOf(request->to());
    return Show(to.ok() ? Ask(TaskGiven{id, *to}) : Status(to.error()), id, response);
}

grpc::Status GrpcTasks::ListAgentContacts(grpc::ServerContext* /*context*/, const v1::ListAgentContactsRequest* request,
                                          v1::ListAgentContactsResponse* response) {
    const auto shown =
        desk_.Ask([&](Switchboard& desk) { return ShowAgentContacts(desk, AgentId(request->agent_id()), *response); });
    return rpc::ToGrpc(shown.ok() ? *shown : Status(shown.error()));
}

grpc::Status GrpcTasks::AcceptTask(grpc::ServerContext* /*context*/, const v1::AgentTaskRequest* request,
                                   v1::Contact* response) {
    const ContactId id(request->contact_id());
    return Show(Ask(AgentAsked{AgentId(request->agent_id()), ask::Accept{id}}), id, response);
}

grpc::Status GrpcTasks::DeclineTask(grpc::ServerContext* /*context*/, const v1::AgentTaskRequest* request,
                                    google::protobuf::Empty* /*response*/) {
    return rpc::ToGrpc(Ask(AgentAsked{AgentId(request->agent_id()), ask::Decline{ContactId(request->contact_id())}}));
}

grpc::Status GrpcTasks::CompleteTask(grpc::ServerContext* /*context*/, const v1::AgentTaskRequest* request,
                                     google::protobuf::Empty* /*response*/) {
    return rpc::ToGrpc(Ask(AgentAsked{AgentId(request->agent_id()), ask::Finish{ContactId(request->contact_id())}}));
}

grpc::Status GrpcTasks::TransferTask(grpc::ServerContext* /*context*/, const v1::TransferTaskRequest* request,
                                     v1::Contact* response) {
    const ContactId id(request->contact_id());
    const auto to = TargetOf(request->to());
    const Status done =
        to.ok() ? Ask(AgentAsked{AgentId(request->agent_id()), ask::Give{id, *to}}) : Status(to.error());
    return Show(done, id, response);
}

}  // namespace trunkline::acd
