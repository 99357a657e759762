// What a user agent refuses by what it can do, in the order of RFC 3261 section 8.2. Pure; safe from any thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sip/message.hpp"

namespace trunkline::sip {

// What this user agent can do. The lists are written into answers as they stand.
struct Capabilities {
    std::vector<std::string> methods;        // "INVITE", "ACK" ...
    std::vector<std::string> extensions;     // option tags of Require: "100rel", "timer" ...
    std::vector<std::string> content_types;  // bodies that are understood, lower case: "application/sdp"
    std::vector<std::string> schemes = {"sip", "sips", "tel"};
};

// An answer that refuses a request.
struct Refusal {
    int status = 0;
    std::string reason;
    std::vector<Header> headers;  // what the answer must say beside: Allow, Unsupported, Accept
};

// Why a request that the parser accepted cannot be served, or nothing: 405 or 501 for the method, 416 for the scheme of
// the Request-URI or, in REGISTER, of the To, 483, 420, 415 and 406. ACK is never refused. OPTIONS with Max-Forwards 0
// passes: it asks whoever it reaches.
std::optional<Refusal> CheckRequest(const Message& request, const Capabilities& capabilities);

}  // namespace trunkline::sip
