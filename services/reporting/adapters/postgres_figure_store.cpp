// SQL of the figures.
#include "reporting/adapters/postgres_figure_store.hpp"

namespace trunkline::reporting {
namespace {

constexpr const char* kKnownZone = "SELECT EXISTS (SELECT 1 FROM pg_timezone_names WHERE name = $1)";
// The local date asked for, or today's; NULL when the text is no date.
constexpr const char* kDate =
    "SELECT CASE WHEN $1 = '' THEN (to_timestamp($2::bigint / 1000.0) AT TIME ZONE $3)::date::text"
    " WHEN $1 ~ '^\\d{4}-\\d{2}-\\d{2}$' THEN make_date(substr($1, 1, 4)::int, substr($1, 6, 2)::int,"
    " substr($1, 9, 2)::int)::text END";
// A local day is [local midnight, next local midnight) as UTC (kpi conventions, time zone).
constexpr const char* kMidnights =
    "SELECT round(extract(epoch FROM day AT TIME ZONE $3) * 1000)::bigint FROM"
    " generate_series($1::date::timestamp, ($2::date + 1)::timestamp, '1 day') AS day ORDER BY day";
constexpr const char* kQueueSegments =
    "SELECT queue_id, outcome, coalesce(round(extract(epoch FROM left_time - queued_time) * 1000), 0)::bigint AS wait,"
    " threshold_ms, medium, round(extract(epoch FROM queued_time) * 1000)::bigint AS at FROM queue_segment"
    " WHERE queued_time >= to_timestamp($1::bigint / 1000.0) AND queued_time < to_timestamp($2::bigint / 1000.0)"
    " AND ($3 = '' OR queue_id = $3) AND ($4 = '' OR medium = $4) AND callback_id = ''";
constexpr const char* kCallbacks =
    "SELECT queue_id, result, coalesce(round(extract(epoch FROM end_time - ask_time) * 1000), 0)::bigint AS took"
    " FROM callback WHERE ask_time >= to_timestamp($1::bigint / 1000.0)"
    " AND ask_time < to_timestamp($2::bigint / 1000.0) AND ($3 = '' OR queue_id = $3)";
constexpr const char* kAgentSegments =
    "SELECT queue_id, talk_ms, hold_ms, wrap_up_ms, medium, contact_id, agent_id,"
    " round(extract(epoch FROM start_time) * 1000)::bigint AS at, EXISTS (SELECT 1 FROM transfer WHERE"
    " transfer.contact_id = agent_segment.contact_id AND from_agent_id = agent_id) AS transferred FROM agent_segment"
    " WHERE start_time >= to_timestamp($1::bigint / 1000.0) AND start_time < to_timestamp($2::bigint / 1000.0)"
    " AND ($3 = '' OR queue_id = $3) AND ($4 = '' OR medium = $4)";
// How an agent stands now has lasted until now.
constexpr const char* kStates =
    "WITH spans AS (SELECT agent_id, state, start_time, end_time FROM agent_state"
    " UNION ALL SELECT agent_id, state, since, to_timestamp($3::bigint / 1000.0) FROM agent_now)"
    " SELECT agent_id, state, round(extract(epoch FROM start_time) * 1000)::bigint AS start,"
    " round(extract(epoch FROM end_time) * 1000)::bigint AS finish FROM spans"
    " WHERE start_time < to_timestamp($2::bigint / 1000.0) AND end_time > to_timestamp($1::bigint / 1000.0)"
    " AND state <> 1";
constexpr const char* kArrivals =
    "WITH served AS (SELECT contact_id, sum(talk_ms + hold_ms) AS talk, sum(coalesce(wrap_up_ms, 0)) AS wrap_up"
    " FROM agent_segment WHERE talk_ms IS NOT NULL GROUP BY contact_id), first AS (SELECT DISTINCT ON (contact_id) *"
    " FROM queue_segment WHERE queued_time >= $1::date::timestamp AT TIME ZONE $2"
    " AND queued_time < ($1::date + 1)::timestamp AT TIME ZONE $2 AND callback_id = ''"
    " ORDER BY contact_id, queued_time)"
    " SELECT round(extract(epoch FROM queued_time) * 1000)::bigint AS at, queue_id, outcome, talk::bigint,"
    " wrap_up::bigint, coalesce(round(extract(epoch FROM left_time - queued_time) * 1000), 0)::bigint AS wait"
    " FROM first LEFT JOIN served USING (contact_id) ORDER BY queued_time LIMIT 100000";
constexpr const char* kTimeline =
    "SELECT round(extract(epoch FROM time) * 1000)::bigint AS at, source, type, payload FROM timeline"
    " WHERE contact_id = $1 ORDER BY time, source, sequence LIMIT 10000";

Duration Millis(const pqxx::field& field) { return std::chrono::milliseconds{field.as<int64_t>()}; }

Error BadDate(const std::string& date) {
    return {Code::kInvalidArgument, "BAD_DATE", "'" + date + "' is not a date such as 2026-11-23"};
}

std::string CheckedDate(pqxx::work& transaction, const std::string& date, const std::string& time_zone, TimePoint now) {
    if (!transaction.exec_params(kKnownZone, time_zone)[0][0].as<bool>()) {
        throw db::Rollback{{Code::kInvalidArgument, "UNKNOWN_TIME_ZONE",
                            "'" + time_zone + "' is not a time zone; use an IANA name such as Asia/Shanghai"}};
    }
    try {
        const auto row = transaction.exec_params(kDate, date, ToUnixMillis(now), time_zone);
        if (row[0][0].is_null()) {
            throw db::Rollback{BadDate(date)};
        }
        return row[0][0].as<std::string>();
    } catch (const pqxx::data_exception&) {
        throw db::Rollback{BadDate(date)};
    }
}

// The first date, and where its days and those up to the last one begin.
struct Days {
    std::string date;
    std::vector<TimePoint> midnights;
};

Days CheckedDays(pqxx::work& transaction, const DayQuery& query, TimePoint now) {
    Days days;
    days.date = CheckedDate(transaction, query.date, query.time_zone, now);
    const std::string last =
        query.last_date.empty() ? days.date : CheckedDate(transaction, query.last_date, query.time_zone, now);
    for (const auto& row : transaction.exec_params(kMidnights, days.date, last, query.time_zone)) {
        days.midnights.push_back(FromUnixMillis(row[0].as<int64_t>()));
    }
    if (days.midnights.size() < 2 || days.midnights.size() > kMostDays + 1) {
        throw db::Rollback{{Code::kInvalidArgument, "BAD_PERIOD",
                            days.date + " to " + last + ": the last day must not be before the first, and there are " +
                                std::to_string(kMostDays) + " days at the most"}};
    }
    return days;
}

}  // namespace

Result<DaySegments> PostgresFigureStore::Day(const DayQuery& query) {
    return pool_.Run([&](pqxx::work& transaction) {
        Days days = CheckedDays(transaction, query, clock_.Now());
        const int64_t from = ToUnixMillis(days.midnights.front());
        const int64_t to = ToUnixMillis(days.midnights.back());
        DaySegments day{std::move(days.date), std::move(days.midnights), {}, {}, {}};
        for (const auto& row : transaction.exec_params(kQueueSegments, from, to, query.queue_id, query.medium)) {
            day.queue_segments.push_back({row["queue_id"].as<std::string>(),
                                          static_cast<Outcome>(row["outcome"].as<int>()), Millis(row["wait"]),
                                          Millis(row["threshold_ms"]), row["medium"].as<std::string>(),
                                          FromUnixMillis(row["at"].as<int64_t>())});
        }
        for (const auto& row : transaction.exec_params(kAgentSegments, from, to, query.queue_id, query.medium)) {
            AgentSegment segment{row["queue_id"].as<std::string>(),
                                 Millis(row["talk_ms"]),
                                 Millis(row["hold_ms"]),
                                 {},
                                 row["medium"].as<std::string>(),
                                 FromUnixMillis(row["at"].as<int64_t>()),
                                 row["contact_id"].as<std::string>(),
                                 row["agent_id"].as<std::string>(),
                                 row["transferred"].as<bool>()};
            if (!row["wrap_up_ms"].is_null()) {
                segment.wrap_up = Millis(row["wrap_up_ms"]);
            }
            day.agent_segments.push_back(segment);
        }
        // Of one medium only contacts are asked for; a callback is a wish of somebody who called.
        if (!query.medium.empty()) {
            return day;
        }
        for (const auto& row : transaction.exec_params(kCallbacks, from, to, query.queue_id)) {
            day.callbacks.push_back(
                {row["queue_id"].as<std::string>(), row["result"].as<std::string>(), Millis(row["took"])});
        }
        return day;
    });
}

Result<std::vector<StateSpan>> PostgresFigureStore::States(const DayQuery& query) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<StateSpan> spans;
        const TimePoint now = clock_.Now();
        const Days days = CheckedDays(transaction, query, now);
        for (const auto& row : transaction.exec_params(kStates, ToUnixMillis(days.midnights.front()),
                                                       ToUnixMillis(days.midnights.back()), ToUnixMillis(now))) {
            spans.push_back({row["agent_id"].as<std::string>(), static_cast<AgentState>(row["state"].as<int>()),
                             FromUnixMillis(row["start"].as<int64_t>()), FromUnixMillis(row["finish"].as<int64_t>())});
        }
        return spans;
    });
}

Result<std::vector<ArrivalRow>> PostgresFigureStore::Arrivals(const DayQuery& query) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<ArrivalRow> rows;
        const std::string date = CheckedDate(transaction, query.date, query.time_zone, clock_.Now());
        for (const auto& row : transaction.exec_params(kArrivals, date, query.time_zone)) {
            ArrivalRow arrival{FromUnixMillis(row["at"].as<int64_t>()), row["queue_id"].as<std::string>()};
            arrival.was_served = !row["talk"].is_null();
            if (arrival.was_served) {
                arrival.talk = Millis(row["talk"]);
                arrival.wrap_up = Millis(row["wrap_up"]);
            }
            arrival.has_left = static_cast<Outcome>(row["outcome"].as<int>()) == Outcome::kAbandoned;
            arrival.patience = Millis(row["wait"]);
            rows.push_back(std::move(arrival));
        }
        return rows;
    });
}

Result<std::vector<TimelineRow>> PostgresFigureStore::Timeline(const std::string& contact_id) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<TimelineRow> rows;
        for (const auto& row : transaction.exec_params(kTimeline, contact_id)) {
            rows.push_back({FromUnixMillis(row["at"].as<int64_t>()), row["source"].as<std::string>(),
                            row["type"].as<std::string>(), pqxx::binarystring(row["payload"]).str()});
        }
        return rows;
    });
}

}  // namespace trunkline::reporting
