// For tests: an engine with peers on its legs.
#pragma once
#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/peer_for_tests.hpp"

namespace trunkline::media::testing {

inline const BridgeId kBridge{"bridge"};

// An engine and the peers of its legs; leg i is called "leg-i".
struct Stage {
    explicit Stage(EngineOptions options = {}) : engine(Ports(std::move(options)), clock, log.sink()) {}

    static EngineOptions Ports(EngineOptions options) {
        options.first_port = 30000;
        options.last_port = 39999;
        return options;
    }

    Peer& Add(Codec codec, double tone_hz, rtp::SourceMode mode = rtp::SourceMode::kStrict) {
        peers.push_back(std::make_unique<Peer>(codec, tone_hz));
        Peer& peer = *peers.back();
        const LegId id = Leg(peers.size() - 1);
        const auto media = engine.OpenLeg(id, {mode, ""});
        REQUIRE(media);
        peer.engine = media->local;
        REQUIRE(engine.SetRemote(id, peer.remote()));
        return peer;
    }

    static LegId Leg(size_t i) { return LegId("leg-" + std::to_string(i)); }

    void Bridge() {
        for (size_t i = 0; i < peers.size(); ++i) REQUIRE(engine.Connect(kBridge, Leg(i)));
    }

    // All speak for `millis`; what was heard before is forgotten.
    void Converse(int millis) {
        std::vector<Peer*> all;
        for (auto& peer : peers) all.push_back(peer.get());
        Talk(all, 100);
        for (auto& peer : peers) peer->Forget();
        Talk(all, millis);
    }

    // All speak until `condition` holds; false if it does not within 3 s.
    template <class Condition>
    bool ConverseUntil(Condition condition) {
        std::vector<Peer*> all;
        for (auto& peer : peers) all.push_back(peer.get());
        for (int i = 0; i < 150 && !condition(); ++i) Talk(all, kFrameMillis);
        return condition();
    }

    SystemClock clock;
    EventLog log;
    std::vector<std::unique_ptr<Peer>> peers;
    Engine engine;
};

// On the mean of all that was heard.
inline bool Hears(const Peer& peer, double hz) { return ToneLevel(peer.heard, hz) > 2000; }

// At any time since the peer forgot.
inline bool HasHeard(const Peer& peer, double hz) {
    for (size_t at = 0; at + kFrameSamples <= peer.heard.size(); at += kFrameSamples) {
        if (ToneLevel(std::span(peer.heard).subspan(at, kFrameSamples), hz) > 2000) return true;
    }
    return false;
}

}  // namespace trunkline::media::testing
