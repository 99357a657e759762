// Tests of the engine with real sockets: what is said on one leg is heard on the other.
#include "media/engine.hpp"

#include <catch2/catch.hpp>

#include "media/stage_for_tests.hpp"

namespace trunkline::media {
namespace {

using testing::EventLog;
using testing::Hears;
using testing::Hush;
using testing::kBridge;
using testing::Peer;
using testing::Stage;
using testing::Talk;

}  // namespace

TEST_CASE("engine: two legs of one codec hear each other without decoding", "[media][engine]") {
    Stage stage;
    Peer& left = stage.Add(Codec::kPcma, 500);
    Peer& right = stage.Add(Codec::kPcma, 900);
    stage.Bridge();
    stage.Converse(400);
    CHECK(HasTone(left.heard, 900));
    CHECK(HasTone(right.heard, 500));
    CHECK_FALSE(Hears(left, 500));
    CHECK(stage.engine.Totals().packets_relayed > 30);
}

TEST_CASE("engine: legs of different codecs hear each other", "[media][engine]") {
    Stage stage;
    Peer& left = stage.Add(Codec::kPcma, 500);
    Peer& right = stage.Add(Codec::kPcmu, 900);
    stage.Bridge();
    stage.Converse(400);
    CHECK(HasTone(left.heard, 900));
    CHECK(HasTone(right.heard, 500));
    CHECK(stage.engine.Totals().packets_relayed == 0);
}

TEST_CASE("engine: the stream to a listener has one SSRC, no doubled numbers and goes on in time", "[media][engine]") {
    Stage stage;
    Peer& left = stage.Add(Codec::kPcma, 500);
    Peer& right = stage.Add(Codec::kPcma, 900);
    Talk({&left, &right}, 200);
    right.Forget();
    stage.Bridge();
    Talk({&left, &right}, 200);
    REQUIRE(stage.engine.Disconnect(Stage::Leg(1)));
    Talk({&left, &right}, 200);
    REQUIRE(right.headers.size() > 12);
    for (size_t i = 1; i < right.headers.size(); ++i) {
        const auto& before = right.headers[i - 1];
        const auto& header = right.headers[i];
        CHECK(header.ssrc == before.ssrc);
        CHECK(rtp::IsAfter(header.sequence, before.sequence));
        const auto step = static_cast<int32_t>(header.timestamp - before.timestamp);
        CHECK(step > 0);
        CHECK(step <= 1600);
    }
}

TEST_CASE("engine: in a conference everybody hears all others and not himself", "[media][engine]") {
    Stage stage;
    Peer& customer = stage.Add(Codec::kPcma, 500);
    Peer& agent = stage.Add(Codec::kPcma, 900);
    Peer& coach = stage.Add(Codec::kPcmu, 1500);
    stage.Bridge();
    stage.Converse(400);
    CHECK(Hears(customer, 900));
    CHECK(Hears(customer, 1500));
    CHECK_FALSE(Hears(customer, 500));
    CHECK(Hears(agent, 500));
    CHECK(Hears(coach, 500));
    CHECK(Hears(coach, 900));
}

TEST_CASE("engine: a muted leg hears and is not heard", "[media][engine]") {
    Stage stage;
    Peer& left = stage.Add(Codec::kPcma, 500);
    Peer& right = stage.Add(Codec::kPcma, 900);
    stage.Bridge();
    REQUIRE(stage.engine.Mute(Stage::Leg(0), true));
    stage.Converse(300);
    CHECK_FALSE(Hears(right, 500));
    CHECK(Hears(left, 900));
    // Silence is sent instead, so that the peer and its NAT see a living stream.
    CHECK(right.headers.size() >= 8);
    REQUIRE(stage.engine.Mute(Stage::Leg(0), false));
    stage.Converse(300);
    CHECK(Hears(right, 500));
}

TEST_CASE("engine: a bridge across threads works like any other", "[media][engine]") {
    EngineOptions options;
    options.threads = 3;
    Stage stage(options);
    Peer& left = stage.Add(Codec::kPcma, 500);
    Peer& right = stage.Add(Codec::kPcma, 900);
    Peer& third = stage.Add(Codec::kPcma, 1500);
    stage.Bridge();
    stage.Converse(300);
    CHECK(Hears(left, 900));
    CHECK(Hears(right, 500));
    CHECK(Hears(third, 500));
    REQUIRE(stage.engine.CloseLeg(Stage::Leg(2)));
    CHECK(stage.log.Next<LegClosed>());
    stage.Converse(300);
    CHECK(Hears(left, 900));
    CHECK_FALSE(Hears(left, 1500));
}

TEST_CASE("engine: on hold the peer is neither heard nor timed out", "[media][engine]") {
    EngineOptions options;
    options.media_timeout = std::chrono::milliseconds(200);
    Stage stage(options);
    Peer& left = stage.Add(Codec::kPcma, 500);
    Peer& right = stage.Add(Codec::kPcma, 900);
    stage.Bridge();
    Remote hold = left.remote();
    hold.direction = Direction::kInactive;
    REQUIRE(stage.engine.SetRemote(Stage::Leg(0), hold));
    stage.Converse(400);
    CHECK(left.headers.empty());
    CHECK_FALSE(Hears(right, 500));
    CHECK_FALSE(stage.log.Now<MediaTimeout>());
    REQUIRE(stage.engine.SetRemote(Stage::Leg(0), left.remote()));
    stage.Converse(300);
    CHECK(Hears(right, 500));
    CHECK(Hears(left, 900));
}

TEST_CASE("engine: a peer that falls silent is told once", "[media][engine]") {
    EngineOptions options;
    options.media_timeout = std::chrono::milliseconds(200);
    Stage stage(options);
    Peer& peer = stage.Add(Codec::kPcma, 500);
    Talk({&peer}, 300);
    CHECK_FALSE(stage.log.Now<MediaTimeout>());
    const auto told = stage.log.Next<MediaTimeout>();
    REQUIRE(told);
    CHECK(told->leg == Stage::Leg(0));
    Hush({&peer}, 300);
    CHECK_FALSE(stage.log.Now<MediaTimeout>());
}

TEST_CASE("engine: Stop ends legs wherever they have moved, with all their events", "[media][engine]") {
    EngineOptions options;
    options.threads = 2;
    Stage stage(options);
    for (int i = 0; i < 4; ++i) stage.Add(Codec::kPcma, 0);
    stage.Bridge();
    REQUIRE(stage.engine.Play(Stage::Leg(3), PlayId("music"), {ToneClip{{1000}, 1000}}, {true, false}));
    stage.engine.Stop();
    for (int i = 0; i < 4; ++i) CHECK(stage.log.Now<LegClosed>());
    CHECK(stage.log.Now<PlayDone>());
    CHECK(stage.engine.Disconnect(Stage::Leg(0)).error().reason == "MEDIA_BUSY");
}

TEST_CASE("engine: a closed port rests, and an exhausted range is an error", "[media][engine]") {
    SystemClock clock;
    EventLog log;
    EngineOptions options;
    options.first_port = 45678;
    options.last_port = 45681;
    Engine engine(options, clock, log.sink());
    REQUIRE(engine.OpenLeg(LegId("a"), {}));
    CHECK(engine.OpenLeg(LegId("a"), {}).error().reason == "LEG_EXISTS");
    REQUIRE(engine.OpenLeg(LegId("b"), {}));
    CHECK(engine.OpenLeg(LegId("c"), {}).error().reason == "PORTS_EXHAUSTED");
    REQUIRE(engine.CloseLeg(LegId("a")));
    CHECK(engine.OpenLeg(LegId("c"), {}).error().reason == "PORTS_EXHAUSTED");
    CHECK(engine.CloseLeg(LegId("a")).error().reason == "LEG_NOT_FOUND");
    CHECK(engine.EndBridge(kBridge).error().reason == "BRIDGE_NOT_FOUND");
}

TEST_CASE("engine: packets are made as long as the peer asks", "[media][engine]") {
    Stage stage;
    Peer& peer = stage.Add(Codec::kPcma, 0);
    REQUIRE(stage.engine.Play(Stage::Leg(0), PlayId("tone"), {ToneClip{{1000}, 60}}, {true, false}));
    for (const int millis : {10, 30, 60}) {
        Remote remote = peer.remote();
        remote.packet_millis = millis;
        REQUIRE(stage.engine.SetRemote(Stage::Leg(0), remote));
        Talk({&peer}, 100);
        peer.Forget();
        Talk({&peer}, 300);
        REQUIRE(peer.headers.size() > 2);
        CHECK(peer.heard.size() == peer.headers.size() * static_cast<size_t>(millis * kSamplesPerMilli));
    }
}

TEST_CASE("engine: a leg that has nothing to say sends a packet now and then", "[media][engine]") {
    Stage stage;
    Peer& peer = stage.Add(Codec::kPcma, 0);
    Talk({&peer}, 600);
    // The first 300 ms are whole, so that a path through NAT is made.
    CHECK(peer.headers.size() >= 8);
    peer.Forget();
    Talk({&peer}, 2500);
    CHECK(peer.headers.size() >= 1);
    CHECK(peer.headers.size() <= 5);
    for (const rtp::Header& header : peer.headers) {
        CHECK(header.marker);
    }
}

}  // namespace trunkline::media
