// For tests of the live call: a call at hand, and what its effects say.
#pragma once
#include <catch2/catch.hpp>
#include <string>

#include "testing/manual_clock.hpp"
#include "trunk/domain/live_call.hpp"

namespace trunkline::trunk::fixture {

using namespace std::chrono_literals;

// The first effect of that kind, or nullptr.
template <class Wanted>
const Wanted* Find(const Effects& effects) {
    for (const Effect& effect : effects) {
        if (const auto* found = std::get_if<Wanted>(&effect)) {
            return found;
        }
    }
    return nullptr;
}

// The first event of that kind that is told, or nullptr.
template <class Wanted>
const Wanted* Told(const Effects& effects) {
    for (const Effect& effect : effects) {
        if (const auto* tell = std::get_if<effect::Tell>(&effect)) {
            if (const auto* found = std::get_if<Wanted>(&tell->event)) {
                return found;
            }
        }
    }
    return nullptr;
}

inline Call NewCall(TimePoint now) {
    Call call;
    call.id = CallId("call");
    call.contact = ContactId("contact");
    call.application = "ivr";
    call.started = now;
    Leg customer;
    customer.id = LegId("customer");
    customer.state = LegState::kRinging;
    customer.started = now;
    call.legs.push_back(customer);
    return call;
}

// An inbound call of "ivr" whose customer's leg rings.
struct Scene {
    testing::ManualClock clock;
    LiveCall call{NewCall(clock.Now())};
    int commands = 0;

    Effects Do(Action action) { return Do("c" + std::to_string(++commands), std::move(action)); }
    Effects Do(const std::string& id, Action action) {
        return call.Do({id, CallId("call"), call.call().epoch, std::move(action)}, clock.Now());
    }
    Effects On(const Input& input) { return call.On(input, clock.Now()); }

    void Answer() { Do(action::Answer{}); }
    // Dials a leg and has it answered.
    void Join(const std::string& leg) {
        action::Dial dial;
        dial.leg = LegId(leg);
        dial.target = PhoneTarget{"1001"};
        Do(dial);
        On(input::LegDialled{LegId(leg)});
        On(input::LegAnswered{LegId(leg)});
    }
    void Bridge(const std::string& leg) { Do(action::Bridge{{LegId("customer"), LegId(leg)}}); }
    std::string FailureOf(const Effects& effects) const {
        const auto* failed = Told<event::CommandFailed>(effects);
        return failed == nullptr ? "" : failed->reason;
    }
    const Leg& leg(const std::string& id) const { return *call.call().Find(LegId(id)); }
};

}  // namespace trunkline::trunk::fixture
