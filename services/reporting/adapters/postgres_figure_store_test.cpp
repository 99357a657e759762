// Figures and timelines from events in a real PostgreSQL.
#include <catch2/catch.hpp>

#include "reporting/adapters/figure_desk_for_tests.hpp"
#include "reporting/adapters/sentences.hpp"
#include "trunkline/trunk/v1/events.pb.h"

namespace trunkline::reporting {
namespace {

using std::chrono::seconds;

TEST_CASE("figures: answered, abandoned and open segments of a day", "[reporting][database]") {
    Desk desk;
    const TimePoint t = desk.clock.Now();
    desk.Queue("s1", t);
    desk.Leave("s1", t, t + seconds{8}, acd::v1::ContactDequeued::ANSWERED);
    desk.Queue("s2", t);
    desk.Leave("s2", t, t + seconds{30}, acd::v1::ContactDequeued::ABANDONED);
    desk.Queue("s3", t);
    const Figures total = desk.Total("");
    REQUIRE(total.offered == 2);
    REQUIRE(total.open == 1);
    REQUIRE(*total.ServiceLevel() == Approx(0.5));
    REQUIRE(*total.AverageSpeedOfAnswer() == Approx(8.0));
}

TEST_CASE("figures: each medium has its own", "[reporting][database]") {
    Desk desk;
    const TimePoint t = desk.clock.Now();
    desk.Queue("s1", t);
    desk.Leave("s1", t, t + seconds{8}, acd::v1::ContactDequeued::ANSWERED);
    acd::v1::ContactQueued queued;
    queued.set_contact_id("c-s2");
    queued.set_segment_id("s2");
    queued.set_queue_id("complaints");
    queued.set_medium("chat");
    *queued.mutable_queued_time() = TimeUtil::MillisecondsToTimestamp(ToUnixMillis(t));
    *queued.mutable_service_level_threshold() = TimeUtil::SecondsToDuration(20);
    desk.Tell(queued, t);
    desk.Leave("s2", t, t + seconds{30}, acd::v1::ContactDequeued::ABANDONED);
    acd::v1::AgentSegmentEnded part;
    part.set_agent_segment_id("a2");
    part.set_contact_id("c-s2");
    part.set_queue_id("complaints");
    part.set_medium("chat");
    *part.mutable_start_time() = TimeUtil::MillisecondsToTimestamp(ToUnixMillis(t));
    *part.mutable_talk() = TimeUtil::SecondsToDuration(60);
    desk.Tell(part, t);
    const DayReport all = MakeDayReport(desk.store.Day({"", "Asia/Shanghai", ""}).value());
    REQUIRE(all.media.size() == 2);
    REQUIRE(all.media.at("").answered == 1);
    REQUIRE(all.media.at("chat").abandoned_late == 1);
    REQUIRE(all.media.at("chat").open == 1);
    REQUIRE(all.total.offered == 2);
    const DayReport chats = MakeDayReport(desk.store.Day({"", "Asia/Shanghai", "", "chat"}).value());
    REQUIRE(chats.total.offered == 1);
    REQUIRE(chats.queues.at("complaints").answered == 0);
}

TEST_CASE("figures: the end of a segment may arrive before its begin", "[reporting][database]") {
    Desk desk;
    const TimePoint t = desk.clock.Now();
    desk.Leave("s1", t, t + seconds{25}, acd::v1::ContactDequeued::ANSWERED);
    desk.Queue("s1", t);
    REQUIRE(desk.Total("").answered == 1);
    REQUIRE(desk.Total("").answered_in_threshold == 0);
}

TEST_CASE("figures: a segment counts on the local day on which it entered the queue", "[reporting][database]") {
    Desk desk;
    const TimePoint before_midnight = desk.clock.Now() + std::chrono::hours{15} - seconds{1};
    desk.Queue("s1", before_midnight);
    desk.Leave("s1", before_midnight, before_midnight + seconds{10}, acd::v1::ContactDequeued::ANSWERED);
    REQUIRE(desk.Total("2026-03-02").answered == 1);
    REQUIRE(desk.Total("2026-03-03").answered == 0);
    REQUIRE(desk.Total("2026-03-03", "Pacific/Kiritimati").answered == 1);
}

TEST_CASE("figures: talk and wrap-up arrive in any order", "[reporting][database]") {
    Desk desk;
    acd::v1::WrapUpEnded wrapped;
    wrapped.set_agent_segment_id("a1");
    *wrapped.mutable_duration() = TimeUtil::SecondsToDuration(12);
    acd::v1::AgentSegmentEnded ended;
    ended.set_agent_segment_id("a1");
    ended.set_queue_id("complaints");
    *ended.mutable_start_time() = TimeUtil::MillisecondsToTimestamp(ToUnixMillis(desk.clock.Now()));
    *ended.mutable_talk() = TimeUtil::SecondsToDuration(60);
    *ended.mutable_hold() = TimeUtil::SecondsToDuration(8);
    desk.Tell(wrapped, desk.clock.Now());
    desk.Tell(ended, desk.clock.Now());
    REQUIRE(*desk.Total("").AverageHandleTime() == Approx(80));
}

TEST_CASE("arrivals: a day is told as the simulator needs it, one row for each contact", "[reporting][database]") {
    Desk desk;
    const TimePoint t = desk.clock.Now();
    desk.Queue("s1", t + seconds{5});
    desk.Leave("s1", t + seconds{5}, t + seconds{9}, acd::v1::ContactDequeued::ANSWERED);
    for (const char* part : {"a1", "a2"}) {
        acd::v1::AgentSegmentEnded ended;
        ended.set_agent_segment_id(part);
        ended.set_contact_id("c-s1");
        ended.set_queue_id("complaints");
        *ended.mutable_start_time() = TimeUtil::MillisecondsToTimestamp(ToUnixMillis(t));
        *ended.mutable_talk() = TimeUtil::SecondsToDuration(60);
        *ended.mutable_hold() = TimeUtil::SecondsToDuration(5);
        desk.Tell(ended, t);
    }
    desk.Queue("s2", t);
    desk.Leave("s2", t, t + seconds{30}, acd::v1::ContactDequeued::ABANDONED);
    const auto rows = desk.store.Arrivals({"", "Asia/Shanghai", ""}).value();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].has_left);
    CHECK(rows[0].patience == seconds{30});
    CHECK_FALSE(rows[0].was_served);
    CHECK(rows[1].was_served);
    CHECK(rows[1].talk == seconds{130});
    CHECK_FALSE(rows[1].has_left);
}

TEST_CASE("figures: a date or a time zone that makes no sense is named", "[reporting][database]") {
    Desk desk;
    REQUIRE(desk.store.Day({"2026-02-30", "Asia/Shanghai", ""}).error().reason == "BAD_DATE");
    REQUIRE(desk.store.Day({"yesterday", "Asia/Shanghai", ""}).error().reason == "BAD_DATE");
    REQUIRE(desk.store.Day({"", "Mars/Olympus", ""}).error().message.find("Mars/Olympus") != std::string::npos);
}

TEST_CASE("timeline: events of a contact in order of time, in words, numbers masked", "[reporting][database]") {
    Desk desk;
    trunk::v1::CallStarted started;
    started.set_contact_id("c1");
    started.set_from_number("13800138000");
    started.set_to_number("96166");
    started.set_trunk("carrier");
    trunk::v1::CallAnswered answered;
    answered.set_contact_id("c1");
    desk.Tell(answered, desk.clock.Now() + seconds{1});
    desk.Tell(started, desk.clock.Now());
    const auto rows = desk.store.Timeline("c1").value();
    REQUIRE(rows.size() == 2);
    REQUIRE(Sentence(rows[0].type, rows[0].payload) == "Call from 138****8000 to 96166 over trunk carrier");
    REQUIRE(MaskedJson(rows[0].type, rows[0].payload).find("13800138000") == std::string::npos);
    REQUIRE(Sentence(rows[1].type, rows[1].payload) == "Call answered");
    trunk::v1::CallEnded ended;
    *ended.mutable_duration() = TimeUtil::MillisecondsToDuration(49'978);
    CHECK(Sentence("trunkline.trunk.v1.CallEnded", ended.SerializeAsString()) == "Call ended after 50.0 s");
    REQUIRE(desk.store.Timeline("c2").value().empty());
}

}  // namespace
}  // namespace trunkline::reporting
