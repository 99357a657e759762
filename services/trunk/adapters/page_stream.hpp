// One Watch of a page as a gRPC stream.
#pragma once
#include <grpcpp/grpcpp.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include "trunk/app/browser_ports.hpp"
#include "trunkline/trunk/v1/browser.grpc.pb.h"

namespace trunkline::trunk {

// A page that does not read this many is cut off; it comes back for a snapshot.
inline constexpr size_t kMaxQueuedPageEvents = 256;

// Told on the SIP thread, carried out on gRPC's. Lives until gRPC has let go of it and nobody holds it.
class PageStream final : public grpc::ServerWriteReactor<v1::WatchResponse>,
                         public BrowserPage,
                         public std::enable_shared_from_this<PageStream> {
 public:
    using Gone = std::function<void(std::shared_ptr<PageStream>)>;

    // `gone` is called once, when the stream has ended for whatever reason.
    static std::shared_ptr<PageStream> Make(grpc::CallbackServerContext* context, Gone gone);

    void TellSnapshot(const PageSnapshot& snapshot) override;
    void TellLeg(const BrowserLeg& leg) override;
    void TellMedia(BrowserMediaState state) override;
    void KeepAlive() override;
    void Supersede() override;
    void Close(const grpc::Status& status);

    void OnWriteDone(bool ok) override;
    void OnCancel() override;
    void OnDone() override;

 private:
    PageStream(grpc::CallbackServerContext* context, Gone gone) : context_(context), gone_(std::move(gone)) {}
    void Push(v1::WatchResponse response);
    void WriteNext();
    void FinishOnce();

    grpc::CallbackServerContext* context_;
    Gone gone_;
    std::shared_ptr<PageStream> self_;  // gRPC's share, until OnDone

    std::mutex mutex_;  // guards what follows
    std::deque<v1::WatchResponse> queue_;
    bool is_writing_ = false;
    bool is_closing_ = false;  // once the queue is written
    bool is_finished_ = false;
    grpc::Status status_;
};

}  // namespace trunkline::trunk
