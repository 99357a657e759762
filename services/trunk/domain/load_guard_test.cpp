// Shedding: when it begins, whom it hits, how it ends.
#include "trunk/domain/load_guard.hpp"

#include <catch2/catch.hpp>

namespace trunkline::trunk {
namespace {

constexpr LoadSample kCalm{0.2, 1, 0.9, 0.5};
constexpr LoadSample kBusy{0.95, 1, 0.9, 0.5};

void Feed(LoadGuard& guard, const LoadSample& sample, int times) {
    for (int i = 0; i < times; ++i) {
        guard.Take(sample);
    }
}

int AdmittedOf(LoadGuard& guard, int calls) {
    int admitted = 0;
    for (int i = 0; i < calls; ++i) {
        admitted += guard.Admit(Work::kInboundCall) ? 1 : 0;
    }
    return admitted;
}

TEST_CASE("overload: two bad seconds shed nothing, a calm one starts the count again", "[trunk]") {
    LoadGuard guard;
    Feed(guard, kBusy, 2);
    Feed(guard, kCalm, 1);
    Feed(guard, kBusy, 2);
    CHECK(guard.shed_percent() == 0);
    CHECK(guard.Admit(Work::kOptions));
}

TEST_CASE("overload: the share of refused calls grows with every bad second, up to 90 of 100", "[trunk]") {
    LoadGuard guard;
    Feed(guard, kBusy, 3);
    CHECK(AdmittedOf(guard, 100) == 90);
    Feed(guard, kBusy, 2);
    CHECK(AdmittedOf(guard, 100) == 70);
    Feed(guard, kBusy, 50);
    CHECK(AdmittedOf(guard, 100) == 10);
}

TEST_CASE("overload: keep-alives, registrations and calls of ours are shed before calls of citizens", "[trunk]") {
    LoadGuard guard;
    Feed(guard, kBusy, 3);
    CHECK_FALSE(guard.Admit(Work::kOptions));
    CHECK_FALSE(guard.Admit(Work::kRegisterRefresh));
    CHECK_FALSE(guard.Admit(Work::kOutboundCall));
    CHECK(guard.Admit(Work::kInboundCall));
}

TEST_CASE("overload: between good and bad nothing moves, and calm seconds end the shedding step by step", "[trunk]") {
    LoadGuard guard;
    Feed(guard, kBusy, 4);
    CHECK(guard.shed_percent() == 20);
    Feed(guard, {0.8, 1, 0.9, 0.5}, 5);
    CHECK(guard.shed_percent() == 20);
    Feed(guard, kCalm, 1);
    CHECK(guard.shed_percent() == 10);
    Feed(guard, kCalm, 3);
    CHECK(guard.shed_percent() == 0);
    CHECK(guard.Admit(Work::kOptions));
}

TEST_CASE("overload: every figure can be the one that is too high, and is named", "[trunk]") {
    const auto [sample, reason] = GENERATE(table<LoadSample, std::string>(
        {{{0.9, 1, 1, 1}, "processor"}, {{0, 150, 1, 1}, "lag"}, {{0, 0, 0.04, 1}, "ports"}, {{0, 0, 1, 0}, "disk"}}));
    LoadGuard guard;
    Feed(guard, sample, 3);
    CHECK(guard.shed_percent() == 10);
    CHECK(guard.reason() == reason);
}

}  // namespace
}  // namespace trunkline::trunk
