// The controller between fakes of everything around it.
#include "trunk/app/call_controller.hpp"

#include <catch2/catch.hpp>

#include "testing/manual_clock.hpp"
#include "testing/sequential_ids.hpp"

using namespace std::chrono_literals;
using namespace trunkline;
using namespace trunkline::trunk;

namespace {

// Writes down what it is asked for; fails where the test says so.
struct FakeOutside final : SipPort, MediaPort, RecorderPort, DigitTimers, EventSink {
    std::vector<std::string> done;
    std::vector<std::pair<std::string, Event>> told;  // application, event
    std::optional<Error> next_failure;

    Status Note(const std::string& what) {
        done.push_back(what);
        if (auto failure = std::exchange(next_failure, std::nullopt)) {
            return *failure;
        }
        return {};
    }
    Status Answer(const LegId& leg) override { return Note("answer " + leg.str()); }
    Status Reject(const LegId& leg, int status) override {
        return Note("reject " + leg.str() + " " + std::to_string(status));
    }
    Status Dial(const action::Dial& dial) override { return Note("dial " + dial.leg.str()); }
    void End(const LegId& leg) override { (void)Note("end " + leg.str()); }
    Status OfferHold(const LegId& leg, bool hold) override { return Note((hold ? "hold " : "resume ") + leg.str()); }
    Status AnswerTransfer(const LegId& leg, bool, int) override { return Note("answer transfer " + leg.str()); }
    Status ReportTransfer(const LegId& leg, int) override { return Note("report transfer " + leg.str()); }
    Status Play(const effect::StartPlay& play) override { return Note("play " + play.leg.str()); }
    void StopPlay(const LegId& leg, const std::string&) override { (void)Note("stop play " + leg.str()); }
    void Connect(const CallId&, const LegId& leg) override { (void)Note("connect " + leg.str()); }
    void Disconnect(const LegId& leg) override { (void)Note("disconnect " + leg.str()); }
    void SetMatrix(const CallId&, const effect::SetMatrix&) override { (void)Note("matrix"); }
    void EndBridge(const CallId&) override { (void)Note("end bridge"); }
    Status SendDigits(const LegId& leg, const std::string&) override { return Note("digits " + leg.str()); }
    Status Start(const Call&, const effect::StartRecording& start, TimePoint) override {
        return Note("record " + start.recording.str());
    }
    void RecordLeg(const RecordingId&, const LegId& leg, bool) override { (void)Note("record leg " + leg.str()); }
    Status Pause(const RecordingId&, bool) override { return Note("pause"); }
    void Stop(const RecordingId& recording) override { (void)Note("stop " + recording.str()); }
    void Start(const LegId& leg, Duration) override { (void)Note("timer " + leg.str()); }
    void Stop(const LegId& leg) override { (void)Note("stop timer " + leg.str()); }
    void Tell(const Call& call, const Event& event, TimePoint) override { told.emplace_back(call.application, event); }

    bool Did(const std::string& what) const { return std::find(done.begin(), done.end(), what) != done.end(); }
    template <class Wanted>
    const Wanted* Last() const {
        for (auto each = told.rbegin(); each != told.rend(); ++each) {
            if (const auto* event = std::get_if<Wanted>(&each->second)) {
                return event;
            }
        }
        return nullptr;
    }
};

struct Scene {
    testing::ManualClock clock;
    testing::SequentialIds ids;
    FakeOutside outside;
    CallController calls{{outside, outside, outside, outside, {&outside}, clock, ids}, 30s};

    Call Arrive(const std::string& leg = "customer") {
        calls.OnIncoming({LegId(leg), "13800138000", "carrier", Number{"96166", "ivr", {{"flow", "hotline"}}}});
        return calls.Calls().back();
    }
    void Do(const Call& call, Action action, const std::string& id = "c", const std::string& application = "ivr") {
        calls.Do(application, {id, call.id, call.epoch, std::move(action)});
    }
    action::Dial DialTo(const std::string& leg) const {
        action::Dial dial;
        dial.leg = LegId(leg);
        dial.target = PhoneTarget{"1001"};
        return dial;
    }
};

}  // namespace

TEST_CASE("controller: an incoming call carries what its number says and is offered", "[trunk][controller]") {
    Scene scene;
    const Call call = scene.Arrive();
    CHECK(call.application == "ivr");
    CHECK(call.data.at("flow") == "hotline");
    CHECK(call.from_number == "13800138000");
    CHECK(call.trunk == "carrier");
    CHECK_FALSE(call.contact.empty());
    CHECK(scene.outside.Last<event::CallOffered>() != nullptr);
}

TEST_CASE("controller: commands become effects, and failures find their way back", "[trunk][controller]") {
    Scene scene;
    const Call call = scene.Arrive();
    scene.Do(call, action::Answer{});
    CHECK(scene.outside.Did("answer customer"));
    scene.outside.next_failure = Error{Code::kNotFound, "PROMPT_MISSING", "prompt p is not stored"};
    scene.Do(call, action::Play{LegId(), {PromptReference{"p"}}, false, false, {}}, "play");
    CHECK(scene.outside.Last<event::CommandFailed>()->command_id == "play");
    CHECK(scene.outside.Last<event::CommandFailed>()->reason == "PROMPT_MISSING");
    scene.outside.next_failure = Error{Code::kUnavailable, "PHONE_NOT_REGISTERED", "1001"};
    scene.Do(call, scene.DialTo("agent"), "dial");
    CHECK(scene.outside.Last<event::CommandFailed>()->command_id == "dial");
    CHECK(scene.outside.Last<event::LegStarted>() == nullptr);
    scene.Do(call, scene.DialTo("agent"), "again");
    CHECK(scene.outside.Last<event::LegStarted>()->leg == LegId("agent"));
}

TEST_CASE("controller: a call whose answer cannot be sent ends", "[trunk][controller]") {
    Scene scene;
    const Call call = scene.Arrive();
    scene.outside.next_failure = Error{Code::kNotFound, "SESSION_GONE", "it was cancelled"};
    scene.Do(call, action::Answer{});
    CHECK(scene.calls.live_calls() == 0);
    CHECK(scene.outside.Last<event::CallEnded>() != nullptr);
}

TEST_CASE("controller: a stranger's command, and one for no call, are refused to who sent them",
          "[trunk][controller]") {
    Scene scene;
    const Call call = scene.Arrive();
    scene.Do(call, action::HangUp{}, "c", "acd");
    CHECK(scene.outside.told.back().first == "acd");
    CHECK(scene.outside.Last<event::CommandFailed>()->reason == "STALE_EPOCH");
    Call unknown = call;
    unknown.id = CallId("nobody");
    scene.Do(unknown, action::HangUp{});
    CHECK(scene.outside.Last<event::CommandFailed>()->reason == "UNKNOWN_CALL");
    CHECK(scene.calls.live_calls() == 1);
}

TEST_CASE("controller: a leg id that another call uses is refused", "[trunk][controller]") {
    Scene scene;
    const Call first = scene.Arrive("one");
    const Call second = scene.Arrive("two");
    scene.Do(first, scene.DialTo("agent"));
    scene.Do(second, scene.DialTo("agent"), "clash");
    CHECK(scene.outside.Last<event::CommandFailed>()->command_id == "clash");
    scene.calls.OnLeg(LegId("agent"), input::LegAnswered{LegId("agent")});
    CHECK(scene.outside.Last<event::LegAnswered>()->leg == LegId("agent"));
    CHECK(scene.calls.Calls()[0].legs.size() + scene.calls.Calls()[1].legs.size() == 3);
}

TEST_CASE("controller: the snapshot has live calls and those that ended while nobody was attached",
          "[trunk][controller]") {
    Scene scene;
    const Call before = scene.Arrive("before");
    scene.Do(before, action::HangUp{});
    scene.clock.Advance(2min);
    scene.calls.Attach("ivr");
    scene.calls.Detach("ivr");
    const Call missed = scene.Arrive("missed");
    scene.calls.OnLeg(LegId("missed"), input::LegEnded{LegId("missed"), cause::kCancelled});
    const Call live = scene.Arrive("live");
    scene.clock.Advance(10s);
    const Snapshot snapshot = scene.calls.Attach("ivr");
    REQUIRE(snapshot.live.size() == 1);
    CHECK(snapshot.live[0].id == live.id);
    REQUIRE(snapshot.ended.size() == 1);
    CHECK(snapshot.ended[0].id == missed.id);
    CHECK(scene.calls.Attach("acd").live.empty());
}

TEST_CASE("controller: a call nobody serves ends after the grace", "[trunk][controller]") {
    Scene scene;
    scene.Arrive();
    scene.clock.Advance(29s);
    scene.calls.Sweep();
    CHECK(scene.calls.live_calls() == 1);
    scene.clock.Advance(1s);
    scene.calls.Sweep();
    CHECK(scene.calls.live_calls() == 0);
    CHECK(scene.outside.Did("end customer"));
}

TEST_CASE("controller: an attached application may take as long as it likes", "[trunk][controller]") {
    Scene scene;
    scene.calls.Attach("ivr");
    scene.Arrive();
    scene.clock.Advance(1h);
    scene.calls.Sweep();
    CHECK(scene.calls.live_calls() == 1);
    scene.calls.Detach("ivr");
    scene.clock.Advance(29s);
    scene.calls.Sweep();
    CHECK(scene.calls.live_calls() == 1);
    scene.clock.Advance(1s);
    scene.calls.Sweep();
    CHECK(scene.calls.live_calls() == 0);
}

TEST_CASE("controller: a required recording that cannot start ends the call", "[trunk][controller]") {
    Scene scene;
    const Call call = scene.Arrive();
    scene.Do(call, action::Answer{});
    scene.outside.next_failure = Error{Code::kUnavailable, "RECORDING_FAILED", "the spool is full"};
    scene.Do(call, action::StartRecording{RecordingId("r"), true}, "rec");
    CHECK(scene.outside.Last<event::CommandFailed>()->reason == "RECORDING_FAILED");
    CHECK(scene.calls.live_calls() == 0);
}

TEST_CASE("controller: the operator hangs up one call or all", "[trunk][controller]") {
    Scene scene;
    const Call first = scene.Arrive("one");
    scene.Arrive("two");
    scene.Arrive("three");
    CHECK(scene.calls.HangUp(first.id).ok());
    CHECK(scene.calls.HangUp(first.id).error().reason == "UNKNOWN_CALL");
    CHECK(scene.calls.live_calls() == 2);
    scene.calls.HangUpAll();
    CHECK(scene.calls.live_calls() == 0);
}
