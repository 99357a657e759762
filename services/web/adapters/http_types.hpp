// One HTTP request and its answer, as the handlers see them, whatever carries them.
#pragma once
#include <utility>  // before Asio 1.18, which uses std::exchange without it

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.hpp"

namespace trunkline::web {

namespace asio = boost::asio;
namespace http = boost::beast::http;
template <class T>
using Task = asio::awaitable<T>;

struct Request {
    http::verb method = http::verb::unknown;
    std::string target;
    const http::fields& headers;
    std::string client_address;
    bool secure = false;  // TLS, here or at the proxy in front
    std::string trace_id;

    std::string_view Header(std::string_view name) const {
        const auto value = headers[boost::string_view(name.data(), name.size())];
        return {value.data(), value.size()};
    }
};

using Headers = std::vector<std::pair<std::string, std::string>>;

// GCC 12 destroys some temporaries of a coroutine twice: lists in braces, and what "?:" makes in a co_await expression.
// So both are made in plain functions, or kept in variables first.
inline Headers OneHeader(std::string name, std::string value) { return {{std::move(name), std::move(value)}}; }

struct Response {
    int status = 200;
    Headers headers;
    std::shared_ptr<const std::string> body;  // may be shared with a cache; null: none
};

inline std::shared_ptr<const std::string> Body(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

inline Response TextResponse(int status, std::string text) {
    return {
        status, {{"content-type", "text/plain; charset=utf-8"}, {"cache-control", "no-store"}}, Body(std::move(text))};
}

// How a handler reads the rest of its request and answers, exactly once. Used on the server's thread.
class Responder {
 public:
    virtual ~Responder() = default;
    // kResourceExhausted (BODY_TOO_LARGE) above `limit`, kInvalidArgument when it does not come whole.
    virtual Task<Result<std::string>> ReadBody(size_t limit) = 0;
    virtual Task<void> Send(Response response) = 0;
    // An answer of unknown length: Begin, any number of Write, End. Write is false when the peer is gone.
    virtual Task<void> Begin(Response head) = 0;
    virtual Task<bool> Write(std::string bytes) = 0;
    virtual Task<void> End() = 0;
    // Calls `gone` once when the peer closes before the answer is complete.
    virtual void WatchPeer(std::function<void()> gone) = 0;
};

class Handler {
 public:
    virtual ~Handler() = default;
    virtual Task<void> Handle(const Request& request, Responder& responder) = 0;
};

}  // namespace trunkline::web
