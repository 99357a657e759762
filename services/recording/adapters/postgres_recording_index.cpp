// SQL of recordings; times travel as milliseconds since 1970.
#include "recording/adapters/postgres_recording_index.hpp"

#include <google/protobuf/util/time_util.h>

#include "bus/outbox.hpp"
#include "recording/adapters/recording_rows.hpp"
#include "trunkline/acd/v1/events.pb.h"
#include "trunkline/recording/v1/events.pb.h"
#include "trunkline/trunk/v1/events.pb.h"

namespace trunkline::recording {
namespace {

using google::protobuf::util::TimeUtil;

constexpr const char* kAnnounce =
    "INSERT INTO recordings (recording_id, contact_id, call_id, start_time, duration_millis, state, next_try_time)"
    " VALUES ($1, $2, $3, to_timestamp($4::bigint / 1000.0), $5, 1, to_timestamp($6::bigint / 1000.0))"
    " ON CONFLICT (recording_id) DO NOTHING";
constexpr const char* kTryAgain =
    "UPDATE recordings SET state = 1, tries = 0, next_try_time = to_timestamp($2::bigint / 1000.0)"
    " WHERE recording_id = $1 AND state = 3";
constexpr const char* kNeedsNoJournal = "SELECT 1 FROM recordings WHERE recording_id = $1 AND state IN (2, 4)";
constexpr const char* kColumns =
    "SELECT recording_id, contact_id, call_id, round(extract(epoch FROM start_time) * 1000)::bigint AS started,"
    " duration_millis, state, tries, sha256, size_bytes, gaps, held FROM recordings ";
constexpr const char* kNextDue =
    "WHERE state = 1 AND next_try_time <= to_timestamp($1::bigint / 1000.0) ORDER BY next_try_time LIMIT 1";
constexpr const char* kById = "WHERE recording_id = $1";
// A page goes on after the last recording of the one before, newest first.
constexpr const char* kPage =
    "WHERE ($1 = '' OR contact_id = $1)"
    " AND ($2::bigint IS NULL OR start_time >= to_timestamp($2::bigint / 1000.0))"
    " AND ($3::bigint IS NULL OR start_time < to_timestamp($3::bigint / 1000.0))"
    " AND ($4 = '' OR (start_time, recording_id) <"
    " (SELECT start_time, recording_id FROM recordings WHERE recording_id = $4))"
    " AND ($6 = '' OR EXISTS (SELECT 1 FROM served WHERE served.contact_id = recordings.contact_id AND agent_id = $6))"
    " AND ($7 = '' OR EXISTS (SELECT 1 FROM served WHERE served.contact_id = recordings.contact_id AND queue_id = $7))"
    " ORDER BY start_time DESC, recording_id DESC LIMIT $5";
constexpr const char* kStore =
    "UPDATE recordings SET state = 2, duration_millis = $2, sha256 = $3, size_bytes = $4, gaps = $5, error = ''"
    " WHERE recording_id = $1 AND state = 1";
constexpr const char* kRetry =
    "UPDATE recordings SET tries = $2, next_try_time = to_timestamp($3::bigint / 1000.0), error = $4"
    " WHERE recording_id = $1 AND state = 1";
constexpr const char* kFail = "UPDATE recordings SET state = 3, error = $2 WHERE recording_id = $1 AND state = 1";
constexpr const char* kServed =
    "INSERT INTO served (contact_id, agent_id, queue_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr const char* kPlay =
    "INSERT INTO plays (recording_id, actor, reason, play_time)"
    " VALUES ($1, $2, $3, to_timestamp($4::bigint / 1000.0)) RETURNING play_id";

void Insert(pqxx::work& transaction, const Recording& recording, TimePoint now) {
    transaction.exec_params(kAnnounce, recording.id.str(), recording.contact.str(), recording.call.str(),
                            ToUnixMillis(recording.start), static_cast<int64_t>(recording.duration.count()),
                            ToUnixMillis(now));
}

template <class Fact>
void Tell(pqxx::work& transaction, const Fact& fact, const std::string& identity, TimePoint now) {
    bus::Append(transaction, {bus::MakeEvent(fact, fact.contact_id(), identity, now)});
}

}  // namespace

std::string SelectRecordings(const char* condition) { return std::string(kColumns) + condition; }

Recording ReadRecording(const pqxx::row& row) {
    Recording recording;
    recording.id = RecordingId{row["recording_id"].as<std::string>()};
    recording.contact = ContactId{row["contact_id"].as<std::string>()};
    recording.call = CallId{row["call_id"].as<std::string>()};
    recording.start = FromUnixMillis(row["started"].as<int64_t>());
    recording.duration = std::chrono::milliseconds(row["duration_millis"].as<int64_t>());
    recording.state = static_cast<State>(row["state"].as<int>());
    recording.tries = row["tries"].as<int>();
    recording.sha256 = row["sha256"].as<std::string>();
    recording.size_bytes = row["size_bytes"].as<int64_t>();
    recording.gaps = row["gaps"].as<uint32_t>();
    recording.held = row["held"].as<bool>();
    return recording;
}

Status PostgresRecordingIndex::RunAndRing(const std::function<void(pqxx::work&)>& work) {
    auto done = pool_.Run(work);
    if (done) committed_();
    return done;
}

Result<std::vector<RecordingId>> PostgresRecordingIndex::Announce(const std::vector<Recording>& recordings, bool again,
                                                                  TimePoint now) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<RecordingId> done;
        for (const Recording& recording : recordings) {
            Insert(transaction, recording, now);
            if (again) transaction.exec_params(kTryAgain, recording.id.str(), ToUnixMillis(now));
            if (!transaction.exec_params(kNeedsNoJournal, recording.id.str()).empty()) done.push_back(recording.id);
        }
        return done;
    });
}

Result<std::optional<Recording>> PostgresRecordingIndex::NextDue(TimePoint now) {
    return pool_.Run([&](pqxx::work& transaction) {
        const auto rows = transaction.exec_params(SelectRecordings(kNextDue), ToUnixMillis(now));
        return rows.empty() ? std::optional<Recording>() : ReadRecording(rows[0]);
    });
}

Status PostgresRecordingIndex::MarkStored(const Recording& recording, TimePoint now) {
    return RunAndRing([&](pqxx::work& transaction) {
        const auto changed =
            transaction.exec_params(kStore, recording.id.str(), static_cast<int64_t>(recording.duration.count()),
                                    recording.sha256, recording.size_bytes, recording.gaps);
        if (changed.affected_rows() == 0) return;
        v1::RecordingStored fact;
        fact.set_recording_id(recording.id.str());
        fact.set_contact_id(recording.contact.str());
        fact.set_call_id(recording.call.str());
        *fact.mutable_duration() = TimeUtil::MillisecondsToDuration(recording.duration.count());
        fact.set_sha256(recording.sha256);
        fact.set_gaps(recording.gaps);
        Tell(transaction, fact, recording.id.str(), now);
    });
}

Status PostgresRecordingIndex::MarkRetry(const RecordingId& id, int tries, TimePoint next, const std::string& error) {
    return pool_.Run(
        [&](pqxx::work& transaction) { transaction.exec_params(kRetry, id.str(), tries, ToUnixMillis(next), error); });
}

Status PostgresRecordingIndex::MarkFailed(const Recording& recording, const Error& error, TimePoint now) {
    return RunAndRing([&](pqxx::work& transaction) {
        transaction.exec_params(kFail, recording.id.str(), error.message);
        v1::RecordingFailed fact;
        fact.set_recording_id(recording.id.str());
        fact.set_contact_id(recording.contact.str());
        fact.set_reason(error.reason);
        Tell(transaction, fact, recording.id.str(), now);
    });
}

Result<Recording> PostgresRecordingIndex::Find(const RecordingId& id) {
    return pool_.Run([&](pqxx::work& transaction) {
        const auto rows = transaction.exec_params(SelectRecordings(kById), id.str());
        if (rows.empty()) {
            throw db::Rollback{{Code::kNotFound, "UNKNOWN_RECORDING", "there is no recording " + id.str()}};
        }
        return ReadRecording(rows[0]);
    });
}

Result<std::vector<Recording>> PostgresRecordingIndex::List(const Search& search) {
    const auto millis = [](const std::optional<TimePoint>& time) {
        return time ? std::optional(ToUnixMillis(*time)) : std::nullopt;
    };
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<Recording> recordings;
        for (const pqxx::row& row :
             transaction.exec_params(SelectRecordings(kPage), search.contact, millis(search.from), millis(search.to),
                                     search.after.str(), search.limit, search.agent, search.queue)) {
            recordings.push_back(ReadRecording(row));
        }
        return recordings;
    });
}

Status PostgresRecordingIndex::NotePlay(const Recording& recording, const Play& play, TimePoint now) {
    return RunAndRing([&](pqxx::work& transaction) {
        const auto row =
            transaction.exec_params1(kPlay, recording.id.str(), play.actor, play.reason, ToUnixMillis(now));
        v1::RecordingPlayed fact;
        fact.set_recording_id(recording.id.str());
        fact.set_contact_id(recording.contact.str());
        fact.set_actor(play.actor);
        fact.set_reason(play.reason);
        // Each play is a fact of its own.
        Tell(transaction, fact, recording.id.str() + "/" + row[0].as<std::string>(), now);
    });
}

std::set<std::string> FactTypes() { return {trunk::v1::RecordingFinished().GetTypeName()}; }

bool OnFact(pqxx::work& transaction, const bus::Received& fact) {
    acd::v1::AgentSegmentEnded served;
    if (fact.To(served)) {
        transaction.exec_params(kServed, served.contact_id(), served.agent_id(), served.queue_id());
        return false;
    }
    trunk::v1::RecordingFinished finished;
    if (!fact.To(finished)) return false;
    Recording recording;
    recording.id = RecordingId{finished.recording_id()};
    recording.contact = ContactId{finished.contact_id()};
    recording.call = CallId{finished.call_id()};
    recording.start = FromUnixMillis(TimeUtil::TimestampToMilliseconds(finished.start_time()));
    recording.duration = std::chrono::milliseconds(TimeUtil::DurationToMilliseconds(finished.duration()));
    Insert(transaction, recording, fact.occurred);
    return true;
}

}  // namespace trunkline::recording
