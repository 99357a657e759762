// Offer and answer for one audio stream (RFC 3264): PCMA, PCMU and telephone-event. Pure; safe from any thread. Which
// addresses are acceptable (multicast, loopback ...) is the caller's policy.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.hpp"
#include "sip/sdp.hpp"

namespace trunkline::sip {

// From the view of the side that says it.
enum class Direction { kSendReceive, kSendOnly, kReceiveOnly, kInactive };

bool MaySend(Direction direction);
bool MayReceive(Direction direction);

inline constexpr int kMinPtimeMs = 10;
inline constexpr int kMaxPtimeMs = 60;

// One payload type of a stream; clock rate 8000 Hz, one channel.
struct AudioFormat {
    uint8_t payload_type = 0;  // 0 to 127
    std::string name;          // "PCMA", "PCMU", "telephone-event"

    bool operator==(const AudioFormat&) const = default;
};

// What one side is ready to do with its audio stream.
struct AudioOffer {
    std::string address;  // where it wants media: IPv4, IPv6 without brackets, or a host name
    uint16_t port = 0;
    std::vector<AudioFormat> formats;  // in order of preference
    Direction direction = Direction::kSendReceive;
    int ptime_ms = 20;  // length of a packet it wants to receive
};

// PCMA, PCMU and telephone-event as payload type 101: what we offer.
std::vector<AudioFormat> DefaultFormats();

// What came of an offer and its answer, from our view.
struct Negotiation {
    SessionDescription local;  // ours: the answer to send, or the offer that was answered
    AudioOffer remote;
    AudioFormat codec;  // with the payload type to send
    // Payload types of telephone events (RFC 4733): to send, and to expect. Nothing when the peer knows none.
    std::optional<uint8_t> send_events;
    std::optional<uint8_t> receive_events;
    Direction direction = Direction::kSendReceive;  // what we do
    // The peer has put us on hold: it does not want our media (sendonly, inactive, or the address 0.0.0.0 or ::).
    bool is_held = false;
};

// The first audio stream over RTP/AVP that is not refused. Errors are kFailedPrecondition with reason SDP_NO_AUDIO, or
// SDP_PTIME when the packets it asks for are shorter than 10 or longer than 60 ms; both are answered with 488.
Result<AudioOffer> AudioOf(const SessionDescription& description);

// A first offer, and an offer within a session that has `previous` as our last description: every stream keeps its
// place, streams other than the audio stream are refused, and the version grows by one when anything changed.
SessionDescription MakeOffer(const AudioOffer& local, const SdpOrigin& origin);
SessionDescription MakeReoffer(const AudioOffer& local, const SessionDescription& previous);

// Our answer to `offer`: the first codec of the peer's list that we have, telephone-event if both have it, the peer's
// payload types and packet length. Other streams are refused with port 0. `origin` is ours; within a session the caller
// sets local.origin to NextOrigin(local, previous) afterwards. Errors as AudioOf, and SDP_NO_CODEC.
Result<Negotiation> Negotiate(const SessionDescription& offer, const AudioOffer& local, const SdpOrigin& origin);

// The peer's `answer` to our `offer`. Errors as Negotiate, and SDP_MISMATCH when the streams do not correspond.
Result<Negotiation> NegotiateAnswer(const SessionDescription& offer, const SessionDescription& answer);

// The origin for `next`, which follows `previous` in the same session: one version more unless nothing else changed
// (RFC 3264 section 8).
SdpOrigin NextOrigin(const SessionDescription& next, const SessionDescription& previous);

}  // namespace trunkline::sip
