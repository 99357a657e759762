// Session descriptions (RFC 8866) as values: what a telephone call needs of them. Pure; safe from any thread. What
// media a call gets is negotiated in sdp_negotiate.hpp.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.hpp"

namespace trunkline::sip {

// Limits of what is read; more is an error.
inline constexpr size_t kMaxMediaLines = 16;
inline constexpr size_t kMaxSdpLines = 512;

// o=: who described the session, and in which version (RFC 8866 section 5.2).
struct SdpOrigin {
    std::string username = "-";
    std::string session_id;  // decimal digits; may be longer than 64 bits
    uint64_t version = 1;
    std::string address;  // IPv4, IPv6 without brackets, or a host name
};

// a=name or a=name:value.
struct SdpAttribute {
    std::string name;
    std::string value;
};
using SdpAttributes = std::vector<SdpAttribute>;
// The value of the first attribute of that name, or nullptr; names compare with case (RFC 8866 section 6).
const std::string* FindAttribute(const SdpAttributes& attributes, std::string_view name);

// m= and the lines that belong to it.
struct MediaDescription {
    std::string media;     // "audio"
    uint16_t port = 0;     // 0: the stream is refused or ended
    std::string protocol;  // "RTP/AVP"
    std::vector<std::string> formats;
    std::string address;  // of this medium's c=; empty: the session's holds
    SdpAttributes attributes;
};

// A whole description. Lines that no call needs (i= u= e= p= b= r= z= k=, and a second c=) are checked for their form
// and left out.
struct SessionDescription {
    SdpOrigin origin;
    std::string name = "-";
    std::string address;  // of the session's c=; may be empty when each medium has its own
    SdpAttributes attributes;
    std::vector<MediaDescription> media;

    // Wire form with CRLF.
    std::string ToString() const;
};

// Reads a description; lines may end with LF alone (RFC 8866 section 5). Errors are kInvalidArgument with reason
// SDP_MALFORMED and name the line. s= and t= may be missing, because nothing depends on them.
Result<SessionDescription> ParseSdp(std::string_view text);

}  // namespace trunkline::sip
