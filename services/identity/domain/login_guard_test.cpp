// Waiting after wrong attempts.
#include "identity/domain/login_guard.hpp"

#include <catch2/catch.hpp>

#include "testing/manual_clock.hpp"

namespace trunkline::identity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("log-in guard: five attempts are free, then each waits twice as long") {
    testing::ManualClock clock;
    Attempts attempts;
    for (int i = 0; i < kFreeFailures; ++i) {
        CHECK(WaitBeforeAttempt(attempts, clock.Now()) == seconds(0));
        attempts = WithAttempt(attempts, clock.Now());
    }
    CHECK(WaitBeforeAttempt(attempts, clock.Now()) == seconds(1));
    attempts = WithAttempt(attempts, clock.Now());
    CHECK(WaitBeforeAttempt(attempts, clock.Now()) == seconds(2));
    clock.Advance(seconds(2));
    CHECK(WaitBeforeAttempt(attempts, clock.Now()) == seconds(0));
}

TEST_CASE("log-in guard: after twenty the name rests for an hour") {
    testing::ManualClock clock;
    Attempts attempts{kLockFailures, clock.Now()};
    clock.Advance(minutes(59));
    CHECK(WaitBeforeAttempt(attempts, clock.Now()) == seconds(60));
    clock.Advance(minutes(1));
    CHECK(WaitBeforeAttempt(attempts, clock.Now()) == seconds(0));
    CHECK(WithAttempt(attempts, clock.Now()).failures == 1);
}

TEST_CASE("log-in guard: fewer are forgotten after a quarter of an hour") {
    testing::ManualClock clock;
    const Attempts attempts{10, clock.Now()};
    clock.Advance(minutes(15));
    CHECK(WaitBeforeAttempt(attempts, clock.Now()) == seconds(0));
    CHECK(WithAttempt(attempts, clock.Now()).failures == 1);
}

TEST_CASE("address guard: twenty failures a minute from one address, others go on") {
    testing::ManualClock clock;
    AddressGuard guard;
    for (int i = 0; i < 20; ++i) {
        CHECK(guard.Allows("10.0.0.1", clock.Now()));
        guard.Failed("10.0.0.1", clock.Now());
    }
    CHECK_FALSE(guard.Allows("10.0.0.1", clock.Now()));
    CHECK(guard.Allows("10.0.0.2", clock.Now()));
    clock.Advance(minutes(1));
    CHECK(guard.Allows("10.0.0.1", clock.Now()));
}

}  // namespace
}  // namespace trunkline::identity
