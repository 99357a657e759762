// Events in, figures out: reporting's tables in a real PostgreSQL, with words for what the centre tells.
#pragma once
#include <google/protobuf/util/time_util.h>

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "bus/outbox.hpp"
#include "reporting/adapters/postgres_figure_store.hpp"
#include "reporting/adapters/projections/projections.hpp"
#include "reporting/app/reports.hpp"
#include "reporting/migrations.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "testing/manual_clock.hpp"
#include "trunkline/acd/v1/events.pb.h"

namespace trunkline::reporting {

using google::protobuf::util::TimeUtil;

struct Desk {
    Desk() { REQUIRE(pool->Migrate(kMigrations).ok()); }

    void Tell(const google::protobuf::Message& message, TimePoint at) {
        const bus::Event event = bus::MakeEvent(message, "key", std::to_string(++told), at);
        bus::Received received{event.event_id, "acd", static_cast<uint64_t>(told), event.key, event.type, at,
                               event.payload};
        const auto apply = [&](pqxx::work& transaction) { Project(transaction, received); };
        REQUIRE(pool->Run(apply).ok());
        REQUIRE(pool->Run(apply).ok());  // twice: every projection may run again
    }
    void Queue(const std::string& segment, TimePoint in) {
        acd::v1::ContactQueued event;
        event.set_contact_id("c-" + segment);
        event.set_segment_id(segment);
        event.set_queue_id("complaints");
        *event.mutable_queued_time() = TimeUtil::MillisecondsToTimestamp(ToUnixMillis(in));
        *event.mutable_service_level_threshold() = TimeUtil::SecondsToDuration(20);
        Tell(event, in);
    }
    void Leave(const std::string& segment, TimePoint in, TimePoint out, acd::v1::ContactDequeued::Outcome outcome) {
        acd::v1::ContactDequeued event;
        event.set_contact_id("c-" + segment);
        event.set_segment_id(segment);
        event.set_queue_id("complaints");
        event.set_outcome(outcome);
        *event.mutable_queued_time() = TimeUtil::MillisecondsToTimestamp(ToUnixMillis(in));
        *event.mutable_left_time() = TimeUtil::MillisecondsToTimestamp(ToUnixMillis(out));
        Tell(event, out);
    }
    // An agent's part in the contact of a queue segment.
    void Part(const std::string& id, const std::string& segment, const std::string& agent, TimePoint start) {
        acd::v1::AgentSegmentEnded event;
        event.set_agent_segment_id(id);
        event.set_contact_id("c-" + segment);
        event.set_queue_id("complaints");
        event.set_agent_id(agent);
        *event.mutable_start_time() = TimeUtil::MillisecondsToTimestamp(ToUnixMillis(start));
        *event.mutable_talk() = TimeUtil::SecondsToDuration(60);
        *event.mutable_hold() = TimeUtil::SecondsToDuration(10);
        Tell(event, start);
    }
    void Transfer(const std::string& segment, const std::string& from_agent, const std::string& result) {
        acd::v1::ContactTransferred event;
        event.set_contact_id("c-" + segment);
        event.set_from_agent_id(from_agent);
        event.set_result(result);
        Tell(event, clock.Now());
    }
    // The agent leaves `previous`, in which he was for `lasted`, for `state`.
    void Change(acd::v1::AgentState previous, Duration lasted, acd::v1::AgentState state, TimePoint at) {
        acd::v1::AgentStateChanged event;
        event.set_agent_id("1001");
        event.set_previous(previous);
        *event.mutable_previous_duration() = TimeUtil::NanosecondsToDuration(lasted.count());
        event.set_state(state);
        *event.mutable_change_time() = TimeUtil::MillisecondsToTimestamp(ToUnixMillis(at));
        Tell(event, at);
    }
    Figures Total(const std::string& date, const std::string& zone = "Asia/Shanghai") {
        return MakeDayReport(store.Day({date, zone, ""}).value()).total;
    }

    std::unique_ptr<db::Pool> pool = testing::ThrowawayPostgres::Shared().NewSchema("reporting");
    testing::ManualClock clock;  // 2026-03-02 09:00 in Shanghai
    PostgresFigureStore store{*pool, clock};
    int told = 0;
};

}  // namespace trunkline::reporting
