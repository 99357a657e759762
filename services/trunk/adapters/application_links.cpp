// Attaching, commands in, events out.
#include "trunk/adapters/application_links.hpp"

#include <algorithm>
#include <utility>

#include "log/keys.hpp"
#include "log/log.hpp"
#include "trunk/adapters/codec.hpp"
#include "trunk/adapters/event_codec.hpp"

namespace trunkline::trunk {

void ApplicationLinks::Push(const Link& link, v1::AttachResponse response, TimePoint now) {
    *response.mutable_occurred_time() = ToProto(now);
    if (!link.stream->Push(std::move(response))) {
        metrics_.links_dropped.Increment();
        log::Warning("an application does not read its events; its link is closed");
    }
    FlushSoon();
}

// What one turn of the SIP thread tells goes into one message.
void ApplicationLinks::FlushSoon() {
    if (std::exchange(will_flush_, true)) {
        return;
    }
    later_([this] {
        will_flush_ = false;
        for (const auto& [application, link] : links_) {
            link.stream->Flush();
        }
    });
}

void ApplicationLinks::Tell(const Call& call, const Event& event, TimePoint now) {
    const auto found = links_.find(call.application);
    if (found == links_.end()) {
        return;
    }
    if (auto response = ToLink(call, event)) {
        Push(found->second, std::move(*response), now);
    }
}

void ApplicationLinks::TellRegistration(const std::string& phone, bool registered) {
    v1::AttachResponse response;
    response.mutable_phone_registration_changed()->set_phone(phone);
    response.mutable_phone_registration_changed()->set_registered(registered);
    for (const auto& [application, link] : links_) {
        if (link.wants_registrations) {
            Push(link, response, clock_.Now());
        }
    }
}

void ApplicationLinks::OnMessage(const std::shared_ptr<LinkStream>& stream, const v1::AttachRequest& request) {
    if (request.has_hello()) {
        Attach(stream, request.hello());
    } else if (request.has_command()) {
        Command(stream, request.command());
    }
    for (const v1::Command& command : request.commands()) {
        Command(stream, command);
    }
    stream->Done();
}

void ApplicationLinks::Attach(const std::shared_ptr<LinkStream>& stream, const v1::Hello& hello) {
    if (hello.application().empty()) {
        stream->Close({grpc::StatusCode::INVALID_ARGUMENT, "Hello names no application", "INVALID"});
        return;
    }
    Link& link = links_[hello.application()];
    if (link.stream != nullptr && link.stream != stream) {
        link.stream->Close({grpc::StatusCode::ABORTED, "a newer stream of the application attached", "SUPERSEDED"});
    }
    link = {stream, hello.wants_registrations()};
    const Snapshot snapshot = calls_->Attach(hello.application());
    v1::AttachResponse response;
    auto& message = *response.mutable_snapshot();
    for (const Call& call : snapshot.live) {
        *message.add_calls() = ToProto(call);
    }
    for (const Call& call : snapshot.ended) {
        *message.add_ended_calls() = ToProto(call);
    }
    if (link.wants_registrations) {
        const auto phones = phones_.Reachable();
        message.mutable_registered_phones()->Add(phones.begin(), phones.end());
    }
    log::Info(
        "application attached",
        {{log::kName, hello.application()}, {log::kSource, hello.instance_id()}, {log::kCount, snapshot.live.size()}});
    metrics_.SetLink(hello.application(), true);
    Push(link, std::move(response), clock_.Now());
}

void ApplicationLinks::Command(const std::shared_ptr<LinkStream>& stream, const v1::Command& message) {
    const auto owner =
        std::find_if(links_.begin(), links_.end(), [&](const auto& entry) { return entry.second.stream == stream; });
    if (owner == links_.end()) {
        stream->Close({grpc::StatusCode::FAILED_PRECONDITION, "the first message is Hello", "NO_HELLO"});
        return;
    }
    const auto command = FromProto(message);
    if (command.ok()) {
        calls_->Do(owner->first, *command);
        return;
    }
    v1::AttachResponse response;
    response.set_call_id(message.call_id());
    response.set_epoch(message.epoch());
    auto& failed = *response.mutable_command_failed();
    failed.set_command_id(message.command_id());
    failed.set_reason(command.error().reason);
    failed.set_message(command.error().message);
    metrics_.commands_failed.Increment();
    Push(owner->second, std::move(response), clock_.Now());
}

void ApplicationLinks::OnClosed(const std::shared_ptr<LinkStream>& stream) {
    const auto found =
        std::find_if(links_.begin(), links_.end(), [&](const auto& entry) { return entry.second.stream == stream; });
    if (found == links_.end()) {
        return;  // superseded
    }
    log::Warning("application detached", {{log::kName, found->first}});
    metrics_.SetLink(found->first, false);
    calls_->Detach(found->first);
    links_.erase(found);
}

grpc::ServerBidiReactor<v1::AttachRequest, v1::AttachResponse>* GrpcCallControl::Attach(
    grpc::CallbackServerContext* context) {
    return LinkStream::Make(
        context,
        [this](std::shared_ptr<LinkStream> stream, v1::AttachRequest& request) {
            // Shared, because a posted task may be copied and a message should not.
            auto message = std::make_shared<v1::AttachRequest>();
            message->Swap(&request);
            sip_.Post([this, stream = std::move(stream), message] { links_.OnMessage(stream, *message); });
        },
        [this](std::shared_ptr<LinkStream> stream) {
            sip_.Post([this, stream = std::move(stream)] { links_.OnClosed(stream); });
        });
}

}  // namespace trunkline::trunk
