// Bulletins, tasks and messages: limits here, the rest is keeping.
#include "knowledge/adapters/grpc_answer.hpp"

namespace trunkline::knowledge {
namespace {

Reader ReaderOf(const grpc::ServerContext& context) {
    const rpc::Caller caller = rpc::CallerOf(context);
    Reader reader{NameOf(context), {NameOf(context)}};
    for (const std::string& group : {caller.user_id, caller.unit_id}) {
        if (!group.empty()) {
            reader.groups.push_back(group);
        }
    }
    return reader;
}

}  // namespace

grpc::Status GrpcOffice::PublishBulletin(grpc::ServerContext* context, const v1::PublishBulletinRequest* request,
                                         v1::Bulletin* response) {
    return Answer(desks_, "PublishBulletin", response, [&]() -> Result<v1::Bulletin> {
        const v1::Bulletin& bulletin = request->bulletin();
        if (request->request_id().empty() || bulletin.title().empty() || bulletin.title().size() > 300 ||
            bulletin.body().size() > 100'000 || bulletin.audience_size() > 200) {
            return BadField(
                "request_id and a title (300 bytes) must be given; a body may have 100000 bytes, an audience 200");
        }
        return desks_.office.Publish({request->request_id(), NameOf(*context), desks_.clock.Now()}, bulletin);
    });
}

grpc::Status GrpcOffice::WithdrawBulletin(grpc::ServerContext* context, const v1::WithdrawBulletinRequest* request,
                                          v1::Bulletin* response) {
    return Answer(desks_, "WithdrawBulletin", response, [&] {
        return desks_.office.Withdraw({"", NameOf(*context), desks_.clock.Now()}, request->bulletin_id());
    });
}

grpc::Status GrpcOffice::ListBulletins(grpc::ServerContext* context, const v1::ListBulletinsRequest* request,
                                       v1::ListBulletinsResponse* response) {
    return Answer(desks_, "ListBulletins", response, [&] {
        return desks_.office.Bulletins(ReaderOf(*context), request->with_read(), desks_.clock.Now());
    });
}

grpc::Status GrpcOffice::ConfirmBulletin(grpc::ServerContext* context, const v1::ConfirmBulletinRequest* request,
                                         v1::Bulletin* response) {
    return Answer(desks_, "ConfirmBulletin", response, [&] {
        return desks_.office.Confirm(ReaderOf(*context), request->bulletin_id(), desks_.clock.Now());
    });
}

grpc::Status GrpcOffice::ListReadReceipts(grpc::ServerContext*, const v1::ListReadReceiptsRequest* request,
                                          v1::ListReadReceiptsResponse* response) {
    return Answer(desks_, "ListReadReceipts", response, [&] { return desks_.office.Receipts(request->bulletin_id()); });
}

grpc::Status GrpcOffice::PutTask(grpc::ServerContext* context, const v1::PutTaskRequest* request, v1::Task* response) {
    return Answer(desks_, "PutTask", response, [&]() -> Result<v1::Task> {
        v1::Task task = request->task();
        task.set_owner(request->owner());
        const bool backwards = task.has_start_time() && task.has_end_time() &&
                               FromTimestamp(task.end_time()) < FromTimestamp(task.start_time());
        if (task.owner().empty() || task.title().empty() || task.title().size() > 300 || task.text().size() > 10'000 ||
            backwards) {
            return BadField("owner and a title (300 bytes) must be given, and the end must not lie before the start");
        }
        return desks_.office.PutTask({request->request_id(), NameOf(*context), desks_.clock.Now()}, std::move(task));
    });
}

grpc::Status GrpcOffice::DeleteTask(grpc::ServerContext* context, const v1::DeleteTaskRequest* request,
                                    v1::DeleteTaskResponse*) {
    return rpc::ToGrpc(
        desks_.office.DeleteTask({"", NameOf(*context), desks_.clock.Now()}, request->owner(), request->task_id()));
}

grpc::Status GrpcOffice::ListTasks(grpc::ServerContext*, const v1::ListTasksRequest* request,
                                   v1::ListTasksResponse* response) {
    return Answer(desks_, "ListTasks", response, [&] { return desks_.office.Tasks(*request); });
}

grpc::Status GrpcOffice::SendMessage(grpc::ServerContext* context, const v1::SendMessageRequest* request,
                                     v1::InternalMessage* response) {
    return Answer(desks_, "SendMessage", response, [&]() -> Result<v1::InternalMessage> {
        if (request->request_id().empty() || request->recipients().empty() || request->recipients_size() > 100 ||
            request->text().empty() || request->text().size() > 4000) {
            return BadField("request_id, 1 to 100 recipients and a text of at most 4000 bytes must be given");
        }
        return desks_.office.SendMessage({request->request_id(), NameOf(*context), desks_.clock.Now()}, *request);
    });
}

grpc::Status GrpcOffice::ListMessages(grpc::ServerContext* context, const v1::ListMessagesRequest* request,
                                      v1::ListMessagesResponse* response) {
    return Answer(desks_, "ListMessages", response,
                  [&] { return desks_.office.Messages(NameOf(*context), request->mark_read()); });
}

}  // namespace trunkline::knowledge
