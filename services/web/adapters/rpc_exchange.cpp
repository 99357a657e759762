// Content types, statuses and frames (https://connectrpc.com/docs/protocol).
#include "web/adapters/rpc_exchange.hpp"

#include "web/adapters/compression.hpp"
#include "web/domain/connect_code.hpp"
#include "web/domain/envelope.hpp"
#include "web/domain/http_words.hpp"

namespace trunkline::web {
namespace {

Headers Common(const Request& request, std::string_view type) {
    return {{"content-type", std::string(type)}, {"cache-control", "no-store"}, {"x-trace-id", request.trace_id}};
}

// Below it one packet carries the answer anyway.
constexpr size_t kWorthPacking = 1400;

// Other sites cannot make a browser ask here, so no secret can be guessed from the length of what is packed.
Response Answer(const RpcCall& call, std::string message) {
    Response response{200, Common(call.http, ContentType(call.method, call.codec)), nullptr};
    const bool may = call.http.Header("Accept-Encoding").find("gzip") != std::string_view::npos;
    std::string packed = may && message.size() > kWorthPacking ? Gzip(message, 1) : "";
    if (!packed.empty()) {
        response.headers.emplace_back("content-encoding", "gzip");
        message = std::move(packed);
    }
    response.body = Body(std::move(message));
    return response;
}

void AddRetryAfter(Headers& headers, const Error& error) {
    if (error.code == Code::kResourceExhausted && error.reason != "BODY_TOO_LARGE") {
        // "... try again in 8 s": identity and the gateway write it the same way.
        const size_t at = error.message.rfind(" in ");
        const std::string seconds =
            at == std::string::npos ? "1" : error.message.substr(at + 4, error.message.rfind(' ') - at - 4);
        headers.emplace_back("retry-after",
                             seconds.find_first_not_of("0123456789") == std::string::npos ? seconds : "1");
    }
}

}  // namespace

std::string_view ContentType(const Method& method, Codec codec) {
    if (method.streams) {
        return codec == Codec::kJson ? "application/connect+json" : "application/connect+proto";
    }
    return codec == Codec::kJson ? "application/json" : "application/proto";
}

std::optional<Codec> CodecOf(std::string_view content_type, const Method& method) {
    const std::string type = MediaType(content_type);
    for (const Codec codec : {Codec::kJson, Codec::kProto}) {
        if (type == ContentType(method, codec)) {
            return codec;
        }
    }
    return std::nullopt;
}

Task<void> SendMessage(const RpcCall& call, std::string message, Headers more) {
    Response response = Answer(call, std::move(message));
    response.headers.insert(response.headers.end(), more.begin(), more.end());
    co_await call.responder.Send(std::move(response));
}

Task<void> SendPlainError(const Request& request, Responder& responder, const Error& error, int status, Headers more) {
    Response response{status, Common(request, "application/json"), Body(ErrorJson(error, request.trace_id))};
    AddRetryAfter(response.headers, error);
    response.headers.insert(response.headers.end(), more.begin(), more.end());
    co_await responder.Send(std::move(response));
}

Task<void> SendError(const RpcCall& call, const Error& error) {
    if (!call.method.streams) {
        co_await SendPlainError(call.http, call.responder, error, HttpStatus(error.code));
        co_return;
    }
    Response response{200, Common(call.http, ContentType(call.method, call.codec)),
                      Body(EndFrame(error, call.http.trace_id))};
    co_await call.responder.Send(std::move(response));
}

Response StreamHead(const RpcCall& call) {
    Response head{200, Common(call.http, ContentType(call.method, call.codec)), nullptr};
    head.headers.emplace_back("x-accel-buffering", "no");
    return head;
}

std::string EndFrame(const Outcome& outcome, const std::string& trace_id) {
    return Wrap(outcome ? "{\"error\":" + ErrorJson(*outcome, trace_id) + "}" : "{}", kEndOfStream);
}

}  // namespace trunkline::web
