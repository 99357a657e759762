// What an event is about is read from its own fields, so that a new event needs no code here.
#include "web/adapters/live_feed.hpp"

#include <google/protobuf/util/time_util.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "log/keys.hpp"
#include "log/log.hpp"
#include "trunkline/identity/v1/events.pb.h"
#include "trunkline/web/v1/web.pb.h"
#include "web/adapters/message_codec.hpp"
#include "web/domain/envelope.hpp"

namespace trunkline::web {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// "agent_id", "from_agent_id" ... name agents; "unit_id", "branch" ... name units.
void ReadSubject(const Message& message, Subject& subject) {
    const auto& type = *message.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
        const FieldDescriptor& field = *type.field(i);
        if (field.is_repeated() || field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
            continue;
        }
        const std::string value = message.GetReflection()->GetString(message, &field);
        if (!value.empty() && field.name().ends_with("agent_id")) {
            subject.agents.insert(value);
        } else if (!value.empty() && (field.name().ends_with("unit_id") || field.name() == "branch")) {
            subject.units.insert(value);
        }
    }
}

v1::LiveEvent ToLiveEvent(const bus::Received& event) {
    v1::LiveEvent live;
    live.set_source(event.source);
    live.set_key(event.key);
    live.set_event_id(event.event_id);
    *live.mutable_occurred_time() = google::protobuf::util::TimeUtil::NanosecondsToTimestamp(
        std::chrono::duration_cast<std::chrono::nanoseconds>(event.occurred.time_since_epoch()).count());
    live.mutable_payload()->set_type_url("type.googleapis.com/" + event.type);
    live.mutable_payload()->set_value(event.payload);
    return live;
}

}  // namespace

void LiveFeed::Take(const bus::Received& event) {
    ActOn(event);
    const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(event.type);
    if (type == nullptr) {
        return;  // of a newer service than this gateway
    }
    const MessagePtr payload = NewMessage(type);
    if (!payload->ParseFromString(event.payload)) {
        log::Warning("an event cannot be read", {{log::kEvent, event.type}, {log::kSource, event.source}});
        return;
    }
    LiveItem item;
    item.type = event.type;
    item.subject.service = event.source;
    ReadSubject(*payload, item.subject);
    v1::LiveEvent live = ToLiveEvent(event);
    live.set_epoch(ring_.epoch());
    live.set_sequence(ring_.last() + 1);
    item.proto_frame = Wrap(live.SerializeAsString());
    ring_.Append(std::move(item));
    WakeAll();
}

const std::string& FrameOf(const LiveItem& item, Codec codec) {
    if (codec == Codec::kJson && item.json_frame.empty()) {
        v1::LiveEvent live;
        const auto frame = UnwrapOne(item.proto_frame);
        if (frame && live.ParseFromArray(frame->message.data(), static_cast<int>(frame->message.size()))) {
            const auto json = Encode(live, Codec::kJson);
            item.json_frame = json.ok() ? Wrap(*json) : "";
        }
    }
    return codec == Codec::kJson ? item.json_frame : item.proto_frame;
}

// What concerns sessions takes effect before any page hears of it.
void LiveFeed::ActOn(const bus::Received& event) {
    identity::v1::SessionEnded ended;
    identity::v1::UserChanged changed;
    if (event.To(ended)) {
        sessions_.EndSession(ended.session_id());
    } else if (event.To(changed)) {
        sessions_.RefreshUser(changed.user_id());
    } else if (event.type == identity::v1::RoleChanged::descriptor()->full_name() ||
               event.type == identity::v1::UnitChanged::descriptor()->full_name()) {
        sessions_.RefreshAll();
    }
}

void LiveFeed::Missed(const std::string& source) {
    ring_.Reset(ids_.New());
    if (source == "identity") {
        sessions_.RefreshAll();
    }
    WakeAll();
}

void LiveFeed::Heard(const std::string& source) {
    if (source == "identity") {
        sessions_.Heard(clock_.SteadyNow());
    }
}

void LiveFeed::WakeAll() {
    for (Waiter* waiter : waiters_) {
        waiter->Wake();
    }
}

Task<void> LiveFeed::Waiter::Wait(std::chrono::milliseconds limit) {
    timer_.expires_after(limit);
    boost::system::error_code error;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, error));
}

bus::TailHandlers HandlersOf(LiveFeed& feed, asio::any_io_executor executor) {
    return {
        [&feed, executor](const bus::Received& event) { asio::post(executor, [&feed, event] { feed.Take(event); }); },
        [&feed, executor](const std::string& source) {
            asio::post(executor, [&feed, source] { feed.Missed(source); });
        },
        [&feed, executor](const std::string& source) {
            asio::post(executor, [&feed, source] { feed.Heard(source); });
        }};
}

}  // namespace trunkline::web
