// SDP to engine and back (RFC 3264).
#include "trunk/adapters/leg_media.hpp"

namespace trunkline::trunk {
namespace {

media::Direction ToMedia(sip::Direction direction) {
    switch (direction) {
        case sip::Direction::kSendOnly:
            return media::Direction::kSendOnly;
        case sip::Direction::kReceiveOnly:
            return media::Direction::kReceiveOnly;
        case sip::Direction::kInactive:
            return media::Direction::kInactive;
        default:
            return media::Direction::kSendReceive;
    }
}

bool IsLoopback(const rtp::Address& address) {
    if (!address.is_v6) {
        return address.ip[0] == 127;
    }
    rtp::Address loopback;
    loopback.is_v6 = true;
    loopback.ip[15] = 1;
    return address.SameIp(loopback);
}

bool IsGroup(const rtp::Address& address) {
    if (address.is_v6) {
        return address.ip[0] == 0xff;
    }
    return address.ip[0] >= 224;  // multicast, reserved and broadcast
}

// The metadata services of clouds answer at link-local addresses.
bool IsLinkLocal(const rtp::Address& address) { return !address.is_v6 && address.ip[0] == 169 && address.ip[1] == 254; }

bool SameStream(const media::Remote& a, const media::Remote& b) {
    return a.address == b.address && a.codec == b.codec && a.send_digit_type == b.send_digit_type &&
           a.receive_digit_type == b.receive_digit_type && a.packet_millis == b.packet_millis;
}

}  // namespace

LegMedia::LegMedia(media::Engine& engine, const MediaAddress& address, LegId leg, uint16_t port)
    : engine_(engine), address_(address), leg_(std::move(leg)), port_(port) {}

LegMedia::~LegMedia() { (void)engine_.CloseLeg(leg_); }

Result<std::unique_ptr<LegMedia>> LegMedia::Open(media::Engine& engine, const MediaAddress& address, const LegId& leg,
                                                 bool symmetric) {
    media::OpenOptions options;
    options.source_mode = symmetric ? rtp::SourceMode::kSymmetric : rtp::SourceMode::kStrict;
    const auto opened = engine.OpenLeg(leg, options);
    if (!opened.ok()) {
        return Error{Code::kResourceExhausted, "NO_MEDIA_PORT", opened.error().message};
    }
    return std::unique_ptr<LegMedia>(new LegMedia(engine, address, leg, opened->local.port));
}

sip::AudioOffer LegMedia::Local() const {
    sip::AudioOffer local;
    local.address = address_.announced;
    local.port = port_;
    local.formats = formats_;
    local.direction = holds_peer_ ? sip::Direction::kSendOnly : sip::Direction::kSendReceive;
    return local;
}

void LegMedia::OfferOnly(const std::vector<std::string>& codecs) {
    if (codecs.empty()) {
        return;
    }
    const std::vector<sip::AudioFormat> known = sip::DefaultFormats();
    formats_.clear();
    for (const std::string& codec : codecs) {
        std::copy_if(known.begin(), known.end(), std::back_inserter(formats_),
                     [&](const sip::AudioFormat& format) { return format.name == codec; });
    }
    std::copy_if(known.begin(), known.end(), std::back_inserter(formats_),
                 [](const sip::AudioFormat& format) { return format.name == "telephone-event"; });
}

std::string LegMedia::Offer(bool hold) {
    holds_peer_ = hold;
    sip::SdpOrigin origin;
    origin.session_id = std::to_string(port_);
    origin.address = address_.announced;
    local_ = local_ ? sip::MakeReoffer(Local(), *local_) : sip::MakeOffer(Local(), origin);
    return local_->ToString();
}

Result<std::string> LegMedia::AnswerTo(const std::string& offer) {
    const auto description = sip::ParseSdp(offer);
    if (!description.ok()) {
        return description.error();
    }
    sip::SdpOrigin origin;
    origin.session_id = std::to_string(port_);
    origin.address = address_.announced;
    auto negotiation = sip::Negotiate(*description, Local(), local_ ? local_->origin : origin);
    if (!negotiation.ok()) {
        return negotiation.error();
    }
    const Status used = Use(*negotiation);
    if (!used.ok()) {
        return used.error();
    }
    if (local_) {
        negotiation->local.origin = sip::NextOrigin(negotiation->local, *local_);
    }
    local_ = std::move(negotiation->local);
    return local_->ToString();
}

Status LegMedia::TakeAnswer(const std::string& answer) {
    const auto description = sip::ParseSdp(answer);
    if (!description.ok()) {
        return description.error();
    }
    if (!local_) {
        return Error{Code::kFailedPrecondition, "SDP_MISMATCH", "an answer came without an offer of ours"};
    }
    const auto negotiation = sip::NegotiateAnswer(*local_, *description);
    return negotiation.ok() ? Use(*negotiation) : Status(negotiation.error());
}

Status LegMedia::CheckRemote(const sip::AudioOffer& remote) const {
    const auto address = rtp::MakeAddress(remote.address, remote.port);
    const auto refuse = [&](const std::string& why) {
        return Error{Code::kFailedPrecondition, "SDP_ADDRESS", "media at " + remote.address + " is refused: " + why};
    };
    if (!address.ok()) {
        return refuse("it is not a numeric address");
    }
    if (IsGroup(*address) || IsLinkLocal(*address)) {
        return refuse("it is not the address of one party");
    }
    if (IsLoopback(*address) && !address_.allow_loopback) {
        return refuse("it is a loopback address");
    }
    if (remote.address == address_.announced && remote.port >= address_.port_low && remote.port <= address_.port_high) {
        return refuse("it is a media port of our own");
    }
    return {};
}

Status LegMedia::Use(const sip::Negotiation& negotiation) {
    media::Remote remote;
    const bool is_silent = negotiation.remote.address == "0.0.0.0" || negotiation.remote.address == "::";
    if (!is_silent) {
        const Status checked = CheckRemote(negotiation.remote);
        if (!checked.ok()) {
            return checked;
        }
        remote.address = *rtp::MakeAddress(negotiation.remote.address, negotiation.remote.port);
    }
    remote.codec = negotiation.codec.name == "PCMU" ? media::Codec::kPcmu : media::Codec::kPcma;
    remote.send_digit_type = negotiation.send_events;
    remote.receive_digit_type = negotiation.receive_events;
    remote.packet_millis = negotiation.remote.ptime_ms;
    remote.direction = ToMedia(negotiation.direction);
    remote.fresh_stream = !remote_ || !SameStream(*remote_, remote);
    const Status set = engine_.SetRemote(leg_, remote);
    if (!set.ok()) {
        return set;
    }
    remote_ = remote;
    is_held_by_peer_ = negotiation.is_held;
    is_negotiated_ = true;
    return {};
}

}  // namespace trunkline::trunk
