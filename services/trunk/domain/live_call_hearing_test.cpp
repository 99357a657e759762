// Who hears whom on a call, what of it is recorded, and calls of our own.
#include "trunk/domain/live_call_fixture.hpp"

using namespace trunkline;
using namespace trunkline::trunk;
using namespace trunkline::trunk::fixture;

namespace {

const LegId kCustomer("customer");
const LegId kAgent("agent");
const LegId kCoach("coach");

// An agent and a supervisor are up; the call is recorded.
struct Supervised : Scene {
    Supervised() {
        Answer();
        Join("agent");
        Join("coach");
        Do(action::StartRecording{RecordingId("r"), false});
    }
    Effects Arrange(std::vector<Hearing> hearing, bool record_private = false) {
        return Do(action::Bridge{{kCustomer, kAgent, kCoach}, std::move(hearing), record_private});
    }
    Effects Whisper(bool record_private = false) {
        return Arrange({{kCustomer, {kAgent}}, {kAgent, {kCustomer, kCoach}}, {kCoach, {kCustomer, kAgent}}},
                       record_private);
    }
    // Legs put into (+) and taken out of (-) the recording.
    static std::string Recorded(const Effects& effects) {
        std::string changes;
        for (const Effect& effect : effects) {
            if (const auto* leg = std::get_if<effect::RecordLeg>(&effect)) {
                changes += (leg->on ? "+" : "-") + leg->leg.str();
            }
        }
        return changes;
    }
};

size_t IndexOf(const Effects& effects, size_t kind) {
    return static_cast<size_t>(
        std::find_if(effects.begin(), effects.end(), [&](const Effect& each) { return each.index() == kind; }) -
        effects.begin());
}

}  // namespace

TEST_CASE_METHOD(Supervised, "hearing: a whisper is a hole between customer and coach and is not recorded",
                 "[trunk][hearing]") {
    const Effects effects = Whisper();
    const auto* matrix = Find<effect::SetMatrix>(effects);
    REQUIRE(matrix != nullptr);
    REQUIRE(matrix->holes.size() == 1);
    CHECK(matrix->holes[0].listener == kCustomer);
    CHECK(matrix->holes[0].speaker == kCoach);
    CHECK(Recorded(effects) == "+agent");
    // The matrix stands before anybody joins, so not one packet is heard by the wrong one.
    CHECK(IndexOf(effects, Effect(effect::SetMatrix{}).index()) < IndexOf(effects, Effect(effect::Connect{}).index()));
}

TEST_CASE_METHOD(Supervised, "hearing: switching to barge and back touches the matrix and the recording alone",
                 "[trunk][hearing]") {
    Whisper();
    const Effects barge = Arrange({});
    CHECK(Find<effect::SetMatrix>(barge)->holes.empty());
    CHECK(Recorded(barge) == "+coach");
    const Effects whisper = Whisper();
    CHECK(Recorded(whisper) == "-coach");
    CHECK(IndexOf(whisper, Effect(effect::RecordLeg{}).index()) <
          IndexOf(whisper, Effect(effect::SetMatrix{}).index()));
    for (const Effects* effects : {&barge, &whisper}) {
        CHECK(Find<effect::Connect>(*effects) == nullptr);
        CHECK(Find<effect::Disconnect>(*effects) == nullptr);
        CHECK(Find<effect::OfferHold>(*effects) == nullptr);
    }
}

TEST_CASE_METHOD(Supervised, "hearing: a queue may want whispers and consultations in the recording",
                 "[trunk][hearing]") {
    CHECK(Recorded(Whisper(true)) == "+agent+coach");
    CHECK(Recorded(Do(action::Bridge{{kAgent, kCoach}, {}, false})) == "-agent-coach");
    CHECK(Recorded(Do(action::Bridge{{kAgent, kCoach}, {}, true})) == "+agent+coach");
}

TEST_CASE_METHOD(Supervised, "hearing: a muted leg is heard by nobody and not recorded", "[trunk][hearing]") {
    Do(action::Bridge{{kCustomer, kAgent}, {}, false});
    const Effects muted = Do(action::Bridge{{kCustomer, kAgent}, {{kAgent, {kCustomer}}}, false});
    CHECK(Find<effect::SetMatrix>(muted)->holes.size() == 1);
    CHECK(Recorded(muted) == "-agent");
    const Effects open = Do(action::Bridge{{kCustomer, kAgent}, {}, false});
    CHECK(Find<effect::SetMatrix>(open)->holes.empty());
    CHECK(Recorded(open) == "+agent");
}

TEST_CASE_METHOD(Supervised, "hearing: who is not in the bridge cannot be named", "[trunk][hearing]") {
    CHECK(FailureOf(Do(action::Bridge{{kCustomer, kAgent}, {{kAgent, {kCoach}}}, false})) == "INVALID");
    CHECK(FailureOf(Do(action::Bridge{{kCustomer, kAgent}, {{kCoach, {kAgent}}}, false})) == "INVALID");
    CHECK_FALSE(leg("agent").bridged);
}

TEST_CASE("hearing: a plain bridge has no matrix at all", "[trunk][hearing]") {
    Scene scene;
    scene.Answer();
    scene.Join("agent");
    CHECK(Find<effect::SetMatrix>(scene.Do(action::Bridge{{kCustomer, kAgent}})) == nullptr);
}

namespace {

Call OwnCall(TimePoint now) {
    Call call = NewCall(now);
    call.direction = CallDirection::kOutbound;
    call.is_customer_dialled = false;
    call.legs[0].state = LegState::kCalling;
    return call;
}

action::Dial DialCustomer() {
    action::Dial dial;
    dial.leg = kCustomer;
    dial.role = Role::kCustomer;
    dial.target = OutsideTarget{"13800138000", "carrier"};
    return dial;
}

}  // namespace

TEST_CASE("own call: the agent's leg first, then the customer's, once", "[trunk][call]") {
    Scene scene;
    scene.call = LiveCall(OwnCall(scene.clock.Now()));
    scene.Join("agent");
    CHECK(Find<effect::DialLeg>(scene.Do(DialCustomer()))->dial.leg == kCustomer);
    CHECK(scene.FailureOf(scene.Do(DialCustomer())) == "WRONG_STATE");
    scene.On(input::LegDialled{kCustomer});
    CHECK(Told<event::LegAnswered>(scene.On(input::LegAnswered{kCustomer}))->leg == kCustomer);
    CHECK(scene.call.call().answered);
    CHECK(scene.FailureOf(scene.Do(action::Bridge{{kCustomer, kAgent}})).empty());
}

TEST_CASE("own call: a customer who cannot be dialled ends it with the reason", "[trunk][call]") {
    Scene scene;
    scene.call = LiveCall(OwnCall(scene.clock.Now()));
    scene.Join("agent");
    scene.Do("d", DialCustomer());
    const Effects effects =
        scene.On(input::EffectFailed{"d", kCustomer, {}, {Code::kNotFound, "UNKNOWN_TRUNK", "there is no trunk"}});
    CHECK(scene.FailureOf(effects) == "UNKNOWN_TRUNK");
    CHECK(scene.call.HasEnded());
    CHECK(Find<effect::EndLeg>(effects)->leg == kAgent);
}

TEST_CASE("own call: the customer's leg of an incoming call is not dialled", "[trunk][call]") {
    Scene scene;
    CHECK(scene.FailureOf(scene.Do(DialCustomer())) == "WRONG_STATE");
}
