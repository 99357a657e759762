// Finding calls, keeping ended ones, and the grace.
#include "trunk/domain/call_registry.hpp"

#include "trunk/domain/live_call_fixture.hpp"

using namespace trunkline;
using namespace trunkline::trunk;
using namespace trunkline::trunk::fixture;

namespace {

Call CallOf(const std::string& id, TimePoint now) {
    Call call = NewCall(now);
    call.id = CallId(id);
    call.legs[0].id = LegId(id + "-customer");
    return call;
}

Effects HangUp(LiveCall& call, TimePoint now) { return call.On(input::ForcedEnd{}, now); }

}  // namespace

TEST_CASE("registry: calls are found by their id and by their legs", "[trunk][registry]") {
    testing::ManualClock clock;
    CallRegistry calls;
    calls.Add(CallOf("a", clock.Now()));
    CHECK(calls.AddLeg(CallId("a"), LegId("agent")));
    CHECK(calls.FindByLeg(LegId("agent")) == calls.Find(CallId("a")));
    CHECK(calls.FindByLeg(LegId("a-customer")) == calls.Find(CallId("a")));
    CHECK_FALSE(calls.AddLeg(CallId("b"), LegId("agent")));
    calls.RemoveLeg(LegId("agent"));
    CHECK(calls.FindByLeg(LegId("agent")) == nullptr);
}

TEST_CASE("registry: ended calls are kept for ten minutes, for their application", "[trunk][registry]") {
    testing::ManualClock clock;
    CallRegistry calls;
    HangUp(calls.Add(CallOf("a", clock.Now())), clock.Now());
    calls.Retire(CallId("a"));
    CHECK(calls.size() == 0);
    CHECK(calls.FindByLeg(LegId("a-customer")) == nullptr);
    CHECK(calls.EndedOf("ivr", TimePoint{}).size() == 1);
    CHECK(calls.EndedOf("acd", TimePoint{}).empty());
    CHECK(calls.EndedOf("ivr", clock.Now() + 1s).empty());
    clock.Advance(10min - 1s);
    calls.ForgetEnded(clock.Now());
    CHECK(calls.EndedOf("ivr", TimePoint{}).size() == 1);
    clock.Advance(1s);
    calls.ForgetEnded(clock.Now());
    CHECK(calls.EndedOf("ivr", TimePoint{}).empty());
}

TEST_CASE("grace: a call alone ends after it, two who talk are left in peace", "[trunk][registry]") {
    Scene scene;
    const TimePoint detached = scene.clock.Now();
    CHECK_FALSE(IsAbandoned(scene.call, detached, detached + 29s, 30s));
    CHECK(IsAbandoned(scene.call, detached, detached + 30s, 30s));
    scene.Answer();
    scene.Join("agent");
    scene.Bridge("agent");
    CHECK_FALSE(IsAbandoned(scene.call, detached, detached + 1h, 30s));
    scene.clock.Advance(1h);
    scene.On(input::LegEnded{LegId("agent"), cause::kRemoteHangUp});
    CHECK_FALSE(IsAbandoned(scene.call, detached, scene.clock.Now() + 29s, 30s));
    CHECK(IsAbandoned(scene.call, detached, scene.clock.Now() + 30s, 30s));
}
