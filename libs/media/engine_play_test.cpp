// Tests of the engine with real sockets: prompts and digits.
#include "media/engine.hpp"

#include <catch2/catch.hpp>

#include "media/stage_for_tests.hpp"
#include "media/wav.hpp"

namespace trunkline::media {
namespace {

using testing::HasHeard;
using testing::Hears;
using testing::Hush;
using testing::kBridge;
using testing::Peer;
using testing::Stage;
using testing::Talk;
using testing::TemporaryFolder;

}  // namespace

TEST_CASE("engine: a digit is told, and relayed under the listener's payload type", "[media][engine]") {
    Stage stage;
    Peer& left = stage.Add(Codec::kPcma, 500);
    Peer& right = stage.Add(Codec::kPcma, 0);
    left.digit_type = 98;
    Remote announced = left.remote();
    announced.receive_digit_type = 98;
    REQUIRE(stage.engine.SetRemote(Stage::Leg(0), announced));
    stage.Bridge();
    Talk({&left, &right}, 100);
    const uint32_t start = left.timestamp;
    for (uint16_t i = 1; i <= 5; ++i) {
        left.SayDigit(7, false, static_cast<uint16_t>(160 * i), start);
        Hush({&right}, 20);
    }
    for (int i = 0; i < 3; ++i) left.SayDigit(7, true, 800, start);
    const auto digit = stage.log.Next<DigitPressed>();
    REQUIRE(digit);
    CHECK(digit->digit == '7');
    CHECK(digit->millis == 100);
    CHECK(digit->leg == Stage::Leg(0));
    Hush({&right}, 200);
    REQUIRE(right.digit_payloads.size() == 8);
    CHECK(right.digit_payloads.back()[0] == 7);
    CHECK((right.digit_payloads.back()[1] & 0x80) != 0);
    CHECK_FALSE(stage.log.Now<DigitPressed>());
}

TEST_CASE("engine: digits are sent as events, or as tones where none were agreed", "[media][engine]") {
    Stage stage;
    Peer& events = stage.Add(Codec::kPcma, 0);
    Peer& tones = stage.Add(Codec::kPcma, 0);
    Remote plain = tones.remote();
    plain.send_digit_type.reset();
    REQUIRE(stage.engine.SetRemote(Stage::Leg(1), plain));
    Talk({&events, &tones}, 60);
    events.Forget();
    tones.Forget();
    REQUIRE(stage.engine.SendDigits(Stage::Leg(0), "5"));
    REQUIRE(stage.engine.SendDigits(Stage::Leg(1), "5"));
    CHECK(stage.engine.SendDigits(Stage::Leg(0), "5x").error().reason == "INVALID_DIGIT");
    CHECK(stage.ConverseUntil([&] { return events.digit_payloads.size() == 7; }));
    CHECK(stage.ConverseUntil([&] { return HasHeard(tones, 770) && HasHeard(tones, 1336); }));
    REQUIRE(events.digit_payloads.size() == 7);
    CHECK(events.digit_payloads.back() == std::array<uint8_t, 4>{5, 0x8A, 0x03, 0x20});
    CHECK(tones.digit_payloads.empty());
}

TEST_CASE("engine: in a conference digits are made anew for everybody who hears the speaker", "[media][engine]") {
    Stage stage;
    Peer& customer = stage.Add(Codec::kPcma, 0);
    Peer& agent = stage.Add(Codec::kPcma, 0);
    Peer& coach = stage.Add(Codec::kPcmu, 0);
    REQUIRE(stage.engine.SetMatrix(kBridge, {{Stage::Leg(2), Stage::Leg(0)}}));
    stage.Bridge();
    Talk({&customer, &agent, &coach}, 60);
    customer.SayDigit(3, true, 800, customer.timestamp);
    CHECK(stage.ConverseUntil([&] { return agent.digit_payloads.size() == 7; }));
    REQUIRE(agent.digit_payloads.size() == 7);
    CHECK(agent.digit_payloads.back()[0] == 3);
    CHECK(coach.digit_payloads.empty());
    CHECK(customer.digit_payloads.empty());
}

TEST_CASE("engine: a prompt of several clips is heard, alone, and told to be finished", "[media][engine]") {
    TemporaryFolder folder;
    Wav word{1, std::vector<int16_t>(1600)};
    ToneGenerator(Tone{1200}).Fill(word.samples);
    REQUIRE(WriteWav(folder / "word.wav", word));
    Stage stage;
    Peer& caller = stage.Add(Codec::kPcma, 500);
    stage.Add(Codec::kPcma, 900);
    stage.Bridge();
    stage.Converse(100);
    const std::vector<Clip> clips = {WavClip{folder / "word.wav"}, SilenceClip{60}, ToneClip{{1800}, 200}};
    REQUIRE(stage.engine.Play(Stage::Leg(0), PlayId("p1"), clips, {}));
    CHECK(stage.ConverseUntil([&] { return HasHeard(caller, 1200); }));
    caller.Forget();
    CHECK(stage.ConverseUntil([&] { return HasHeard(caller, 1800); }));
    CHECK_FALSE(HasHeard(caller, 900));
    const auto done = stage.log.Next<PlayDone>();
    REQUIRE(done);
    CHECK(done->play == PlayId("p1"));
    CHECK(done->result == PlayResult::kFinished);
    stage.Converse(200);
    CHECK(Hears(caller, 900));
}

TEST_CASE("engine: every play ends with one result", "[media][engine]") {
    Stage stage;
    Peer& caller = stage.Add(Codec::kPcma, 500);
    const LegId leg = Stage::Leg(0);
    const std::vector<Clip> music = {ToneClip{{1000}, 40}, SilenceClip{40}};
    REQUIRE(stage.engine.Play(leg, PlayId("replaced"), music, {true, false}));
    REQUIRE(stage.engine.Play(leg, PlayId("stopped"), music, {true, false}));
    CHECK(stage.log.Next<PlayDone>()->result == PlayResult::kStopped);
    CHECK(stage.ConverseUntil([&] { return HasHeard(caller, 1000); }));
    REQUIRE(stage.engine.StopPlay(leg, PlayId("replaced")));
    CHECK_FALSE(stage.log.Now<PlayDone>());
    REQUIRE(stage.engine.StopPlay(leg, PlayId("stopped")));
    CHECK(stage.log.Next<PlayDone>()->play == PlayId("stopped"));

    REQUIRE(stage.engine.Play(leg, PlayId("barged"), music, {true, true}));
    Talk({&caller}, 60);
    caller.SayDigit(1, true, 800, caller.timestamp);
    const auto barged = stage.log.Next<PlayDone>();
    REQUIRE(barged);
    CHECK(barged->result == PlayResult::kBarged);

    REQUIRE(stage.engine.Play(leg, PlayId("missing"), {WavClip{"/nowhere/x.wav"}}, {}));
    CHECK(stage.log.Next<PlayDone>()->result == PlayResult::kFailed);
    CHECK(stage.engine.Play(leg, PlayId("empty"), {}, {}).error().reason == "INVALID_CLIP");

    REQUIRE(stage.engine.Play(leg, PlayId("closed"), music, {true, false}));
    REQUIRE(stage.engine.CloseLeg(leg));
    CHECK(stage.log.Next<PlayDone>()->result == PlayResult::kStopped);
    CHECK(stage.log.Next<LegClosed>());
}

}  // namespace trunkline::media
