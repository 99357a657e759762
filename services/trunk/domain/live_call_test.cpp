// The life of a call from its first ring to its end.
#include "trunk/domain/live_call_fixture.hpp"

using namespace trunkline;
using namespace trunkline::trunk;
using namespace trunkline::trunk::fixture;

TEST_CASE("call: it starts by telling that it started and offering itself", "[trunk][call]") {
    Scene scene;
    const Effects effects = scene.call.Start();
    CHECK(Told<event::CallStarted>(effects) != nullptr);
    CHECK(Told<event::CallOffered>(effects) != nullptr);
}

TEST_CASE("call: Answer answers the ringing customer once", "[trunk][call]") {
    Scene scene;
    const Effects effects = scene.Do(action::Answer{});
    CHECK(Find<effect::AnswerLeg>(effects)->leg == LegId("customer"));
    CHECK(Told<event::LegAnswered>(effects)->leg == LegId("customer"));
    CHECK(scene.leg("customer").state == LegState::kUp);
    CHECK(scene.call.call().answered == scene.clock.Now());
    CHECK(scene.FailureOf(scene.Do(action::Answer{})) == "WRONG_STATE");
}

TEST_CASE("call: Reject refuses a call that was not answered", "[trunk][call]") {
    Scene scene;
    const Effects effects = scene.Do(action::Reject{486});
    CHECK(Find<effect::RejectLeg>(effects)->sip_status == 486);
    CHECK(Told<event::CallEnded>(effects) != nullptr);
    CHECK(scene.call.call().end_cause == EndCause{EndResult::kClientError, "REJECTED", 486});

    Scene answered;
    answered.Answer();
    CHECK(answered.FailureOf(answered.Do(action::Reject{486})) == "WRONG_STATE");
    Scene nonsense;
    CHECK(nonsense.FailureOf(nonsense.Do(action::Reject{200})) == "INVALID");
}

TEST_CASE("call: a command with an old epoch is refused and changes nothing", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Do(action::HandOver{"acd", {{"queue", "complaints"}}});
    const Effects effects = scene.call.Do({"late", CallId("call"), 1, action::HangUp{}}, scene.clock.Now());
    CHECK(scene.FailureOf(effects) == "STALE_EPOCH");
    CHECK_FALSE(scene.call.HasEnded());
}

TEST_CASE("call: HandOver changes the owner, grows the epoch and carries the data", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Do(action::Play{LegId(), {MusicItem{}}, true, false, {}});
    const Effects effects = scene.Do(action::HandOver{"acd", {{"queue", "complaints"}}});
    CHECK(Find<effect::StopPlay>(effects) != nullptr);
    CHECK(Told<event::PlayFinished>(effects) == nullptr);
    CHECK(Told<event::HandedOver>(effects)->from_application == "ivr");
    CHECK(Told<event::CallOffered>(effects) != nullptr);
    CHECK(scene.call.call().application == "acd");
    CHECK(scene.call.call().epoch == 2);
    CHECK(scene.call.call().data.at("queue") == "complaints");
    CHECK(scene.FailureOf(scene.Do(action::HandOver{"", {}})) == "INVALID");
}

TEST_CASE("call: SetData merges and refuses what is too large", "[trunk][call]") {
    Scene scene;
    CHECK(scene.Do(action::SetData{{{"ivr.node", "menu"}}}).empty());
    CHECK(scene.call.call().data.at("ivr.node") == "menu");
    CHECK(scene.FailureOf(scene.Do(action::SetData{{{"a", std::string(5000, 'x')}}})) == "INVALID");
}

TEST_CASE("call: when the customer goes, everybody else is hung up", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Join("agent");
    scene.Bridge("agent");
    action::Dial dial;
    dial.leg = LegId("second");
    dial.target = PhoneTarget{"1002"};
    scene.Do(dial);
    const Effects effects = scene.On(input::LegEnded{LegId("customer"), cause::kRemoteHangUp});
    int ended = 0;
    for (const Effect& effect : effects) {
        ended += std::holds_alternative<effect::EndLeg>(effect) ? 1 : 0;
    }
    CHECK(ended == 2);
    CHECK(scene.leg("agent").state == LegState::kEnded);
    CHECK(scene.leg("second").state == LegState::kEnded);
    CHECK(std::holds_alternative<event::CallEnded>(std::get<effect::Tell>(effects.back()).event));
    CHECK(scene.call.call().end_cause == cause::kRemoteHangUp);
}

TEST_CASE("call: nothing happens any more on a call that has ended", "[trunk][call]") {
    Scene scene;
    scene.Do(action::HangUp{});
    CHECK(scene.On(input::DigitKeyed{LegId("customer"), '1'}).empty());
    CHECK(scene.FailureOf(scene.Do(action::Answer{})) == "UNKNOWN_CALL");
}

TEST_CASE("call: HangUp ends the customer's leg and tells it", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    const Effects effects = scene.Do(action::HangUp{});
    CHECK(Find<effect::EndLeg>(effects)->leg == LegId("customer"));
    CHECK(scene.call.call().end_cause == cause::kApplicationHangUp);
    CHECK(scene.call.call().ended == scene.clock.Now());
}

TEST_CASE("call: lost media ends the call of the customer, and only the leg of another", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Join("agent");
    const Effects effects = scene.On(input::MediaLost{LegId("agent")});
    CHECK(Told<event::LegEnded>(effects)->cause == cause::kMediaTimeout);
    CHECK_FALSE(scene.call.HasEnded());
    scene.On(input::MediaLost{LegId("customer")});
    CHECK(scene.call.call().end_cause == cause::kMediaTimeout);
}

TEST_CASE("call: nobody to go on with it, and the operator, end it", "[trunk][call]") {
    Scene abandoned;
    abandoned.On(input::Abandoned{});
    CHECK(abandoned.call.call().end_cause == cause::kNoApplication);
    Scene forced;
    forced.On(input::ForcedEnd{});
    CHECK(forced.call.HasEnded());
}

TEST_CASE("call: ended legs above 64 are forgotten, live ones never", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Join("kept");
    for (int i = 0; i < 100; ++i) {
        const std::string leg = "leg" + std::to_string(i);
        scene.Join(leg);
        scene.Do(action::HangUpLeg{LegId(leg)});
    }
    CHECK(scene.call.call().legs.size() <= kMaxKeptLegs);
    CHECK(scene.leg("kept").state == LegState::kUp);
}
