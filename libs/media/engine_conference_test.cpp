// Tests of the matrix with real sockets: who hears whom, told by the tones that arrive.
#include <catch2/catch.hpp>

#include "media/engine.hpp"
#include "media/journal.hpp"
#include "media/stage_for_tests.hpp"
#include "media/wav.hpp"

namespace trunkline::media {
namespace {

using testing::HasHeard;
using testing::Hears;
using testing::kBridge;
using testing::Peer;
using testing::Stage;
using testing::TemporaryFolder;

constexpr double kCustomerTone = 500;
constexpr double kAgentTone = 900;
constexpr double kCoachTone = 1500;

const LegId kCustomer = Stage::Leg(0);
const LegId kAgent = Stage::Leg(1);
const LegId kCoach = Stage::Leg(2);
const std::vector<Deaf> kListen{{kCustomer, kCoach}, {kAgent, kCoach}};
const std::vector<Deaf> kWhisper{{kCustomer, kCoach}};
const std::vector<Deaf> kBarge{};

// A customer talks with an agent, and a supervisor is there.
struct Supervised : Stage {
    Supervised() {
        REQUIRE(engine.SetMatrix(kBridge, kListen));
        Bridge();
    }
    Peer& customer = Add(Codec::kPcma, kCustomerTone);
    Peer& agent = Add(Codec::kPcma, kAgentTone);
    Peer& coach = Add(Codec::kPcma, kCoachTone);

    void Forget() {
        for (auto& peer : peers) peer->Forget();
    }
};

// The longest time, in milliseconds, in which the tone was away.
int LongestGap(const Peer& peer, double hz) {
    int gap = 0;
    int longest = 0;
    for (size_t at = 0; at + kFrameSamples <= peer.heard.size(); at += kFrameSamples) {
        gap = ToneLevel(std::span(peer.heard).subspan(at, kFrameSamples), hz) > 2000 ? 0 : gap + kFrameMillis;
        longest = std::max(longest, gap);
    }
    return longest;
}

}  // namespace

TEST_CASE_METHOD(Supervised, "matrix: listen, whisper and barge are heard by whom they should", "[media][engine]") {
    Converse(300);
    CHECK(Hears(coach, kCustomerTone));
    CHECK(Hears(coach, kAgentTone));
    CHECK_FALSE(HasHeard(agent, kCoachTone));
    CHECK_FALSE(HasHeard(customer, kCoachTone));
    REQUIRE(engine.SetMatrix(kBridge, kWhisper));
    Converse(300);
    CHECK(Hears(agent, kCoachTone));
    CHECK(Hears(agent, kCustomerTone));
    CHECK_FALSE(HasHeard(customer, kCoachTone));
    CHECK(Hears(customer, kAgentTone));
    REQUIRE(engine.SetMatrix(kBridge, kBarge));
    Converse(300);
    CHECK(Hears(customer, kCoachTone));
    CHECK(Hears(customer, kAgentTone));
    CHECK(Hears(agent, kCoachTone));
}

TEST_CASE_METHOD(Supervised, "matrix: switching listen, whisper and barge leaves no gap in what others hear",
                 "[media][engine]") {
    Converse(200);
    Forget();
    for (int round = 0; round < 4; ++round) {
        for (const auto* matrix : {&kWhisper, &kBarge, &kWhisper, &kListen}) {
            REQUIRE(engine.SetMatrix(kBridge, *matrix));
            ConverseUntil(
                [&, until = customer.heard.size() + 5 * kFrameSamples] { return customer.heard.size() > until; });
        }
    }
    CHECK(HasHeard(customer, kCoachTone));
    CHECK(LongestGap(customer, kAgentTone) <= kFrameMillis);
    CHECK(LongestGap(agent, kCustomerTone) <= kFrameMillis);
    CHECK(LongestGap(coach, kCustomerTone) <= kFrameMillis);
    for (size_t i = 1; i < customer.headers.size(); ++i) {
        CHECK(customer.headers[i].sequence == static_cast<uint16_t>(customer.headers[i - 1].sequence + 1));
        CHECK(customer.headers[i].ssrc == customer.headers[0].ssrc);
    }
}

TEST_CASE("matrix: whoever joins by a matrix set before is never heard by the deaf, not for one packet",
          "[media][engine]") {
    Stage stage;
    Peer& customer = stage.Add(Codec::kPcma, kCustomerTone);
    Peer& agent = stage.Add(Codec::kPcma, kAgentTone);
    stage.Add(Codec::kPcma, kCoachTone);
    REQUIRE(stage.engine.Connect(kBridge, kCustomer));
    REQUIRE(stage.engine.Connect(kBridge, kAgent));
    stage.Converse(200);
    REQUIRE(stage.engine.SetMatrix(kBridge, kWhisper));
    REQUIRE(stage.engine.Connect(kBridge, kCoach));
    REQUIRE(stage.ConverseUntil([&] { return HasHeard(agent, kCoachTone); }));
    CHECK_FALSE(HasHeard(customer, kCoachTone));
    CHECK(HasHeard(customer, kAgentTone));
}

TEST_CASE("matrix: a conference of eight, each hears the seven others", "[media][engine]") {
    EngineOptions options;
    options.threads = 2;
    Stage stage(options);
    const std::vector<double> tones{500, 700, 900, 1100, 1300, 1500, 1700, 1900};
    // Seven voices at once must not reach the end of the range, which would make tones of its own.
    for (const double hz : tones) stage.Add(hz < 1200 ? Codec::kPcma : Codec::kPcmu, hz).SetTone({hz, 0, 4000});
    stage.Bridge();
    stage.Converse(400);
    for (size_t listener = 0; listener < tones.size(); ++listener) {
        for (size_t speaker = 0; speaker < tones.size(); ++speaker) {
            CAPTURE(listener, speaker);
            CHECK((ToneLevel(stage.peers[listener]->heard, tones[speaker]) > 1000) == (listener != speaker));
        }
    }
}

TEST_CASE("matrix: two pairs talk in one bridge without hearing each other", "[media][engine]") {
    Stage stage;
    for (const double hz : {500.0, 900.0, 1500.0, 1900.0}) stage.Add(Codec::kPcma, hz);
    std::vector<Deaf> holes;
    for (const size_t i : {0, 1}) {
        for (const size_t k : {2, 3}) {
            holes.push_back({Stage::Leg(i), Stage::Leg(k)});
            holes.push_back({Stage::Leg(k), Stage::Leg(i)});
        }
    }
    REQUIRE(stage.engine.SetMatrix(kBridge, holes));
    stage.Bridge();
    stage.Converse(300);
    CHECK(Hears(*stage.peers[0], 900));
    CHECK_FALSE(HasHeard(*stage.peers[0], 1500));
    CHECK(Hears(*stage.peers[3], 1500));
    CHECK_FALSE(HasHeard(*stage.peers[3], 500));
}

TEST_CASE_METHOD(Supervised, "matrix: a recording without the coach has no whisper, with him it has the barge",
                 "[media][engine]") {
    TemporaryFolder folder;
    REQUIRE(engine.Record(RecordingId("rec"), folder / "rec.journal", {kCustomer}, {kAgent}));
    REQUIRE(engine.SetMatrix(kBridge, kWhisper));
    Converse(400);
    CHECK(Hears(agent, kCoachTone));
    REQUIRE(engine.AddToRecording(RecordingId("rec"), kCoach, Side::kRight));
    REQUIRE(engine.SetMatrix(kBridge, kBarge));
    Converse(300);
    REQUIRE(engine.RemoveFromRecording(RecordingId("rec"), kCoach));
    REQUIRE(engine.SetMatrix(kBridge, kWhisper));
    Converse(300);
    REQUIRE(engine.StopRecording(RecordingId("rec")));
    REQUIRE(log.Next<RecordingClosed>());
    REQUIRE(RenderWav(folder / "rec.journal", folder / "rec.wav"));
    const auto wav = ReadWav(folder / "rec.wav");
    REQUIRE(wav);
    std::vector<int16_t> left;
    std::vector<int16_t> right;
    for (size_t i = 0; i + 1 < wav->samples.size(); i += 2) {
        left.push_back(wav->samples[i]);
        right.push_back(wav->samples[i + 1]);
    }
    const auto at = [](const std::vector<int16_t>& side, int from, int to) {
        return std::span(side).subspan(static_cast<size_t>(from) * 8, static_cast<size_t>(to - from) * 8);
    };
    const int length = static_cast<int>(right.size() / 8);
    CHECK(ToneLevel(at(right, 100, 450), kAgentTone) > 2000);
    CHECK(ToneLevel(at(right, 0, 450), kCoachTone) < 200);
    CHECK(ToneLevel(at(right, 600, 800), kCoachTone) > 2000);
    CHECK(ToneLevel(at(right, length - 250, length - 20), kCoachTone) < 200);
    CHECK(ToneLevel(left, kCoachTone) < 200);
}

}  // namespace trunkline::media
