// Requests about callbacks and numbers that are never called.
#include "acd/adapters/grpc_callbacks.hpp"

#include <algorithm>

#include "acd/adapters/times.hpp"
#include "acd/app/caller_number.hpp"
#include "phone/phone.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::acd {
namespace {

std::string StateOf(const Callback& callback, const Contact* contact) {
    if (!callback.open()) {
        return "DONE";
    }
    if (contact == nullptr) {
        return "PAUSED";
    }
    if (contact->dozes) {
        return "HOURS";
    }
    return contact->state == ContactState::kWaiting ? "WAITING" : "CALLING";
}

v1::Callback MessageOf(const Callback& callback, const Router& router) {
    const auto found = router.contacts().find(callback.contact);
    const Contact* contact = found == router.contacts().end() ? nullptr : &found->second;
    v1::Callback message;
    message.set_callback_id(callback.id.str());
    message.set_queue_id(callback.queue.str());
    message.set_number(phone::Mask(phone::Parse(callback.number.dial)));
    message.set_state(StateOf(callback, contact));
    message.set_place(contact == nullptr ? 0 : static_cast<uint32_t>(router.PlaceOf(*contact)));
    message.set_tries(callback.tries);
    message.set_last_result(callback.last);
    *message.mutable_ask_time() = ToProto(callback.asked);
    *message.mutable_expire_time() = ToProto(callback.expires);
    if (callback.state == Callback::State::kPaused) {
        *message.mutable_next_time() = ToProto(callback.wakes);
    }
    message.set_result(callback.result);
    message.set_contact_id(callback.contact.str());
    message.set_priority(callback.priority);
    return message;
}

Result<std::string> CheckedKey(const std::string& number) {
    const std::string key = KeyOf(number);
    if (key.empty()) {
        return Error{Code::kInvalidArgument, "INVALID_NUMBER", "number must be a subscriber's, with its area code"};
    }
    return key;
}

}  // namespace

grpc::Status GrpcCallbacks::ListCallbacks(grpc::ServerContext* /*context*/, const v1::ListCallbacksRequest* request,
                                          v1::ListCallbacksResponse* response) {
    auto callbacks = desk_.Ask([queue = request->queue_id(), all = request->with_done()](Switchboard& desk) {
        std::vector<v1::Callback> messages;
        for (const auto& [id, callback] : desk.router().callbacks()) {
            if ((all || callback.open()) && (queue.empty() || callback.queue.str() == queue)) {
                messages.push_back(MessageOf(callback, desk.router()));
            }
        }
        return messages;
    });
    if (!callbacks.ok()) {
        return rpc::ToGrpc(callbacks.error());
    }
    std::sort(callbacks->begin(), callbacks->end(), [](const v1::Callback& a, const v1::Callback& b) {
        const auto key = [](const v1::Callback& each) {
            return std::tuple(each.ask_time().seconds(), each.ask_time().nanos(), std::string_view(each.callback_id()));
        };
        return key(a) < key(b);
    });
    response->mutable_callbacks()->Assign(callbacks->begin(), callbacks->end());
    return grpc::Status::OK;
}

grpc::Status GrpcCallbacks::CancelCallback(grpc::ServerContext* /*context*/, const v1::CancelCallbackRequest* request,
                                           google::protobuf::Empty* /*response*/) {
    const Status done = desk_.Request(CallbackCancelled{CallbackId(request->callback_id())});
    if (done.ok() && !flush_()) {
        return rpc::ToGrpc(Error{Code::kUnavailable, "DATABASE_AWAY", "done, but not on disk yet"});
    }
    return rpc::ToGrpc(done);
}

grpc::Status GrpcCallbacks::PutDoNotCall(grpc::ServerContext* /*context*/, const v1::PutDoNotCallRequest* request,
                                         google::protobuf::Empty* /*response*/) {
    const Result<std::string> key = CheckedKey(request->number());
    Status done = key.ok() ? store_.SaveDoNotCall(*key) : Status(key.error());
    done = done.ok() ? desk_.Request(DoNotCallPut{*key}) : done;
    return rpc::ToGrpc(done);
}

grpc::Status GrpcCallbacks::DeleteDoNotCall(grpc::ServerContext* /*context*/, const v1::DeleteDoNotCallRequest* request,
                                            google::protobuf::Empty* /*response*/) {
    const Result<std::string> key = CheckedKey(request->number());
    Status done = key.ok() ? store_.DeleteDoNotCall(*key) : Status(key.error());
    done = done.ok() ? desk_.Request(DoNotCallDeleted{*key}) : done;
    return rpc::ToGrpc(done);
}

grpc::Status GrpcCallbacks::ListDoNotCall(grpc::ServerContext* /*context*/, const google::protobuf::Empty* /*request*/,
                                          v1::ListDoNotCallResponse* response) {
    auto numbers = desk_.Ask([](Switchboard& desk) {
        const auto& keys = desk.router().do_not_call();
        return std::vector<std::string>(keys.begin(), keys.end());
    });
    if (!numbers.ok()) {
        return rpc::ToGrpc(numbers.error());
    }
    std::sort(numbers->begin(), numbers->end());
    response->mutable_numbers()->Assign(numbers->begin(), numbers->end());
    return grpc::Status::OK;
}

}  // namespace trunkline::acd
