// Offer and answer of one leg (RFC 3264) and the media that comes of it: the leg of the media engine lives as long as
// this object.
#pragma once
#include <optional>
#include <string>

#include "media/engine.hpp"
#include "sip/sdp_negotiate.hpp"

namespace trunkline::trunk {

struct MediaAddress {
    std::string announced = "127.0.0.1";  // numeric; what our SDP names
    uint16_t port_low = 0;                // the engine's range: nobody may ask us to send into it
    uint16_t port_high = 0;
    bool allow_loopback = false;  // peers on this machine; for development and tests
};

// On the SIP thread.
class LegMedia {
 public:
    // `symmetric`: the peer may sit behind NAT. NO_MEDIA_PORT.
    static Result<std::unique_ptr<LegMedia>> Open(media::Engine& engine, const MediaAddress& address, const LegId& leg,
                                                  bool symmetric);
    ~LegMedia();
    LegMedia(const LegMedia&) = delete;
    LegMedia& operator=(const LegMedia&) = delete;

    // From now on only these G.711 codecs are offered and accepted, in this order; empty: both, A-law first.
    void OfferOnly(const std::vector<std::string>& codecs);
    // Our next offer; with `hold` the peer is asked to listen only.
    std::string Offer(bool hold);
    // Our answer to the peer's offer. SDP_MALFORMED, SDP_NO_AUDIO, SDP_NO_CODEC, SDP_PTIME, SDP_ADDRESS: all are 488.
    Result<std::string> AnswerTo(const std::string& offer);
    // The peer's answer to our last offer; the same errors.
    Status TakeAnswer(const std::string& answer);

    bool is_held_by_peer() const { return is_held_by_peer_; }
    bool is_negotiated() const { return is_negotiated_; }

 private:
    LegMedia(media::Engine& engine, const MediaAddress& address, LegId leg, uint16_t port);
    sip::AudioOffer Local() const;
    Status CheckRemote(const sip::AudioOffer& remote) const;
    Status Use(const sip::Negotiation& negotiation);

    media::Engine& engine_;
    const MediaAddress& address_;
    LegId leg_;
    uint16_t port_;
    std::vector<sip::AudioFormat> formats_ = sip::DefaultFormats();
    std::optional<sip::SessionDescription> local_;
    std::optional<media::Remote> remote_;
    bool holds_peer_ = false;
    bool is_held_by_peer_ = false;
    bool is_negotiated_ = false;
};

}  // namespace trunkline::trunk
