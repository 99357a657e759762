// One attached stream of an application: a bounded queue outwards, at most so many commands under way inwards.
#pragma once
#include <grpcpp/grpcpp.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "trunkline/trunk/v1/trunk.grpc.pb.h"

namespace trunkline::trunk {

inline constexpr size_t kMaxQueuedEvents = 10'000;
inline constexpr int kMaxCommandsUnderWay = 256;

// Safe from any thread. Lives until gRPC has let go of it and nobody holds it.
class LinkStream final : public grpc::ServerBidiReactor<v1::AttachRequest, v1::AttachResponse>,
                         public std::enable_shared_from_this<LinkStream> {
 public:
    // May take the message away.
    using Handler = std::function<void(std::shared_ptr<LinkStream>, v1::AttachRequest&)>;
    using Closed = std::function<void(std::shared_ptr<LinkStream>)>;

    // `handle` gets every message and calls Done() after each; `closed` is called once.
    static LinkStream* Make(grpc::CallbackServerContext* context, Handler handle, Closed closed);

    // Numbers the event and queues it for the next Flush. False when the queue is full: the stream is then cancelled,
    // and the application comes back for a snapshot.
    bool Push(v1::AttachResponse event);
    // Sends what is queued, many events in one message.
    void Flush();
    void Close(const grpc::Status& status);
    // A message has been handled; the next may be read.
    void Done();

    void OnReadDone(bool ok) override;
    void OnWriteDone(bool ok) override;
    void OnDone() override;

 private:
    LinkStream(grpc::CallbackServerContext* context, Handler handle, Closed closed);
    void WriteNext();
    void FinishOnce();

    grpc::CallbackServerContext* context_;
    Handler handle_;
    Closed closed_;
    std::shared_ptr<LinkStream> self_;  // gRPC's share, until OnDone
    v1::AttachRequest request_;

    std::mutex mutex_;  // guards what follows
    std::deque<v1::AttachResponse> queue_;
    v1::AttachResponse writing_;
    uint64_t sequence_ = 0;
    int under_way_ = 0;
    bool is_reading_ = true;
    bool is_writing_ = false;
    bool is_closing_ = false;
    bool is_finished_ = false;
    grpc::Status status_;
};

}  // namespace trunkline::trunk
