// The services behind: calls by name without generated stubs, awaited on the server's thread.
#pragma once
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "rpc/caller.hpp"
#include "rpc/rpc.hpp"
#include "web/adapters/http_types.hpp"
#include "web/adapters/method_table.hpp"

namespace trunkline::web {

// A stream from a service. Owned by whoever reads it; Cancel when done early.
class BackendStream : public std::enable_shared_from_this<BackendStream> {
 public:
    virtual ~BackendStream() = default;
    // The next message, nothing at the end, or what went wrong.
    virtual Task<Result<std::optional<std::string>>> Next() = 0;
    // Ends it; a Next that waits returns.
    virtual void Cancel() = 0;
};

struct StreamEnds {
    asio::any_io_executor executor;      // where its messages are awaited
    std::chrono::milliseconds limit{0};  // zero: for as long as it lasts
};

// Everything but Stop is used on the server's thread.
class Backends {
 public:
    Backends(const std::map<std::string, std::string>& addresses, const rpc::TlsFiles& tls);
    ~Backends();

    std::set<std::string> services() const;
    Task<Result<std::string>> Call(const std::string& service, const std::string& path, std::string request,
                                   const rpc::Caller& caller, std::chrono::milliseconds limit);
    std::shared_ptr<BackendStream> Open(const std::string& service, const std::string& path, const std::string& request,
                                        const rpc::Caller& caller, StreamEnds ends);
    // When the server's thread is gone: cancels what is under way and waits for gRPC to let go of it.
    void Stop();

    // Calls under way; they outlive whoever started them.
    struct Tracker;

 private:
    std::map<std::string, std::unique_ptr<grpc::GenericStub>> stubs_;
    std::shared_ptr<Tracker> tracker_;
};

}  // namespace trunkline::web
