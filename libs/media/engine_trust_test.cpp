// Tests of the engine with real sockets: whom it believes, what it reports and records.
#include "media/engine.hpp"

#include <catch2/catch.hpp>

#include "media/stage_for_tests.hpp"
#include "media/wav.hpp"
#include "rtp/control.hpp"

namespace trunkline::media {
namespace {

using testing::Hears;
using testing::Peer;
using testing::Stage;
using testing::Talk;
using testing::TemporaryFolder;

}  // namespace

TEST_CASE("engine: reports go to the peer every five seconds; those of strangers and torn ones are dropped",
          "[media][engine]") {
    Stage stage;
    Peer& peer = stage.Add(Codec::kPcma, 500);
    rtp::Address control = peer.address;
    ++control.port;
    auto socket = UdpSocket::Bind(control);
    REQUIRE(socket);
    auto stranger = UdpSocket::Bind(*rtp::MakeAddress("127.0.0.1", 0));
    REQUIRE(stranger);
    rtp::Address engine_control = peer.engine;
    ++engine_control.port;
    Talk({&peer}, 5200);
    ReceiveBatch batch;
    REQUIRE(socket->Receive(batch) == 1);
    const auto report = rtp::ParseControl(batch.datagram(0), peer.ssrc);
    REQUIRE(report);
    CHECK(report->ssrc == peer.headers.back().ssrc);
    CHECK(report->sender_report);
    REQUIRE(report->about_us);
    CHECK(report->about_us->cumulative_lost == 0);

    rtp::ControlOut ours;
    ours.ssrc = peer.ssrc;
    ours.heard = rtp::Heard{report->ssrc, {64, 10, 1, 1}, 0, {}};
    const auto bytes = rtp::WriteControl(ours);
    const EngineTotals before = stage.engine.Totals();
    stranger->Send(bytes, engine_control);
    socket->Send(std::span(bytes).first(4), engine_control);
    Talk({&peer}, 60);
    CHECK(stage.engine.Totals().foreign_dropped == before.foreign_dropped + 1);
    CHECK(stage.engine.Totals().malformed_dropped == before.malformed_dropped + 1);
    socket->Send(bytes, engine_control);
    Talk({&peer}, 60);
    REQUIRE(stage.engine.CloseLeg(Stage::Leg(0)));
    CHECK(stage.log.Next<LegClosed>()->statistics.peer_loss_percent == Approx(25));
}

TEST_CASE("engine: nothing an attacker sends is used, and nothing is sent to him", "[media][engine]") {
    Stage stage;
    Peer& left = stage.Add(Codec::kPcma, 500);
    Peer& right = stage.Add(Codec::kPcma, 0);
    stage.Bridge();
    Peer attacker(Codec::kPcma, 2000);
    attacker.engine = left.engine;
    Talk({&attacker, &attacker, &left, &right}, 200);
    right.Forget();
    Talk({&attacker, &attacker, &left, &right}, 300);
    CHECK(attacker.headers.empty());
    CHECK_FALSE(Hears(right, 2000));
    CHECK(HasTone(right.heard, 500));
    REQUIRE(stage.engine.CloseLeg(Stage::Leg(0)));
    const auto closed = stage.log.Next<LegClosed>();
    REQUIRE(closed);
    CHECK(closed->statistics.foreign_dropped >= 45);
    CHECK(closed->statistics.packets_received >= 24);
    CHECK(closed->statistics.packets_lost == 0);
}

TEST_CASE("engine: a peer behind NAT is learned, told, and answered", "[media][engine]") {
    Stage stage;
    Peer& peer = stage.Add(Codec::kPcma, 500, rtp::SourceMode::kSymmetric);
    Remote signalled = peer.remote();
    signalled.address.port = static_cast<uint16_t>(signalled.address.port ^ 1);
    REQUIRE(stage.engine.SetRemote(Stage::Leg(0), signalled));
    Talk({&peer}, 200);
    const auto locked = stage.log.Next<RemoteLocked>();
    REQUIRE(locked);
    CHECK(locked->address == peer.address);
    CHECK(peer.headers.size() > 2);
}

TEST_CASE("engine: a recording has the customer left and the agent right, at the same time", "[media][engine]") {
    TemporaryFolder folder;
    Stage stage;
    Peer& customer = stage.Add(Codec::kPcma, 500);
    Peer& agent = stage.Add(Codec::kPcma, 900);
    stage.Bridge();
    const RecordingId id("rec");
    // Samples of the time line, by the same clock the engine uses.
    const SteadyTime start = stage.clock.SteadyNow();
    const auto position = [&] { return static_cast<size_t>((stage.clock.SteadyNow() - start).count() / 125'000); };
    REQUIRE(stage.engine.Record(id, folder / "rec.journal", {Stage::Leg(0)}, {Stage::Leg(1)}));
    Talk({&customer, &agent}, 400);
    const size_t paused = position();
    REQUIRE(stage.engine.PauseRecording(id, true));
    Talk({&customer, &agent}, 200);
    const size_t resumed = position();
    REQUIRE(stage.engine.PauseRecording(id, false));
    Talk({&customer, &agent}, 200);
    const size_t stopped = position();
    REQUIRE(stage.engine.StopRecording(id));
    const auto closed = stage.log.Next<RecordingClosed>();
    REQUIRE(closed);
    CHECK(closed->intact);
    CHECK(closed->samples == Approx(stopped).margin(160));

    const auto report = RenderWav(folder / "rec.journal", folder / "rec.wav");
    REQUIRE(report);
    CHECK(report->closed);
    CHECK(report->damaged == 0);
    const auto wav = ReadWav(folder / "rec.wav");
    REQUIRE(wav);
    std::vector<int16_t> left;
    std::vector<int16_t> right;
    for (size_t i = 0; i + 1 < wav->samples.size(); i += 2) {
        left.push_back(wav->samples[i]);
        right.push_back(wav->samples[i + 1]);
    }
    REQUIRE(left.size() >= stopped - 160);
    CHECK(HasTone(std::span(left).subspan(400, paused - 600), 500));
    CHECK(HasTone(std::span(right).subspan(400, paused - 600), 900));
    CHECK(ToneLevel(std::span(left).subspan(paused + 160, resumed - paused - 320), 500) == 0);
    CHECK(HasTone(std::span(left).subspan(resumed + 400, stopped - resumed - 600), 500));
    const auto begins = [](const std::vector<int16_t>& side) {
        return std::find_if(side.begin(), side.end(), [](int16_t s) { return s > 1000; }) - side.begin();
    };
    CHECK(std::abs(begins(left) - begins(right)) <= 160);
}

}  // namespace trunkline::media
