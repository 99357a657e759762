// The audio of browsers' telephones on the media engine.
#pragma once
#include <unordered_map>

#include "media/engine.hpp"
#include "trunk/adapters/browser_sdp.hpp"
#include "trunk/adapters/leg_media.hpp"
#include "trunk/app/browser_ports.hpp"

namespace trunkline::trunk {

// On the SIP thread.
class EngineLines final : public LinePort {
 public:
    // A leg is given up when its browser was not heard for `patience`.
    EngineLines(media::Engine& engine, const MediaAddress& address, Duration patience)
        : engine_(engine), address_(address), patience_(patience) {}

    Status Open(const LegId& line) override;
    void Close(const LegId& line) override;
    Result<std::string> Connect(const LegId& line, const std::string& offer) override;
    Status OpenLeg(const LegId& leg) override;
    void CloseLeg(const LegId& leg) override;
    void Lend(const LegId& line, const LegId& leg) override;
    void Direct(const LegId& line, const LegId& leg, Way way) override;
    void Echo(const LegId& line, bool on) override;
    Status PressDigits(const LegId& leg, const std::string& digits) override;

 private:
    struct Line {
        BrowserLine local;
        std::string peer_ufrag;
        std::string association;
        media::Remote remote;
    };

    media::Engine& engine_;
    const MediaAddress& address_;
    Duration patience_;
    std::unordered_map<LegId, Line> lines_;
};

// What a page is told of its line.
BrowserMediaState ToPage(media::LineState state);

}  // namespace trunkline::trunk
