// gRPC's callbacks arrive on threads of gRPC and are posted to the server's thread.
#include "web/adapters/backends.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace trunkline::web {

// Counts calls and lets Stop cancel them. Safe from any thread.
struct Backends::Tracker {
    void Add(grpc::ClientContext* context) {
        const std::lock_guard lock(mutex);
        contexts.insert(context);
    }
    void Remove(grpc::ClientContext* context) {
        const std::lock_guard lock(mutex);
        contexts.erase(context);
        changed.notify_all();
    }
    void CancelAll() {
        std::unique_lock lock(mutex);
        for (grpc::ClientContext* context : contexts) {
            context->TryCancel();
        }
        changed.wait_for(lock, std::chrono::seconds(5), [this] { return contexts.empty(); });
    }

    std::mutex mutex;
    std::condition_variable changed;
    std::set<grpc::ClientContext*> contexts;
};

namespace {

using Tracker = Backends::Tracker;
constexpr size_t kAhead = 16;  // messages read before they are asked for

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
    const grpc::Slice slice(bytes);
    return grpc::ByteBuffer(&slice, 1);
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
    std::vector<grpc::Slice> slices;
    std::string bytes;
    if (buffer.Dump(&slices).ok()) {
        for (const grpc::Slice& slice : slices) {
            bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
        }
    }
    return bytes;
}

// What gRPC says of its own about a service that is away is of no use to a person.
Error ToError(const grpc::Status& status, const std::string& service) {
    Error error = rpc::FromGrpc(status);
    if (error.code == Code::kUnavailable && error.reason.empty()) {
        return {Code::kUnavailable, "SERVICE_AWAY",
                "the service " + service + " does not answer; try again in a moment"};
    }
    if (error.code == Code::kDeadlineExceeded && error.reason.empty()) {
        return {Code::kDeadlineExceeded, "TOO_SLOW", "the service " + service + " took too long"};
    }
    if (error.code == Code::kUnimplemented && error.reason.empty()) {
        error.message = "the service " + service + " does not know this method";
    }
    return error;
}

struct UnaryCall {
    grpc::ClientContext context;
    grpc::ByteBuffer request;
    grpc::ByteBuffer response;
};

void Prepare(grpc::ClientContext& context, const rpc::Caller& caller, std::chrono::milliseconds limit) {
    if (limit.count() > 0) {
        rpc::SetDeadline(context, limit);
    }
    rpc::SetCaller(context, caller);
}

// A reactor that keeps a few messages ready. State is touched under a lock, for its callbacks come from gRPC's threads.
class GenericStream final : public BackendStream, public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
    GenericStream(asio::any_io_executor executor, std::string service, std::shared_ptr<Tracker> tracker)
        : executor_(std::move(executor)),
          service_(std::move(service)),
          tracker_(std::move(tracker)),
          wake_(executor_) {}

    void Begin(grpc::GenericStub& stub, const std::string& path, const std::string& request, const rpc::Caller& caller,
               std::chrono::milliseconds limit) {
        self_ = std::static_pointer_cast<GenericStream>(shared_from_this());
        Prepare(context_, caller, limit);
        tracker_->Add(&context_);
        request_ = ToBuffer(request);
        stub.PrepareBidiStreamingCall(&context_, "/" + path, {}, this);
        StartWriteLast(&request_, grpc::WriteOptions());
        AddHold();  // reads are started from outside of the reactor's callbacks too
        reading_ = true;
        StartRead(&incoming_);
        StartCall();
    }

    Task<Result<std::optional<std::string>>> Next() override {
        for (;;) {
            {
                const std::lock_guard lock(mutex_);
                if (!ready_.empty()) {
                    std::string message = std::move(ready_.front());
                    ready_.pop_front();
                    ReadOn();
                    co_return std::optional(std::move(message));
                }
                if (status_) {
                    co_return status_->ok() ? Result<std::optional<std::string>>(std::optional<std::string>())
                                            : Result<std::optional<std::string>>(ToError(*status_, service_));
                }
                wake_.expires_at(asio::steady_timer::time_point::max());
            }
            boost::system::error_code error;
            co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, error));
        }
    }

    void Cancel() override {
        context_.TryCancel();
        const std::lock_guard lock(mutex_);
        cancelled_ = true;
        LetGo();
    }

    void OnReadDone(bool ok) override {
        {
            const std::lock_guard lock(mutex_);
            reading_ = false;
            if (ok && !cancelled_) {
                ready_.push_back(ToBytes(incoming_));
                ReadOn();
            } else {
                ended_ = true;
                LetGo();
            }
        }
        Wake();
    }

    void OnDone(const grpc::Status& status) override {
        {
            const std::lock_guard lock(mutex_);
            status_ = status;
        }
        tracker_->Remove(&context_);
        Wake();
        self_.reset();
    }

 private:
    // With the lock held.
    void ReadOn() {
        if (!reading_ && !ended_ && !cancelled_ && ready_.size() < kAhead) {
            reading_ = true;
            StartRead(&incoming_);
        }
    }
    void LetGo() {
        if (!reading_ && held_) {
            held_ = false;
            RemoveHold();
        }
    }
    void Wake() {
        asio::post(executor_, [self = shared_from_this(), this] { wake_.cancel(); });
    }

    const asio::any_io_executor executor_;
    const std::string service_;
    const std::shared_ptr<Tracker> tracker_;
    asio::steady_timer wake_;
    grpc::ClientContext context_;
    grpc::ByteBuffer request_;
    grpc::ByteBuffer incoming_;
    std::shared_ptr<GenericStream> self_;  // until OnDone
    std::mutex mutex_;
    std::deque<std::string> ready_;
    std::optional<grpc::Status> status_;
    bool reading_ = false;
    bool ended_ = false;
    bool cancelled_ = false;
    bool held_ = true;
};

}  // namespace

Backends::Backends(const std::map<std::string, std::string>& addresses, const rpc::TlsFiles& tls)
    : tracker_(std::make_shared<Tracker>()) {
    for (const auto& [service, address] : addresses) {
        stubs_[service] = std::make_unique<grpc::GenericStub>(rpc::Connect(address, tls));
    }
}

Backends::~Backends() = default;

std::set<std::string> Backends::services() const {
    std::set<std::string> names;
    for (const auto& [name, stub] : stubs_) {
        names.insert(name);
    }
    return names;
}

Task<Result<std::string>> Backends::Call(const std::string& service, const std::string& path, std::string request,
                                         const rpc::Caller& caller, std::chrono::milliseconds limit) {
    const auto call = std::make_shared<UnaryCall>();
    Prepare(call->context, caller, limit);
    call->request = ToBuffer(request);
    tracker_->Add(&call->context);
    grpc::GenericStub& stub = *stubs_.at(service);
    const auto executor = co_await asio::this_coro::executor;
    const auto begin = [&](auto handler) {
        const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        stub.UnaryCall(&call->context, "/" + path, {}, &call->request, &call->response,
                       [call, shared, executor, tracker = tracker_](grpc::Status status) {
                           asio::post(executor, [call, shared, status = std::move(status)]() mutable {
                               std::move (*shared)(std::move(status));
                           });
                           tracker->Remove(&call->context);
                       });
    };
    const grpc::Status status =
        co_await asio::async_initiate<const asio::use_awaitable_t<>, void(grpc::Status)>(begin, asio::use_awaitable);
    if (!status.ok()) {
        co_return ToError(status, service);
    }
    co_return ToBytes(call->response);
}

std::shared_ptr<BackendStream> Backends::Open(const std::string& service, const std::string& path,
                                              const std::string& request, const rpc::Caller& caller, StreamEnds ends) {
    const auto stream = std::make_shared<GenericStream>(std::move(ends.executor), service, tracker_);
    stream->Begin(*stubs_.at(service), path, request, caller, ends.limit);
    return stream;
}

void Backends::Stop() { tracker_->CancelAll(); }

}  // namespace trunkline::web
