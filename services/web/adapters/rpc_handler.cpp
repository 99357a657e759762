// Cheap refusals first: nothing of a request's body is read for somebody who may not send it.
#include "web/adapters/rpc_handler.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>

#include "web/adapters/stream_guard.hpp"
#include "web/domain/connect_code.hpp"
#include "web/domain/envelope.hpp"
#include "web/domain/http_words.hpp"

namespace trunkline::web {
namespace {

constexpr const char* kAccepted = "application/json, application/proto";
constexpr const char* kStreamAccepted = "application/connect+json, application/connect+proto";

// Other sites can make a browser send requests, but neither with this header nor from our origin.
Status CheckOrigin(const Request& request) {
    const std::string_view origin = request.Header("Origin");
    const std::string_view site = request.Header("Sec-Fetch-Site");
    if ((!origin.empty() && !IsSameOrigin(origin, request.Header("Host"))) || site == "cross-site") {
        return Error{Code::kPermissionDenied, "CROSS_SITE", "this must be called from its own pages"};
    }
    if (request.Header("Connect-Protocol-Version") != "1") {
        return Error{Code::kPermissionDenied, "PROTOCOL_HEADER_MISSING", "send the header Connect-Protocol-Version: 1"};
    }
    return {};
}

Error TooMany() {
    return {Code::kResourceExhausted, "TOO_MANY_REQUESTS", "too many requests at once; try again in 1 s"};
}

Status CheckEncoding(const RpcCall& call) {
    const std::string_view encoding =
        call.http.Header(call.method.streams ? "Connect-Content-Encoding" : "Content-Encoding");
    if (!encoding.empty() && encoding != "identity") {
        return Error{Code::kUnimplemented, "COMPRESSION", "requests are taken uncompressed only"};
    }
    return {};
}

// "own_field": empty becomes the caller's, another's is refused.
Status FillOwn(const Rule& rule, const SignedIn& caller, google::protobuf::Message& message) {
    const auto* field = message.GetDescriptor()->FindFieldByName(rule.own_field);
    if (field == nullptr) {
        return Error{Code::kPermissionDenied, "RIGHT_MISSING", "this needs the right " + rule.right};
    }
    const auto own = OwnValue(message.GetReflection()->GetString(message, field), caller);
    if (!own.ok()) {
        return own.error();
    }
    message.GetReflection()->SetString(&message, field, *own);
    return {};
}

}  // namespace

Task<CallReport> RpcHandler::Handle(const Request& request, Responder& responder) {
    const std::string_view target = std::string_view(request.target).substr(0, request.target.find('?'));
    const Method* method = target.empty() ? nullptr : parts_.methods.Find(target.substr(1));
    if (method == nullptr) {
        const Error unknown{Code::kUnimplemented, "UNKNOWN_METHOD", "there is no such method"};
        co_await SendPlainError(request, responder, unknown, 404);
        co_return CallReport{"", unknown, "", false};
    }
    RpcCall call{request, responder, *method, Codec::kJson, "", nullptr, std::chrono::milliseconds(0)};
    const auto codec = CodecOf(request.Header("Content-Type"), *method);
    if (!codec) {
        const Error wrong{Code::kInvalidArgument, "CONTENT_TYPE",
                          "the content type must be application/json or another that "
                          "the header Accept-Post names"};
        Headers accepted = OneHeader("accept-post", method->streams ? kStreamAccepted : kAccepted);
        co_await SendPlainError(request, responder, wrong, 415, std::move(accepted));
        co_return CallReport{method->path, wrong, "", false};
    }
    call.codec = *codec;
    Outcome outcome;
    const Result<Reach> admitted = co_await Admit(call);
    const std::string user = call.caller ? call.caller->user : "";
    if (!admitted.ok()) {
        co_await SendError(call, admitted.error());
        co_return CallReport{method->path, admitted.error(), user, false};
    }
    const Result<MessagePtr> message = co_await ReadMessage(call, *admitted);
    if (!message.ok()) {
        co_await SendError(call, message.error());
        co_return CallReport{method->path, message.error(), user, false};
    }
    if (method->service == "web") {
        outcome = co_await parts_.own.Handle(call, **message);
    } else {
        outcome = co_await Forward(call, **message);
    }
    co_return CallReport{method->path, outcome, user, method->streams};
}

Task<Result<Reach>> RpcHandler::Admit(RpcCall& call) {
    if (const Status sound = CheckOrigin(call.http); !sound.ok()) {
        co_return sound.error();
    }
    if (const Status sound = CheckEncoding(call); !sound.ok()) {
        co_return sound.error();
    }
    if (const std::string_view text = call.http.Header("Connect-Timeout-Ms"); !text.empty()) {
        const auto limit = ParseTimeout(text);
        if (!limit) {
            co_return Error{Code::kInvalidArgument, "BAD_TIMEOUT",
                            "Connect-Timeout-Ms must be a number of milliseconds"};
        }
        if (limit->count() == 0) {
            co_return Error{Code::kDeadlineExceeded, "TOO_SLOW", "no time was given"};
        }
        call.limit = *limit;
    }
    if (!call.method.rule.Public()) {
        call.token = std::string(CookieValue(call.http.Header("Cookie"), CookieName(call.http.secure)));
        // Made-up tokens must not become questions to identity without bound.
        const bool fresh = parts_.keeper.sessions().Fresh(call.token, clock_.SteadyNow()) != nullptr;
        if (!fresh && !limiter_.Allow(call.http.client_address, clock_.SteadyNow())) {
            co_return TooMany();
        }
        const Result<Sessions::Known> known = co_await parts_.keeper.Find(call.token);
        if (!known.ok()) {
            co_return known.error();
        }
        call.caller = *known;
    }
    const std::string& who = call.caller ? call.caller->user : call.http.client_address;
    if (!limiter_.Allow(who, clock_.SteadyNow())) {
        co_return TooMany();
    }
    if (!call.caller) {
        co_return Reach::kAll;
    }
    co_return Decide(call.method.rule, *call.caller);
}

Task<Result<MessagePtr>> RpcHandler::ReadMessage(const RpcCall& call, Reach reach) {
    const size_t limit = call.caller ? settings_.body_limit : settings_.public_body_limit;
    Result<std::string> body = co_await call.responder.ReadBody(limit);
    if (!body.ok()) {
        co_return body.error();
    }
    std::string bytes = std::move(body).value();
    if (call.method.streams) {
        const auto envelope = UnwrapOne(bytes);
        if (!envelope || envelope->flags != 0) {
            co_return Error{Code::kInvalidArgument, "BAD_ENVELOPE",
                            "the body must be exactly one uncompressed envelope"};
        }
        bytes = std::string(envelope->message);
    }
    Result<MessagePtr> message = Decode(call.method.input, call.codec, bytes);
    if (message.ok() && reach == Reach::kOwn) {
        if (Status own = FillOwn(call.method.rule, *call.caller, **message); !own.ok()) {
            co_return own.error();
        }
    }
    co_return message;
}

rpc::Caller RpcHandler::CallerOf(const RpcCall& call) const {
    rpc::Caller caller;
    caller.trace_id = call.http.trace_id;
    caller.client_address = call.http.client_address;
    if (call.caller) {
        caller.user_id = call.caller->user;
        caller.user_name = call.caller->name;
        caller.agent_id = call.caller->agent;
        caller.unit_id = call.caller->unit;
        caller.session_id = call.caller->session;
        caller.rights = call.caller->rights;
        caller.units_of = call.caller->units_of;
    }
    return caller;
}

Task<Outcome> RpcHandler::Forward(const RpcCall& call, const google::protobuf::Message& message) {
    const std::string request = message.SerializeAsString();
    if (call.method.streams) {
        co_return co_await ForwardStream(call, request);
    }
    const auto limit = call.limit.count() > 0 ? std::min(call.limit, settings_.longest_limit) : settings_.default_limit;
    const rpc::Caller caller = CallerOf(call);
    Result<std::string> answer =
        co_await parts_.backends.Call(call.method.service, call.method.path, request, caller, limit);
    if (answer.ok() && call.codec == Codec::kJson) {
        const auto decoded = Decode(call.method.output, Codec::kProto, *answer);
        answer = decoded.ok() ? Encode(**decoded, Codec::kJson) : Result<std::string>(decoded.error());
    }
    if (!answer.ok()) {
        co_await SendError(call, answer.error());
        co_return answer.error();
    }
    std::string text = std::move(answer).value();
    co_await SendMessage(call, std::move(text));
    co_return std::nullopt;
}

Task<Outcome> RpcHandler::ForwardStream(const RpcCall& call, const std::string& request) {
    const auto executor = co_await asio::this_coro::executor;
    StreamEnds ends{executor, call.limit};
    const rpc::Caller caller = CallerOf(call);
    const auto stream = parts_.backends.Open(call.method.service, call.method.path, request, caller, std::move(ends));
    Response head = StreamHead(call);
    co_await call.responder.Begin(std::move(head));
    Outcome outcome;
    bool connected = true;
    StreamGuard guard(call, parts_.keeper, executor, [stream] { stream->Cancel(); });
    while (connected && !guard.Ended()) {
        Result<std::optional<std::string>> next = co_await stream->Next();
        if (!next.ok()) {
            outcome = next.error();
            break;
        }
        if (!next->has_value()) {
            break;
        }
        std::string bytes = std::move(**next);
        if (call.codec == Codec::kJson) {
            const auto decoded = Decode(call.method.output, Codec::kProto, bytes);
            const auto json = decoded.ok() ? Encode(**decoded, Codec::kJson) : Result<std::string>(decoded.error());
            if (!json.ok()) {
                outcome = json.error();
                break;
            }
            bytes = *json;
        }
        std::string frame = Wrap(bytes);
        connected = co_await call.responder.Write(std::move(frame));
    }
    stream->Cancel();
    outcome = guard.reason() ? guard.reason() : guard.peer_gone() ? Outcome() : outcome;
    if (connected && !guard.peer_gone()) {
        std::string last = EndFrame(outcome, call.http.trace_id);
        co_await call.responder.Write(std::move(last));
    }
    co_await call.responder.End();
    co_return outcome;
}

}  // namespace trunkline::web
