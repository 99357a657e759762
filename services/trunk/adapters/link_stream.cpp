// The callbacks of one stream.
#include "trunk/adapters/link_stream.hpp"

namespace trunkline::trunk {
namespace {

constexpr int kMostTogether = 63;

}  // namespace

LinkStream::LinkStream(grpc::CallbackServerContext* context, Handler handle, Closed closed)
    : context_(context), handle_(std::move(handle)), closed_(std::move(closed)) {}

LinkStream* LinkStream::Make(grpc::CallbackServerContext* context, Handler handle, Closed closed) {
    const std::shared_ptr<LinkStream> stream(new LinkStream(context, std::move(handle), std::move(closed)));
    stream->self_ = stream;
    stream->StartRead(&stream->request_);
    return stream.get();
}

bool LinkStream::Push(v1::AttachResponse event) {
    const std::lock_guard lock(mutex_);
    if (is_closing_) {
        return true;
    }
    if (queue_.size() >= kMaxQueuedEvents) {
        is_closing_ = true;
        context_->TryCancel();
        return false;
    }
    event.set_sequence(++sequence_);
    queue_.push_back(std::move(event));
    return true;
}

void LinkStream::Flush() {
    const std::lock_guard lock(mutex_);
    if (!is_closing_) {
        WriteNext();
    }
}

void LinkStream::WriteNext() {
    if (is_writing_ || queue_.empty() || is_finished_) {
        return;
    }
    is_writing_ = true;
    writing_ = std::move(queue_.front());
    queue_.pop_front();
    // A snapshot travels alone, because it may be large.
    while (!queue_.empty() && !writing_.has_snapshot() && writing_.later_size() < kMostTogether) {
        *writing_.add_later() = std::move(queue_.front());
        queue_.pop_front();
    }
    StartWrite(&writing_);
}

void LinkStream::OnWriteDone(bool ok) {
    const std::lock_guard lock(mutex_);
    is_writing_ = false;
    if (!ok || is_closing_) {
        is_closing_ = true;
        FinishOnce();
        return;
    }
    WriteNext();
}

void LinkStream::Close(const grpc::Status& status) {
    const std::lock_guard lock(mutex_);
    if (is_closing_) {
        return;
    }
    is_closing_ = true;
    status_ = status;
    FinishOnce();
}

void LinkStream::FinishOnce() {
    if (is_finished_ || is_writing_) {
        return;  // OnWriteDone comes back here
    }
    is_finished_ = true;
    Finish(status_);
}

void LinkStream::OnReadDone(bool ok) {
    if (!ok) {
        closed_(shared_from_this());
        const std::lock_guard lock(mutex_);
        is_closing_ = true;
        FinishOnce();
        return;
    }
    handle_(shared_from_this(), request_);
    const std::lock_guard lock(mutex_);
    is_reading_ = ++under_way_ < kMaxCommandsUnderWay;
    if (is_reading_ && !is_finished_) {
        StartRead(&request_);
    }
}

void LinkStream::Done() {
    const std::lock_guard lock(mutex_);
    --under_way_;
    if (!is_reading_ && !is_finished_) {
        is_reading_ = true;
        StartRead(&request_);
    }
}

void LinkStream::OnDone() { self_.reset(); }

}  // namespace trunkline::trunk
