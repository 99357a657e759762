// Further legs: dialling, bridging, hold, transfer, recording.
#include "trunk/domain/live_call_fixture.hpp"

using namespace trunkline;
using namespace trunkline::trunk;
using namespace trunkline::trunk::fixture;

namespace {

action::Dial DialTo(const std::string& leg) {
    action::Dial dial;
    dial.leg = LegId(leg);
    dial.target = PhoneTarget{"1001"};
    return dial;
}

}  // namespace

TEST_CASE("dial: a leg rings, is answered and ends", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    CHECK(Find<effect::DialLeg>(scene.Do(DialTo("agent")))->dial.leg == LegId("agent"));
    CHECK(Told<event::LegStarted>(scene.On(input::LegDialled{LegId("agent")}))->leg == LegId("agent"));
    CHECK(Told<event::LegRinging>(scene.On(input::LegRang{LegId("agent"), false})) != nullptr);
    CHECK(scene.On(input::LegRang{LegId("agent"), false}).empty());
    CHECK(Told<event::LegAnswered>(scene.On(input::LegAnswered{LegId("agent")})) != nullptr);
    CHECK(scene.On(input::LegAnswered{LegId("agent")}).empty());
    const Effects effects = scene.On(input::LegEnded{LegId("agent"), cause::kRemoteHangUp});
    CHECK(Told<event::LegEnded>(effects)->cause == cause::kRemoteHangUp);
    CHECK(Find<effect::EndLeg>(effects) == nullptr);
    CHECK_FALSE(scene.call.HasEnded());
}

TEST_CASE("dial: what cannot be dialled is refused", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    CHECK(scene.FailureOf(scene.Do(DialTo(""))) == "INVALID");
    CHECK(scene.FailureOf(scene.Do(DialTo("customer"))) == "INVALID");
    auto header = DialTo("agent");
    header.headers["Contact"] = "<sip:evil@example.org>";
    CHECK(scene.FailureOf(scene.Do(header)) == "INVALID");
    auto split = DialTo("agent");
    split.headers["X-Queue"] = "a\r\nContact: b";
    CHECK(scene.FailureOf(scene.Do(split)) == "INVALID");
    for (size_t i = 1; i < kMaxLiveLegs; ++i) {
        CHECK(scene.FailureOf(scene.Do(DialTo("leg" + std::to_string(i)))).empty());
    }
    CHECK(scene.FailureOf(scene.Do(DialTo("one too many"))) == "WRONG_STATE");
}

TEST_CASE("dial: a phone that is not registered is told as the command's failure, not as a leg", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Do("dial", DialTo("agent"));
    const Effects effects = scene.On(input::EffectFailed{
        "dial", LegId("agent"), {}, {Code::kUnavailable, "PHONE_NOT_REGISTERED", "phone 1001 is not registered"}});
    CHECK(Told<event::CommandFailed>(effects)->command_id == "dial");
    CHECK(scene.FailureOf(effects) == "PHONE_NOT_REGISTERED");
    CHECK(scene.call.call().Find(LegId("agent")) == nullptr);
}

TEST_CASE("hang up leg: a ringing one is cancelled, one that is up is hung up", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Do(DialTo("ringing"));
    scene.Join("up");
    CHECK(Told<event::LegEnded>(scene.Do(action::HangUpLeg{LegId("ringing")}))->cause == cause::kCancelled);
    const Effects effects = scene.Do(action::HangUpLeg{LegId("up")});
    CHECK(Told<event::LegEnded>(effects)->cause == cause::kApplicationHangUp);
    CHECK(Find<effect::EndLeg>(effects)->leg == LegId("up"));
    CHECK(scene.FailureOf(scene.Do(action::HangUpLeg{LegId("up")})) == "WRONG_STATE");
    CHECK(scene.FailureOf(scene.Do(action::HangUpLeg{LegId("nobody")})) == "UNKNOWN_LEG");
    scene.Do(action::HangUpLeg{LegId("customer")});
    CHECK(scene.call.HasEnded());
}

TEST_CASE("bridge: exactly the named legs hear each other", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Join("agent");
    scene.Join("second");
    const Effects first = scene.Do("b1", action::Bridge{{LegId("customer"), LegId("agent")}});
    CHECK(Told<event::LegsBridged>(first)->command_id == "b1");
    CHECK(scene.leg("customer").bridged);
    CHECK(scene.leg("agent").bridged_at == scene.clock.Now());
    const Effects second = scene.Do(action::Bridge{{LegId("customer"), LegId("second")}});
    CHECK(Find<effect::Disconnect>(second)->leg == LegId("agent"));
    CHECK(Find<effect::Connect>(second)->leg == LegId("second"));
    CHECK_FALSE(scene.leg("agent").bridged);
}

TEST_CASE("bridge: it stops the prompts of its legs and tells so", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Join("agent");
    scene.Do("music", action::Play{LegId(), {MusicItem{}}, true, false, {}});
    const Effects effects = scene.Do(action::Bridge{{LegId("customer"), LegId("agent")}});
    CHECK(Find<effect::StopPlay>(effects)->leg == LegId("customer"));
    CHECK(Told<event::PlayFinished>(effects)->command_id == "music");
    CHECK(Told<event::PlayFinished>(effects)->result == PlayResult::kStopped);
}

TEST_CASE("bridge: legs that are not up or not there are refused", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Do(DialTo("agent"));
    CHECK(scene.FailureOf(scene.Do(action::Bridge{{LegId("customer")}})) == "INVALID");
    CHECK(scene.FailureOf(scene.Do(action::Bridge{{LegId("customer"), LegId("nobody")}})) == "UNKNOWN_LEG");
    CHECK(scene.FailureOf(scene.Do(action::Bridge{{LegId("customer"), LegId("agent")}})) == "WRONG_STATE");
    scene.On(input::LegRang{LegId("agent"), true});
    CHECK(scene.FailureOf(scene.Do(action::Bridge{{LegId("customer"), LegId("agent")}})).empty());
}

TEST_CASE("bridge: who is left alone in it is taken out", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Join("agent");
    scene.Bridge("agent");
    scene.clock.Advance(60s);
    const Effects effects = scene.On(input::LegEnded{LegId("agent"), cause::kRemoteHangUp});
    CHECK_FALSE(scene.leg("customer").bridged);
    CHECK(Find<effect::Disconnect>(effects) != nullptr);
    CHECK(scene.call.alone_since() == scene.clock.Now());
    scene.Join("next");
    scene.Bridge("next");
    scene.Do(action::Unbridge{LegId("next")});
    CHECK_FALSE(scene.leg("customer").bridged);
    CHECK(scene.FailureOf(scene.Do(action::Unbridge{LegId("agent")})) == "WRONG_STATE");
}

TEST_CASE("hold: the phone's hold and resume are told once each", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Join("agent");
    CHECK(Told<event::LegHeld>(scene.On(input::PeerHeld{LegId("agent"), true}))->position == 1);
    CHECK(scene.leg("agent").held);
    CHECK(scene.On(input::PeerHeld{LegId("agent"), true}).empty());
    CHECK(Told<event::LegResumed>(scene.On(input::PeerHeld{LegId("agent"), false}))->position == 2);
    CHECK_FALSE(scene.leg("agent").held);
}

TEST_CASE("hold: HoldLeg takes the leg out of the bridge and offers hold, ResumeLeg offers talk", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Join("agent");
    scene.Bridge("agent");
    const Effects held = scene.Do(action::HoldLeg{LegId("agent")});
    CHECK(Find<effect::OfferHold>(held)->hold);
    CHECK_FALSE(scene.leg("agent").bridged);
    CHECK_FALSE(Find<effect::OfferHold>(scene.Do(action::ResumeLeg{LegId("agent")}))->hold);
    CHECK(scene.FailureOf(scene.Do(action::HoldLeg{LegId("nobody")})) == "UNKNOWN_LEG");
    CHECK(scene.FailureOf(scene.Do(action::ResumeLeg{LegId("nobody")})) == "UNKNOWN_LEG");
}

TEST_CASE("transfer: the phone asks, the application answers and reports", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Join("agent");
    const Effects asked = scene.On(input::TransferAsked{LegId("agent"), "1002", LegId("other")});
    CHECK(Told<event::TransferRequested>(asked)->target == "1002");
    CHECK(Told<event::TransferRequested>(asked)->replaces == LegId("other"));
    CHECK(Find<effect::AnswerTransfer>(scene.Do(action::AnswerTransfer{LegId("agent"), true, 0}))->accept);
    CHECK(Find<effect::ReportTransfer>(scene.Do(action::ReportTransfer{LegId("agent"), 480}))->sip_status == 480);
    CHECK(scene.FailureOf(scene.Do(action::ReportTransfer{LegId("nobody"), 200})) == "UNKNOWN_LEG");
}

TEST_CASE("recording: the customer and everybody bridged with him, as they come and go", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Join("agent");
    scene.Bridge("agent");
    const Effects started = scene.Do(action::StartRecording{RecordingId("r"), true});
    CHECK(Find<effect::StartRecording>(started)->customer == LegId("customer"));
    CHECK(Find<effect::StartRecording>(started)->others == std::vector{LegId("agent")});
    CHECK(Told<event::RecordingStarted>(scene.On(input::RecordingStarted{RecordingId("r")})) != nullptr);
    CHECK(scene.Do(action::StartRecording{RecordingId("r"), true}).empty());
    CHECK(scene.FailureOf(scene.Do(action::StartRecording{RecordingId("other"), true})) == "WRONG_STATE");

    scene.Join("second");
    const Effects swapped = scene.Do(action::Bridge{{LegId("customer"), LegId("second")}});
    std::vector<std::pair<std::string, bool>> changes;
    for (const Effect& effect : swapped) {
        if (const auto* leg = std::get_if<effect::RecordLeg>(&effect)) {
            changes.emplace_back(leg->leg.str(), leg->on);
        }
    }
    CHECK(changes == std::vector<std::pair<std::string, bool>>{{"agent", false}, {"second", true}});
    CHECK(Find<effect::PauseRecording>(scene.Do(action::PauseRecording{true}))->paused);
    CHECK(Find<effect::StopRecording>(scene.Do(action::HangUp{}))->recording == RecordingId("r"));
}

TEST_CASE("recording: stopping ends it, and without one there is nothing to pause or stop", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    CHECK(scene.FailureOf(scene.Do(action::PauseRecording{true})) == "WRONG_STATE");
    CHECK(scene.FailureOf(scene.Do(action::StopRecording{})) == "WRONG_STATE");
    CHECK(scene.FailureOf(scene.Do(action::StartRecording{RecordingId(), false})) == "INVALID");
    scene.Do(action::StartRecording{RecordingId("r"), false});
    CHECK(Find<effect::StopRecording>(scene.Do(action::StopRecording{}))->recording == RecordingId("r"));
    CHECK(scene.call.call().recording.empty());
}

TEST_CASE("recording: when the spool cannot take it, only a call that must be recorded ends", "[trunk][call]") {
    const Error full{Code::kUnavailable, "RECORDING_FAILED", "the spool is full"};
    for (const bool required : {false, true}) {
        Scene scene;
        scene.Answer();
        scene.Do("rec", action::StartRecording{RecordingId("r"), required});
        const Effects effects = scene.On(input::EffectFailed{"rec", {}, RecordingId("r"), full});
        CHECK(scene.FailureOf(effects) == "RECORDING_FAILED");
        CHECK(scene.call.HasEnded() == required);
        CHECK(scene.call.call().end_cause == (required ? cause::kNoRecording : EndCause{}));
    }
}
