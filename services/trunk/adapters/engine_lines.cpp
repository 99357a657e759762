// Lines to the engine.
#include "trunk/adapters/engine_lines.hpp"

#include "webrtc/session.hpp"

namespace trunkline::trunk {
namespace {

constexpr size_t kUfragLetters = 8;
constexpr size_t kPasswordLetters = 24;

media::Direction ToMedia(LinePort::Way way) {
    switch (way) {
        case LinePort::Way::kBoth:
            return media::Direction::kSendReceive;
        case LinePort::Way::kToPhone:
            return media::Direction::kSendOnly;
        case LinePort::Way::kNone:
            return media::Direction::kInactive;
    }
    return media::Direction::kInactive;
}

}  // namespace

BrowserMediaState ToPage(media::LineState state) {
    switch (state) {
        case media::LineState::kNew:
            return BrowserMediaState::kNone;
        case media::LineState::kConnecting:
            return BrowserMediaState::kConnecting;
        case media::LineState::kConnected:
            return BrowserMediaState::kConnected;
        case media::LineState::kLost:
        case media::LineState::kFailed:
            return BrowserMediaState::kLost;
    }
    return BrowserMediaState::kLost;
}

Status EngineLines::Open(const LegId& line) {
    const auto opened = engine_.OpenLine(line);
    if (!opened.ok()) {
        return Error{Code::kResourceExhausted, "NO_MEDIA_PORT", opened.error().message};
    }
    lines_[line].local = {address_.announced, opened->local.port, opened->ssrc, "", "", engine_.Fingerprint()};
    return {};
}

void EngineLines::Close(const LegId& line) {
    lines_.erase(line);
    (void)engine_.CloseLeg(line);
}

Result<std::string> EngineLines::Connect(const LegId& line, const std::string& sdp) {
    const auto offer = ReadBrowserOffer(sdp);
    if (!offer.ok()) {
        return offer.error();
    }
    Line& here = lines_.at(line);
    // New credentials begin a new round of checks; an offer without news keeps the old ones (RFC 8839 section 4.4.1).
    if (here.peer_ufrag != offer->ufrag || here.association != offer->association) {
        here.local.ufrag = webrtc::RandomText(kUfragLetters);
        here.local.password = webrtc::RandomText(kPasswordLetters);
    }
    here.peer_ufrag = offer->ufrag;
    here.association = offer->association;
    here.remote = offer->remote;
    const Status connected = engine_.ConnectLine(
        line, {here.local.ufrag, here.local.password, offer->ufrag, offer->fingerprint, offer->association});
    if (!connected.ok()) {
        return connected.error();
    }
    return WriteBrowserAnswer(*offer, here.local);
}

Status EngineLines::OpenLeg(const LegId& leg) { return engine_.OpenLineLeg(leg, {patience_}); }

void EngineLines::CloseLeg(const LegId& leg) { (void)engine_.CloseLeg(leg); }

void EngineLines::Lend(const LegId& line, const LegId& leg) { (void)engine_.LendLine(line, leg); }

void EngineLines::Direct(const LegId& line, const LegId& leg, Way way) {
    const auto found = lines_.find(line);
    if (found == lines_.end()) {
        return;
    }
    media::Remote remote = found->second.remote;
    remote.direction = ToMedia(way);
    (void)engine_.SetRemote(leg, remote);
}

void EngineLines::Echo(const LegId& line, bool on) { (void)engine_.Echo(line, on); }

Status EngineLines::PressDigits(const LegId& leg, const std::string& digits) {
    return engine_.PressDigits(leg, digits);
}

}  // namespace trunkline::trunk
