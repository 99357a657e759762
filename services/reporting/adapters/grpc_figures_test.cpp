// The figures as they are asked for, from events in a real PostgreSQL: each definition where it is easiest to get
// wrong.
#include "reporting/adapters/grpc_figures.hpp"

#include "reporting/adapters/figure_desk_for_tests.hpp"

namespace trunkline::reporting {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Dequeued = acd::v1::ContactDequeued;

struct Bureau : Desk {
    v1::QueueFigures Day(const std::string& date = "") {
        v1::GetDayRequest request;
        request.set_date(date);
        v1::GetDayResponse response;
        REQUIRE(api.GetDay(nullptr, &request, &response).ok());
        return response.total();
    }
    std::vector<v1::Interval> Intervals(v1::GetIntervalsRequest request) {
        v1::GetIntervalsResponse response;
        REQUIRE(api.GetIntervals(nullptr, &request, &response).ok());
        return {response.intervals().begin(), response.intervals().end()};
    }
    v1::AgentFigures Agent(const std::string& date = "") {
        v1::GetAgentsRequest request;
        request.set_date(date);
        v1::GetAgentsResponse response;
        REQUIRE(api.GetAgents(nullptr, &request, &response).ok());
        REQUIRE(response.agents_size() == 1);
        return response.agents(0);
    }
    // One stay in the queue, begun at `in`.
    void Stay(Dequeued::Outcome outcome, milliseconds wait, TimePoint in) {
        const std::string segment = "s" + std::to_string(++stays);
        Queue(segment, in);
        Leave(segment, in, in + wait, outcome);
    }
    static v1::GetIntervalsRequest Request(const std::string& date, const std::string& zone, uint32_t length) {
        v1::GetIntervalsRequest request;
        request.set_date(date);
        request.set_time_zone(zone);
        request.set_minutes(length);
        return request;
    }

    int stays = 0;
    GrpcFigures api{store, [](std::string_view) {}};
};

TimePoint At(const std::string& rfc3339) {
    google::protobuf::Timestamp time;
    REQUIRE(TimeUtil::FromString(rfc3339, &time));
    return FromUnixMillis(TimeUtil::TimestampToMilliseconds(time));
}

}  // namespace

TEST_CASE("figures: the golden set comes out of the API as it is defined", "[reporting][database]") {
    Bureau bureau;
    const TimePoint t = bureau.clock.Now();
    for (const int wait : {3000, 8000, 15000, 20000, 20400, 45000}) {
        bureau.Stay(Dequeued::ANSWERED, milliseconds{wait}, t);
    }
    for (const int wait : {2000, 5000, 12000, 30000, 50000}) {
        bureau.Stay(Dequeued::ABANDONED, milliseconds{wait}, t);
    }
    bureau.Stay(Dequeued::FLOW_OUT, seconds{60}, t);
    bureau.Stay(Dequeued::SYSTEM_ERROR, seconds{1}, t);
    bureau.Stay(Dequeued::TEST, seconds{1}, t);
    const v1::QueueFigures day = bureau.Day();
    const auto near = [](double value) { return Approx(value).margin(0.00005); };
    CHECK(day.offered() == 13);
    CHECK(day.service_level() == near(0.4));
    CHECK(day.service_level_ignored() == near(0.5));
    CHECK(day.service_level_positive() == near(0.6));
    CHECK(day.service_level_answered() == near(0.66667));
    CHECK(day.service_level_raw() == near(0.30769));
    CHECK(day.abandon_rate() == near(0.33333));
    CHECK(day.abandon_rate_raw() == near(0.38462));
    CHECK(day.connect_rate() == near(0.5));
    CHECK(day.connect_rate_raw() == near(0.46154));
    CHECK(day.average_speed_of_answer() == Approx(18.567).margin(0.0005));
    CHECK(day.average_time_to_abandon() == Approx(24.25));
}

TEST_CASE("figures: the edges of threshold and short abandon are one millisecond wide", "[reporting][database]") {
    Bureau bureau;
    const TimePoint t = bureau.clock.Now();
    bureau.Stay(Dequeued::ANSWERED, milliseconds{20000}, t);
    bureau.Stay(Dequeued::ANSWERED, milliseconds{20001}, t);
    bureau.Stay(Dequeued::ABANDONED, milliseconds{4999}, t);
    bureau.Stay(Dequeued::ABANDONED, milliseconds{5000}, t);
    bureau.Stay(Dequeued::ABANDONED, milliseconds{20000}, t);
    bureau.Stay(Dequeued::ABANDONED, milliseconds{20001}, t);
    const v1::QueueFigures day = bureau.Day();
    CHECK(day.answered_in_threshold() == 1);
    CHECK(day.short_abandoned() == 1);
    CHECK(day.abandoned_in_threshold() == 2);
    CHECK(day.abandoned_late() == 1);
}

TEST_CASE("figures: a segment counts whole in the interval in which it began, at the quarter and at midnight",
          "[reporting][database]") {
    Bureau bureau;
    const TimePoint midnight = At("2026-03-02T16:00:00Z");  // in Shanghai
    bureau.Stay(Dequeued::ANSWERED, minutes{20}, midnight - milliseconds{1});
    bureau.Stay(Dequeued::ANSWERED, seconds{1}, midnight);
    bureau.Stay(Dequeued::ABANDONED, minutes{20}, midnight + minutes{15} - milliseconds{1});
    auto request = Bureau::Request("2026-03-02", "", 15);
    request.set_last_date("2026-03-03");
    const auto rows = bureau.Intervals(request);
    REQUIRE(rows.size() == 192);
    CHECK(rows[95].figures().answered() == 1);
    CHECK(rows[95].figures().answered_in_threshold() == 0);
    CHECK(rows[96].start_time() == TimeUtil::MillisecondsToTimestamp(ToUnixMillis(midnight)));
    CHECK(rows[96].figures().answered() == 1);
    CHECK(rows[96].figures().abandoned_late() == 1);
    CHECK(rows[97].figures().offered() == 0);
    CHECK_FALSE(rows[97].figures().has_service_level());
    CHECK(bureau.Day("2026-03-02").offered() == 1);
    CHECK(bureau.Day("2026-03-03").offered() == 2);
}

TEST_CASE("figures: days on which clocks change have 92 and 100 quarters, 23 and 25 hours", "[reporting][database]") {
    Bureau bureau;
    CHECK(bureau.Intervals(Bureau::Request("2026-03-29", "Europe/Berlin", 15)).size() == 92);
    CHECK(bureau.Intervals(Bureau::Request("2026-10-25", "Europe/Berlin", 15)).size() == 100);
    CHECK(bureau.Intervals(Bureau::Request("2026-10-25", "Europe/Berlin", 60)).size() == 25);
    CHECK(bureau.Intervals(Bureau::Request("2026-10-25", "", 30)).size() == 48);
    // The hour that happens twice is two intervals: 02:10 in summer time, and 02:10 in winter time.
    bureau.Stay(Dequeued::ANSWERED, seconds{1}, At("2026-10-25T00:10:00Z"));
    bureau.Stay(Dequeued::ANSWERED, seconds{1}, At("2026-10-25T01:10:00Z"));
    const auto rows = bureau.Intervals(Bureau::Request("2026-10-25", "Europe/Berlin", 60));
    CHECK(rows[2].figures().answered() == 1);
    CHECK(rows[3].figures().answered() == 1);
    const auto days = bureau.Intervals(Bureau::Request("2026-10-25", "Europe/Berlin", 0));
    REQUIRE(days.size() == 1);
    CHECK(days[0].figures().answered() == 2);
}

TEST_CASE("figures: an event that comes days late changes the interval it belongs to", "[reporting][database]") {
    Bureau bureau;
    const TimePoint t = bureau.clock.Now();
    bureau.Queue("s1", t);
    CHECK(bureau.Day("2026-03-02").open_segments() == 1);
    bureau.clock.Advance(hours{72});
    bureau.Leave("s1", t, t + seconds{8}, Dequeued::ANSWERED);
    CHECK(bureau.Day("2026-03-02").answered() == 1);
    CHECK(bureau.Day("2026-03-02").open_segments() == 0);
    CHECK(bureau.Day().offered() == 0);
}

TEST_CASE("figures: what is told again, put right, replaces what was told first", "[reporting][database]") {
    Bureau bureau;
    const TimePoint t = bureau.clock.Now();
    bureau.Queue("s1", t);
    bureau.Leave("s1", t, t + seconds{8}, Dequeued::SYSTEM_ERROR);
    bureau.Leave("s1", t, t + seconds{12}, Dequeued::ABANDONED);
    CHECK(bureau.Day().system_errors() == 0);
    CHECK(bureau.Day().abandoned_in_threshold() == 1);
    CHECK(bureau.Day().offered() == 1);
}

TEST_CASE("figures: a contact with several stays and several agents is one contact", "[reporting][database]") {
    Bureau bureau;
    const TimePoint t = bureau.clock.Now();
    bureau.Stay(Dequeued::FLOW_OUT, seconds{30}, t);
    bureau.Stay(Dequeued::ANSWERED, seconds{5}, t + seconds{30});
    bureau.Part("a1", "s2", "1001", t + seconds{35});
    bureau.Part("a2", "s2", "1002", t + seconds{95});
    bureau.Part("a3", "s3", "1001", t);
    bureau.Transfer("s2", "1001", "COMPLETED");
    bureau.Transfer("s3", "1001", "FAILED");
    const v1::QueueFigures day = bureau.Day();
    CHECK(day.offered() == 2);
    CHECK(day.flowed_out() == 1);
    CHECK(day.service_level() == Approx(1.0));
    CHECK(day.handled_segments() == 3);
    CHECK(day.handled_contacts() == 2);
    CHECK(day.transferred_contacts() == 1);
    CHECK(day.transfer_rate() == Approx(0.5));
    CHECK(day.average_handle_time() == Approx(70));
}

TEST_CASE("figures: an agent's day holds the part of each state that lies in it, until now", "[reporting][database]") {
    Bureau bureau;
    const TimePoint midnight = At("2026-03-01T16:00:00Z");
    const TimePoint t = midnight + hours{1};
    // Ready since an hour before midnight.
    bureau.Change(acd::v1::READY, hours{2}, acd::v1::RESERVED, t);
    bureau.Change(acd::v1::RESERVED, minutes{1}, acd::v1::TALKING, t + minutes{1});
    // Told late: what came after it stands.
    bureau.Change(acd::v1::WRAP_UP, minutes{5}, acd::v1::NOT_READY, t + minutes{35});
    bureau.Change(acd::v1::TALKING, minutes{29}, acd::v1::WRAP_UP, t + minutes{30});
    bureau.Part("a1", "s1", "1001", t + minutes{1});
    const v1::AgentFigures agent = bureau.Agent();
    CHECK(agent.ready().seconds() == 3600);
    CHECK(agent.ringing().seconds() == 60);
    CHECK(agent.talking().seconds() == 29 * 60);
    CHECK(agent.wrap_up().seconds() == 5 * 60);
    const auto now = std::chrono::duration_cast<seconds>(bureau.clock.Now() - (t + minutes{35}));
    CHECK(agent.not_ready().seconds() == now.count());
    CHECK(agent.occupancy() == Approx(35.0 / 95));
    CHECK(agent.occupancy_without_ring() == Approx(34.0 / 94));
    CHECK(agent.handled_segments() == 1);
    CHECK(agent.average_handle_time() == Approx(70));
    CHECK(bureau.Agent("2026-03-01").ready().seconds() == 3600);
    CHECK_FALSE(bureau.Agent("2026-03-01").has_average_handle_time());
}

TEST_CASE("figures: a period that makes no sense is named", "[reporting][database]") {
    Bureau bureau;
    v1::GetIntervalsResponse response;
    auto request = Bureau::Request("2026-03-02", "", 7);
    CHECK(bureau.api.GetIntervals(nullptr, &request, &response).error_details() == "BAD_INTERVAL");
    request.set_minutes(15);
    request.set_last_date("2026-03-01");
    CHECK(bureau.api.GetIntervals(nullptr, &request, &response).error_details() == "BAD_PERIOD");
    request.set_last_date("2026-06-02");
    CHECK(bureau.api.GetIntervals(nullptr, &request, &response).error_details() == "BAD_PERIOD");
    request.set_last_date("2026-06-01");
    CHECK(bureau.api.GetIntervals(nullptr, &request, &response).ok());
}

}  // namespace trunkline::reporting
