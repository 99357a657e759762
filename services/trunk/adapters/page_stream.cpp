// The callbacks of one Watch.
#include "trunk/adapters/page_stream.hpp"

#include "trunk/adapters/codec.hpp"

namespace trunkline::trunk {
namespace {

using trunk::ToProto;

v1::PhoneLeg::State ToProto(BrowserLeg::State state) {
    switch (state) {
        case BrowserLeg::State::kRinging:
            return v1::PhoneLeg::RINGING;
        case BrowserLeg::State::kUp:
            return v1::PhoneLeg::UP;
        case BrowserLeg::State::kEnded:
            return v1::PhoneLeg::ENDED;
    }
    return v1::PhoneLeg::STATE_UNSPECIFIED;
}

v1::BrowserMedia::State ToProto(BrowserMediaState state) {
    switch (state) {
        case BrowserMediaState::kNone:
            return v1::BrowserMedia::NONE;
        case BrowserMediaState::kConnecting:
            return v1::BrowserMedia::CONNECTING;
        case BrowserMediaState::kConnected:
            return v1::BrowserMedia::CONNECTED;
        case BrowserMediaState::kLost:
            return v1::BrowserMedia::LOST;
    }
    return v1::BrowserMedia::STATE_UNSPECIFIED;
}

v1::PhoneLeg ToProto(const BrowserLeg& leg) {
    v1::PhoneLeg message;
    message.set_leg_id(leg.id.str());
    message.set_call_id(leg.call.str());
    message.set_contact_id(leg.contact.str());
    message.set_state(ToProto(leg.state));
    message.set_held(leg.held);
    message.set_held_by_other(leg.held_by_other);
    message.set_caller_number(leg.caller_number);
    message.set_caller_name(leg.caller_name);
    message.mutable_data()->insert(leg.data.begin(), leg.data.end());
    *message.mutable_start_time() = ToProto(leg.started);
    if (leg.answered) {
        *message.mutable_answer_time() = ToProto(*leg.answered);
    }
    if (leg.state == BrowserLeg::State::kEnded) {
        *message.mutable_end_cause() = ToProto(leg.cause);
    }
    return message;
}

}  // namespace

std::shared_ptr<PageStream> PageStream::Make(grpc::CallbackServerContext* context, Gone gone) {
    const std::shared_ptr<PageStream> stream(new PageStream(context, std::move(gone)));
    stream->self_ = stream;
    return stream;
}

void PageStream::TellSnapshot(const PageSnapshot& snapshot) {
    v1::WatchResponse response;
    auto& message = *response.mutable_snapshot();
    message.set_session_id(snapshot.session);
    for (const BrowserLeg& leg : snapshot.legs) {
        *message.add_legs() = ToProto(leg);
    }
    message.mutable_media()->set_state(ToProto(snapshot.media));
    *message.mutable_grace() = ToProtoDuration(snapshot.grace);
    Push(std::move(response));
}

void PageStream::TellLeg(const BrowserLeg& leg) {
    v1::WatchResponse response;
    *response.mutable_leg_changed() = ToProto(leg);
    Push(std::move(response));
}

void PageStream::TellMedia(BrowserMediaState state) {
    v1::WatchResponse response;
    response.mutable_media_changed()->set_state(ToProto(state));
    Push(std::move(response));
}

void PageStream::KeepAlive() {
    v1::WatchResponse response;
    response.mutable_keep_alive();
    Push(std::move(response));
}

void PageStream::Supersede() {
    v1::WatchResponse response;
    response.mutable_superseded();
    Push(std::move(response));
    Close(grpc::Status(grpc::StatusCode::ABORTED, "another page took the phone over", "SUPERSEDED"));
}

void PageStream::Push(v1::WatchResponse response) {
    const std::lock_guard lock(mutex_);
    if (is_closing_) {
        return;
    }
    if (queue_.size() >= kMaxQueuedPageEvents) {
        context_->TryCancel();
        return;
    }
    queue_.push_back(std::move(response));
    WriteNext();
}

void PageStream::WriteNext() {
    if (is_writing_ || is_finished_) {
        return;
    }
    if (!queue_.empty()) {
        is_writing_ = true;
        StartWrite(&queue_.front());
    } else if (is_closing_) {
        FinishOnce();
    }
}

void PageStream::FinishOnce() {
    if (!is_finished_) {
        is_finished_ = true;
        Finish(status_);
    }
}

void PageStream::Close(const grpc::Status& status) {
    const std::lock_guard lock(mutex_);
    if (!is_closing_) {
        is_closing_ = true;
        status_ = status;
        WriteNext();
    }
}

void PageStream::OnWriteDone(bool ok) {
    const std::lock_guard lock(mutex_);
    is_writing_ = false;
    queue_.pop_front();
    if (!ok) {
        is_closing_ = true;
        FinishOnce();
        return;
    }
    WriteNext();
}

void PageStream::OnCancel() {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
    if (!is_writing_) {
        FinishOnce();  // otherwise OnWriteDone does
    }
}

void PageStream::OnDone() {
    gone_(shared_from_this());
    self_.reset();
}

}  // namespace trunkline::trunk
