// Signing in sets a cookie that no script can read.
#include "web/adapters/own_methods.hpp"

#include "trunkline/web/v1/web.pb.h"
#include "web/adapters/live_stream.hpp"
#include "web/domain/http_words.hpp"

namespace trunkline::web {
namespace {

// SameSite=Strict: the page is never entered signed in from a link of another site.
std::string Cookie(bool secure, const std::string& value, int seconds) {
    return std::string(CookieName(secure)) + "=" + value +
           "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds) + (secure ? "; Secure" : "");
}

// A message of ours, which can always be written.
std::string Text(const google::protobuf::Message& message, Codec codec) {
    const auto text = Encode(message, codec);
    return text.ok() ? *text : "";
}

}  // namespace

std::string_view CookieName(bool secure) { return secure ? "__Host-trunkline" : "trunkline-session"; }

Task<Outcome> OwnMethods::Handle(const RpcCall& call, const google::protobuf::Message& request) {
    const std::string name = call.method.path.substr(call.method.path.find('/') + 1);
    if (name == "LogIn") {
        co_return co_await LogIn(call, request);
    }
    if (name == "LogOut") {
        co_return co_await LogOut(call);
    }
    if (name == "WhoAmI") {
        co_return co_await WhoAmI(call);
    }
    co_return co_await Subscribe(call, request);
}

Task<Outcome> OwnMethods::LogIn(const RpcCall& call, const google::protobuf::Message& request) {
    const auto& asked = dynamic_cast<const v1::LogInRequest&>(request);
    identity::v1::OpenSessionRequest open;
    open.set_login_name(asked.login_name());
    open.set_password(asked.password());
    open.set_totp_code(asked.totp_code());
    open.set_client_address(call.http.client_address);
    open.set_user_agent(Printable(call.http.Header("User-Agent"), 200));
    const auto opened = co_await keeper_.LogIn(open, call.http.trace_id);
    if (!opened.ok()) {
        co_await SendError(call, opened.error());
        co_return opened.error();
    }
    std::string body = Text(opened->identity, call.codec);
    const auto& session = opened->identity.session();
    const auto seconds = static_cast<int>(session.expire_time().seconds() - session.create_time().seconds());
    Headers cookie = OneHeader("set-cookie", Cookie(call.http.secure, opened->token, seconds));
    co_await SendMessage(call, std::move(body), std::move(cookie));
    co_return std::nullopt;
}

Task<Outcome> OwnMethods::LogOut(const RpcCall& call) {
    const Status closed = co_await keeper_.LogOut(call.token);
    if (!closed.ok()) {
        co_await SendError(call, closed.error());
        co_return closed.error();
    }
    Headers cookie = OneHeader("set-cookie", Cookie(call.http.secure, "", 0));
    std::string body = Text(google::protobuf::Empty(), call.codec);
    co_await SendMessage(call, std::move(body), std::move(cookie));
    co_return std::nullopt;
}

Task<Outcome> OwnMethods::WhoAmI(const RpcCall& call) {
    const auto identity = co_await keeper_.Check(call.token);
    if (!identity.ok()) {
        co_await SendError(call, identity.error());
        co_return identity.error();
    }
    std::string body = Text(*identity, call.codec);
    co_await SendMessage(call, std::move(body));
    co_return std::nullopt;
}

Task<Outcome> OwnMethods::Subscribe(const RpcCall& call, const google::protobuf::Message& request) {
    if (!call.caller->pending.empty()) {
        const Error pending{Code::kPermissionDenied, call.caller->pending, "finish signing in first"};
        co_await SendError(call, pending);
        co_return pending;
    }
    ++live_streams_;
    const Outcome outcome =
        co_await StreamLive(call, dynamic_cast<const v1::SubscribeRequest&>(request), keeper_, feed_);
    --live_streams_;
    co_return outcome;
}

}  // namespace trunkline::web
