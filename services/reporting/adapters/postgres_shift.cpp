// One agent's segments of a local day, and their means.
#include "reporting/adapters/postgres_shift.hpp"

#include <google/protobuf/util/time_util.h>

namespace trunkline::reporting {
namespace {

// NULL when the text is no date; an unknown zone is an error of the statement.
constexpr const char* kDate =
    "SELECT coalesce(nullif($1, ''), (to_timestamp($2 / 1000.0) AT TIME ZONE $3)::date::text)::date::text";
constexpr const char* kMeans =
    "SELECT count(*), avg(talk_ms) / 1000.0, avg(hold_ms) / 1000.0, avg(wrap_up_ms) / 1000.0 FROM agent_segment "
    "WHERE agent_id = $1 AND talk_ms IS NOT NULL AND start_time >= ($2::date)::timestamp AT TIME ZONE $3 "
    "AND start_time < ($2::date + 1)::timestamp AT TIME ZONE $3";
constexpr const char* kContacts =
    "SELECT contact_id, queue_id, (extract(epoch FROM start_time) * 1000)::bigint, coalesce(talk_ms, 0) / 1000.0, "
    "coalesce(hold_ms, 0) / 1000.0, wrap_up_ms / 1000.0 FROM agent_segment "
    "WHERE agent_id = $1 AND talk_ms IS NOT NULL AND start_time >= ($2::date)::timestamp AT TIME ZONE $3 "
    "AND start_time < ($2::date + 1)::timestamp AT TIME ZONE $3 ORDER BY start_time DESC LIMIT 50";

void Fill(const pqxx::row& row, v1::ShiftContact& contact) {
    contact.set_contact_id(row[0].as<std::string>());
    contact.set_queue_id(row[1].as<std::string>());
    *contact.mutable_start_time() = google::protobuf::util::TimeUtil::MillisecondsToTimestamp(row[2].as<int64_t>());
    contact.set_talk(row[3].as<double>());
    contact.set_hold(row[4].as<double>());
    if (!row[5].is_null()) {
        contact.set_wrap_up(row[5].as<double>());
    }
}

void FillMeans(const pqxx::row& row, v1::Shift& shift) {
    shift.set_handled(row[0].as<uint64_t>());
    if (!row[1].is_null()) {
        shift.set_average_talk(row[1].as<double>());
    }
    if (!row[2].is_null()) {
        shift.set_average_hold(row[2].as<double>());
    }
    if (!row[3].is_null()) {
        shift.set_average_wrap_up(row[3].as<double>());
    }
}

}  // namespace

Result<v1::Shift> LoadShift(db::Pool& pool, const v1::GetShiftRequest& request, TimePoint now) {
    const std::string zone = request.time_zone().empty() ? "Asia/Shanghai" : request.time_zone();
    return pool.Run([&](pqxx::work& transaction) {
        v1::Shift shift;
        shift.set_agent_id(request.agent_id());
        try {
            shift.set_date(
                transaction.exec_params1(kDate, request.date(), ToUnixMillis(now), zone)[0].as<std::string>());
        } catch (const pqxx::data_exception&) {
            throw db::Rollback{{Code::kInvalidArgument, "BAD_FIELD", "date or time_zone cannot be read"}};
        }
        FillMeans(transaction.exec_params1(kMeans, request.agent_id(), shift.date(), zone), shift);
        for (const auto& row : transaction.exec_params(kContacts, request.agent_id(), shift.date(), zone)) {
            Fill(row, *shift.add_contacts());
        }
        return shift;
    });
}

}  // namespace trunkline::reporting
