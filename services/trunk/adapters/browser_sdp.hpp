// Offer and answer of a browser (RFC 8829): one audio stream over ICE and DTLS-SRTP. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "media/types.hpp"
#include "result/result.hpp"
#include "sip/sdp.hpp"

namespace trunkline::trunk {

inline constexpr size_t kLongestOffer = 64 * 1024;

// What an offer says that matters to us.
struct BrowserOffer {
    sip::SessionDescription description;
    size_t audio = 0;  // place of the stream that is taken
    std::string ufrag;
    std::string fingerprint;  // SHA-256, in capitals
    // The same for every offer of one RTCPeerConnection.
    std::string association;
    media::Remote remote;  // codec and digits; it has no address
    bool wants_to_hear = true;
    bool wants_to_speak = true;
};

// INVALID naming what is missing: audio with PCMA or PCMU, ICE, a SHA-256 fingerprint, rtcp-mux, a part for the DTLS
// client.
Result<BrowserOffer> ReadBrowserOffer(std::string_view sdp);

// Our end.
struct BrowserLine {
    std::string address;  // numeric, announced
    uint16_t port = 0;
    uint32_t ssrc = 0;
    std::string ufrag;
    std::string password;
    std::string fingerprint;
};

// Streams other than the audio are refused.
std::string WriteBrowserAnswer(const BrowserOffer& offer, const BrowserLine& line);

}  // namespace trunkline::trunk
