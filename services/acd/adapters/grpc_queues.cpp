// Requests about queues and live contacts.
#include "acd/adapters/grpc_queues.hpp"

#include <algorithm>

#include "acd/adapters/queue_messages.hpp"
#include "acd/adapters/resource_messages.hpp"
#include "acd/adapters/times.hpp"
#include "acd/app/hours.hpp"
#include "rpc/rpc.hpp"
#include "versions/versions.hpp"

namespace trunkline::acd {
namespace {

Status CheckRecording(const std::string& word) {
    if (word.empty() || word == "never" || word == "wish" || word == "must") {
        return {};
    }
    return Error{Code::kInvalidArgument, "INVALID_QUEUE", "recording must be never, wish or must"};
}

// Waiting contacts in the order of their places, then the others by arrival.
bool ComesBefore(const v1::Contact& a, const v1::Contact& b) {
    const auto key = [](const v1::Contact& contact) {
        return std::tuple(contact.place() == 0, contact.place(), contact.queued_time().seconds(),
                          contact.queued_time().nanos(), std::string_view(contact.contact_id()));
    };
    return key(a) < key(b);
}

}  // namespace

grpc::Status GrpcQueues::PutQueue(grpc::ServerContext* context, const v1::PutQueueRequest* request,
                                  v1::Queue* response) {
    const versions::Author author(context);
    const QueueSettings settings = FromProto(request->queue());
    // One after the other: what is not valid must not reach the store.
    Status done = CheckRecording(request->queue().recording());
    done = done.ok() ? CheckWords(request->queue()) : done;
    done = done.ok() ? Validate(settings) : done;
    if (done.ok() && settings.opening_hours) {
        const auto calendar = CalendarOf(*settings.opening_hours);
        done = calendar.ok() ? done : Status(calendar.error());
    }
    if (done.ok() && settings.callback_hours) {
        const auto calendar = CalendarOf(*settings.callback_hours);
        done = calendar.ok() ? done : Status(calendar.error());
    }
    done = done.ok() ? CheckOverflow(settings) : done;
    done = done.ok() ? store_.SaveQueue(settings) : done;
    done = done.ok() ? desk_.Request(QueuePut{settings}) : done;
    if (!done.ok()) {
        return rpc::ToGrpc(done);
    }
    *response = ToProto(settings);
    return grpc::Status::OK;
}

Status GrpcQueues::CheckOverflow(const QueueSettings& queue) {
    if (queue.overflow_after == Duration::zero()) {
        return {};
    }
    const auto known =
        desk_.Ask([to = queue.overflow_to](Switchboard& desk) { return desk.router().queues().contains(to); });
    if (!known.ok()) {
        return known.error();
    }
    return *known ? Status{} : Status(NoSuch("queue", queue.overflow_to.str()));
}

grpc::Status GrpcQueues::DeleteQueue(grpc::ServerContext* context, const v1::DeleteQueueRequest* request,
                                     google::protobuf::Empty* /*response*/) {
    const versions::Author author(context);
    const QueueId id(request->queue_id());
    if (const Status deleted = desk_.Request(QueueDeleted{id}); !deleted.ok()) {
        return rpc::ToGrpc(deleted);
    }
    return rpc::ToGrpc(store_.DeleteQueue(id));
}

grpc::Status GrpcQueues::ListQueues(grpc::ServerContext* /*context*/, const google::protobuf::Empty* /*request*/,
                                    v1::ListQueuesResponse* response) {
    auto queues = desk_.Ask([now = clock_.Now()](Switchboard& desk) {
        std::vector<v1::Queue> messages;
        for (const auto& [id, queue] : desk.router().queues()) {
            messages.push_back(ToProto(queue, now));
        }
        return messages;
    });
    if (!queues.ok()) {
        return rpc::ToGrpc(queues.error());
    }
    std::sort(queues->begin(), queues->end(),
              [](const v1::Queue& a, const v1::Queue& b) { return a.queue_id() < b.queue_id(); });
    response->mutable_queues()->Assign(queues->begin(), queues->end());
    return grpc::Status::OK;
}

grpc::Status GrpcContacts::ListContacts(grpc::ServerContext* /*context*/, const v1::ListContactsRequest* request,
                                        v1::ListContactsResponse* response) {
    auto contacts = desk_.Collect<v1::Contact>(
        [](const Router& router) -> const auto& { return router.contacts(); },
        [wanted = request->queue_id()](Switchboard& desk, const Contact& contact) {
            return wanted.empty() || contact.queue.str() == wanted
                       ? std::optional(ToProto(contact, desk.router().PlaceOf(contact), desk.DataOf(contact.id)))
                       : std::nullopt;
        });
    if (!contacts.ok()) {
        return rpc::ToGrpc(contacts.error());
    }
    std::sort(contacts->begin(), contacts->end(), ComesBefore);
    response->mutable_contacts()->Assign(contacts->begin(), contacts->end());
    return grpc::Status::OK;
}

grpc::Status GrpcContacts::GetContact(grpc::ServerContext* /*context*/, const v1::GetContactRequest* request,
                                      v1::Contact* response) {
    return Show(ContactId(request->contact_id()), response);
}

grpc::Status GrpcContacts::ChangePriority(grpc::ServerContext* /*context*/, const v1::ChangePriorityRequest* request,
                                          v1::Contact* response) {
    const ContactId contact(request->contact_id());
    const Duration older = FromProto(request->older());
    if (request->priority() > kMostPriority || older < Duration::zero() || older > std::chrono::hours(24)) {
        return rpc::ToGrpc(Error{Code::kInvalidArgument, "INVALID_PRIORITY",
                                 "priority must be at most 100 and older between 0 and 24 h"});
    }
    const Status changed = desk_.Request(ContactPriorityChanged{contact, request->priority(), older});
    return changed.ok() ? Show(contact, response) : rpc::ToGrpc(changed);
}

grpc::Status GrpcContacts::ExplainContact(grpc::ServerContext* /*context*/, const v1::ExplainContactRequest* request,
                                          v1::Explanation* response) {
    const ContactId id(request->contact_id());
    const auto explanation = desk_.Ask([id, now = clock_.Now()](Switchboard& desk) {
        const auto found = desk.router().contacts().find(id);
        if (found != desk.router().contacts().end()) {
            return std::optional(Explain(desk.router(), found->second, now));
        }
        return ExplainCallback(desk.router(), CallbackId(id.str()), now);
    });
    if (!explanation.ok() || !*explanation) {
        return rpc::ToGrpc(explanation.ok() ? NoSuch("contact", id.str()) : explanation.error());
    }
    *response = ToProto(**explanation, id);
    return grpc::Status::OK;
}

grpc::Status GrpcContacts::Show(const ContactId& id, v1::Contact* response) {
    const auto contact = desk_.Ask([id](Switchboard& desk) {
        const auto found = desk.router().contacts().find(id);
        return found == desk.router().contacts().end()
                   ? std::nullopt
                   : std::optional(ToProto(found->second, desk.router().PlaceOf(found->second), desk.DataOf(id)));
    });
    if (!contact.ok() || !*contact) {
        return rpc::ToGrpc(contact.ok() ? NoSuch("contact", id.str()) : contact.error());
    }
    *response = **contact;
    return grpc::Status::OK;
}

}  // namespace trunkline::acd
