// The golden set of the definitions, and their edges.
#include "reporting/domain/kpi.hpp"

#include <catch2/catch.hpp>

namespace trunkline::reporting {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

QueueSegment Segment(Outcome outcome, double wait) {
    return {"complaints", outcome, milliseconds{static_cast<int64_t>(wait * 1000)}, seconds{20}};
}

Figures GoldenSet() {
    Figures figures;
    for (const double wait : {3.0, 8.0, 15.0, 20.0, 20.4, 45.0}) {
        figures.Count(Segment(Outcome::kAnswered, wait));
    }
    for (const double wait : {2.0, 5.0, 12.0, 30.0, 50.0}) {
        figures.Count(Segment(Outcome::kAbandoned, wait));
    }
    figures.Count(Segment(Outcome::kFlowOut, 60));
    figures.Count(Segment(Outcome::kSystemError, 1));
    return figures;
}

TEST_CASE("kpi: the golden set gives every published figure", "[reporting][kpi]") {
    const Figures figures = GoldenSet();
    REQUIRE(figures.offered == 13);
    REQUIRE(figures.answered == 6);
    REQUIRE(figures.answered_in_threshold == 4);
    REQUIRE(figures.short_abandoned == 1);
    REQUIRE(figures.abandoned_in_threshold == 2);
    REQUIRE(figures.abandoned_late == 2);
    const auto near = [](double value) { return Approx(value).margin(0.00005); };
    REQUIRE(*figures.ServiceLevel() == near(0.4000));
    REQUIRE(*figures.ServiceLevelIgnored() == near(0.5000));
    REQUIRE(*figures.ServiceLevelPositive() == near(0.6000));
    REQUIRE(*figures.ServiceLevelAnswered() == near(0.6667));
    REQUIRE(*figures.ServiceLevelRaw() == near(0.3077));
    REQUIRE(*figures.AbandonRate() == near(0.3333));
    REQUIRE(*figures.AbandonRateRaw() == near(0.3846));
    REQUIRE(*figures.ConnectRate() == near(0.5000));
    REQUIRE(*figures.ConnectRateRaw() == near(0.4615));
    REQUIRE(*figures.AverageSpeedOfAnswer() == Approx(18.567).margin(0.0005));
    REQUIRE(*figures.AverageTimeToAbandon() == Approx(24.25).margin(0.0005));
}

TEST_CASE("kpi: 70 answered in time, 10 abandoned in time and 20 late give 77.8, 70 and 80 percent",
          "[reporting][kpi]") {
    Figures figures;
    for (int i = 0; i < 70; ++i) {
        figures.Count(Segment(Outcome::kAnswered, 10));
    }
    for (int i = 0; i < 10; ++i) {
        figures.Count(Segment(Outcome::kAbandoned, 10));
    }
    for (int i = 0; i < 20; ++i) {
        figures.Count(Segment(Outcome::kAbandoned, 30));
    }
    REQUIRE(*figures.ServiceLevelIgnored() == Approx(0.7778).margin(0.0001));
    REQUIRE(*figures.ServiceLevel() == Approx(0.70));
    REQUIRE(*figures.ServiceLevelPositive() == Approx(0.80));
}

TEST_CASE("kpi: without a denominator there is no ratio", "[reporting][kpi]") {
    const Figures figures;
    REQUIRE_FALSE(figures.ServiceLevel());
    REQUIRE_FALSE(figures.AbandonRate());
    REQUIRE_FALSE(figures.AverageSpeedOfAnswer());
    REQUIRE_FALSE(figures.AverageHandleTime());
}

TEST_CASE("kpi: open segments and test calls are not offered", "[reporting][kpi]") {
    Figures figures;
    figures.Count(Segment(Outcome::kOpen, 0));
    figures.Count(Segment(Outcome::kTest, 10));
    REQUIRE(figures.offered == 0);
    REQUIRE(figures.open == 1);
}

TEST_CASE("kpi: handle time is talk, hold and wrap-up of each agent's part", "[reporting][kpi]") {
    Figures figures;
    figures.Count(AgentSegment{"complaints", seconds{60}, seconds{10}, seconds{20}});
    figures.Count(AgentSegment{"complaints", seconds{30}, seconds{0}, seconds{0}});
    REQUIRE(*figures.AverageHandleTime() == Approx(60));
    figures.Count(AgentSegment{"complaints", seconds{30}, seconds{0}, std::nullopt});
    REQUIRE(figures.open == 1);
}

TEST_CASE("kpi: a contact with several segments is one contact, transferred once", "[reporting][kpi]") {
    Tally tally;
    const auto part = [&](const char* contact, bool transferred) {
        tally.Count(AgentSegment{"complaints", seconds{60}, {}, seconds{0}, "voice", {}, contact, "1001", transferred});
    };
    part("c1", true);
    part("c1", true);
    part("c1", false);
    part("c2", false);
    const Figures figures = tally.Result();
    REQUIRE(figures.handled == 4);
    REQUIRE(figures.handled_contacts == 2);
    REQUIRE(*figures.TransferRate() == Approx(0.5));
    REQUIRE_FALSE(Tally{}.Result().TransferRate());
}

}  // namespace
TEST_CASE("kpi: callbacks that the customer gave up himself do not count against the rate", "[reporting]") {
    Figures figures;
    for (const char* result : {"CONNECTED", "CONNECTED", "NOT_REACHED", "CALLED_AGAIN", "CANCELLED_BY_CUSTOMER", ""}) {
        figures.Count(CallbackAsked{"q", result, std::chrono::seconds(result[0] == 'C' ? 90 : 0)});
    }
    const Figures& all = figures;
    CHECK_FALSE(Figures{}.CallbackRate());
    CHECK(all.callbacks == 6);
    CHECK(all.callbacks_open == 1);
    CHECK(all.CallbackRate() == Approx(2.0 / 3));
    CHECK(all.AverageCallbackTime() == Approx(90));
}

}  // namespace trunkline::reporting
