// One call of the Connect protocol over one HTTP request: what was asked, and the two shapes of an answer.
#pragma once
#include <optional>

#include "web/adapters/http_types.hpp"
#include "web/adapters/message_codec.hpp"
#include "web/adapters/method_table.hpp"
#include "web/app/sessions.hpp"

namespace trunkline::web {

struct RpcCall {
    const Request& http;
    Responder& responder;
    const Method& method;
    Codec codec = Codec::kJson;
    std::string token;                   // of the session cookie
    Sessions::Known caller;              // null for a public method
    std::chrono::milliseconds limit{0};  // from Connect-Timeout-Ms; zero: none given
};

// How it ended, for the log and the figures. No code: well.
using Outcome = std::optional<Error>;

std::string_view ContentType(const Method& method, Codec codec);
// The codec that a content type asks for; nothing when the method does not speak it.
std::optional<Codec> CodecOf(std::string_view content_type, const Method& method);

// A unary answer, with further headers such as a cookie.
Task<void> SendMessage(const RpcCall& call, std::string message, Headers more = {});
// An error before or in place of an answer: HTTP status for a unary method, an end frame for a stream.
Task<void> SendError(const RpcCall& call, const Error& error);
// An error of the protocol itself, before the method is known.
Task<void> SendPlainError(const Request& request, Responder& responder, const Error& error, int status,
                          Headers more = {});
// The head of a stream's answer. Lists of headers are made outside of coroutines, which GCC 12 cannot compile.
Response StreamHead(const RpcCall& call);
// The last frame of a stream.
std::string EndFrame(const Outcome& outcome, const std::string& trace_id);

}  // namespace trunkline::web
