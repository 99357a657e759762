// Floods and guessed passwords.
#include "trunk/domain/source_guard.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace trunkline;
using namespace trunkline::trunk;

namespace {

using Verdict = SourceGuard::Verdict;
const SteadyTime kStart{1h};

}  // namespace

TEST_CASE("guard: a flood is refused once, then met with silence until the ban is over", "[trunk][guard]") {
    SourceGuard guard({.requests_per_second = 3, .flood_ban = 120s});
    for (int i = 0; i < 3; ++i) {
        CHECK(guard.Judge("a", kStart) == Verdict::kAdmit);
    }
    CHECK(guard.Judge("a", kStart) == Verdict::kRefuse);
    CHECK(guard.Judge("a", kStart + 119s) == Verdict::kDrop);
    CHECK(guard.Judge("b", kStart) == Verdict::kAdmit);
    CHECK(guard.Judge("a", kStart + 120s) == Verdict::kAdmit);
}

TEST_CASE("guard: a steady pace below the limit is never refused", "[trunk][guard]") {
    SourceGuard guard({.requests_per_second = 3});
    for (int i = 0; i < 100; ++i) {
        CHECK(guard.Judge("a", kStart + i * 400ms) == Verdict::kAdmit);
    }
}

TEST_CASE("guard: twenty wrong passwords within ten minutes ban the source for ten", "[trunk][guard]") {
    SourceGuard guard;
    for (int i = 0; i < 19; ++i) {
        guard.CountWrongPassword("a", kStart);
    }
    CHECK(guard.Judge("a", kStart) == Verdict::kAdmit);
    guard.CountWrongPassword("a", kStart);
    CHECK(guard.Judge("a", kStart + 9min) == Verdict::kDrop);
    CHECK(guard.Judge("a", kStart + 10min) == Verdict::kAdmit);
    for (int i = 0; i < 100; ++i) {
        guard.CountWrongPassword("slow", kStart + i * 1min);
    }
    CHECK(guard.Judge("slow", kStart + 100min) == Verdict::kAdmit);
}

TEST_CASE("guard: quiet sources are forgotten, banned and guessing ones are not", "[trunk][guard]") {
    SourceGuard guard({.requests_per_second = 1});
    guard.Judge("quiet", kStart);
    guard.Judge("banned", kStart);
    guard.Judge("banned", kStart);
    guard.CountWrongPassword("guessing", kStart);
    guard.Sweep(kStart + 2s);
    CHECK(guard.size() == 2);
    guard.Sweep(kStart + 10min);
    CHECK(guard.size() == 0);
}
