// SQL of holding, deleting and verifying: the rest of PostgresRecordingIndex.
#include "bus/outbox.hpp"
#include "recording/adapters/postgres_recording_index.hpp"
#include "recording/adapters/recording_rows.hpp"
#include "trunkline/recording/v1/events.pb.h"

namespace trunkline::recording {
namespace {

constexpr const char* kHold = "UPDATE recordings SET held = $2 WHERE recording_id = $1 AND held <> $2";
constexpr const char* kDelete = "UPDATE recordings SET state = 4 WHERE recording_id = $1 AND state = 2 AND NOT held";
constexpr const char* kIsHeld = "SELECT held FROM recordings WHERE recording_id = $1";
constexpr const char* kAct =
    "INSERT INTO acts (recording_id, kind, actor, reason, act_time)"
    " VALUES ($1, $2, $3, $4, to_timestamp($5::bigint / 1000.0)) RETURNING act_id";
constexpr const char* kOlder =
    "WHERE state = 2 AND NOT held AND start_time < to_timestamp($1::bigint / 1000.0) ORDER BY start_time LIMIT $2";
constexpr const char* kToShred = "SELECT recording_id FROM recordings WHERE state = 4 AND NOT shredded LIMIT $1";
constexpr const char* kShredded = "UPDATE recordings SET shredded = true WHERE recording_id = $1";
constexpr const char* kToVerify =
    "WHERE state = 2 AND (verified_time IS NULL OR verified_time < to_timestamp($1::bigint / 1000.0))"
    " ORDER BY verified_time NULLS FIRST LIMIT 1";
constexpr const char* kVerified =
    "UPDATE recordings SET verified_time = to_timestamp($2::bigint / 1000.0) WHERE recording_id = $1";

// The audit row; its number makes each act an event of its own.
std::string Note(pqxx::work& transaction, const RecordingId& id, const char* kind, const Act& act, TimePoint now) {
    const auto row = transaction.exec_params1(kAct, id.str(), kind, act.actor, act.reason, ToUnixMillis(now));
    return id.str() + "/" + kind + "/" + row[0].as<std::string>();
}

template <class Fact>
Fact About(const Recording& recording, const std::string& reason) {
    Fact fact;
    fact.set_recording_id(recording.id.str());
    fact.set_contact_id(recording.contact.str());
    fact.set_reason(reason);
    return fact;
}

}  // namespace

Status PostgresRecordingIndex::Hold(const Recording& recording, bool held, const Act& act, TimePoint now) {
    return RunAndRing([&](pqxx::work& transaction) {
        if (transaction.exec_params(kHold, recording.id.str(), held).affected_rows() == 0) return;
        const auto identity = Note(transaction, recording.id, held ? "HOLD" : "LIFT", act, now);
        auto fact = About<v1::RecordingHoldChanged>(recording, act.reason);
        fact.set_held(held);
        fact.set_actor(act.actor);
        bus::Append(transaction, {bus::MakeEvent(fact, fact.contact_id(), identity, now)});
    });
}

Status PostgresRecordingIndex::MarkDeleted(const Recording& recording, const Act& act, TimePoint now) {
    return RunAndRing([&](pqxx::work& transaction) {
        if (transaction.exec_params(kDelete, recording.id.str()).affected_rows() == 0) {
            if (!transaction.exec_params1(kIsHeld, recording.id.str())[0].as<bool>()) return;  // by somebody else
            throw db::Rollback{{Code::kFailedPrecondition, "RECORDING_HELD",
                                "the recording " + recording.id.str() + " is held; lift the hold first"}};
        }
        const auto identity = Note(transaction, recording.id, "DELETE", act, now);
        auto fact = About<v1::RecordingDeleted>(recording, act.reason);
        fact.set_actor(act.actor);
        bus::Append(transaction, {bus::MakeEvent(fact, fact.contact_id(), identity, now)});
    });
}

Result<std::vector<Recording>> PostgresRecordingIndex::OlderThan(TimePoint start, int limit) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<Recording> recordings;
        for (const pqxx::row& row : transaction.exec_params(SelectRecordings(kOlder), ToUnixMillis(start), limit)) {
            recordings.push_back(ReadRecording(row));
        }
        return recordings;
    });
}

Result<std::vector<RecordingId>> PostgresRecordingIndex::ToShred(int limit) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<RecordingId> ids;
        for (const pqxx::row& row : transaction.exec_params(kToShred, limit))
            ids.emplace_back(row[0].as<std::string>());
        return ids;
    });
}

Status PostgresRecordingIndex::MarkShredded(const RecordingId& id) {
    return pool_.Run([&](pqxx::work& transaction) { transaction.exec_params(kShredded, id.str()); });
}

Result<std::optional<Recording>> PostgresRecordingIndex::NextToVerify(TimePoint before) {
    return pool_.Run([&](pqxx::work& transaction) {
        const auto rows = transaction.exec_params(SelectRecordings(kToVerify), ToUnixMillis(before));
        return rows.empty() ? std::optional<Recording>() : ReadRecording(rows[0]);
    });
}

Status PostgresRecordingIndex::MarkVerified(const RecordingId& id, TimePoint now) {
    return pool_.Run([&](pqxx::work& transaction) { transaction.exec_params(kVerified, id.str(), ToUnixMillis(now)); });
}

Status PostgresRecordingIndex::MarkDamaged(const Recording& recording, const Error& error, TimePoint now) {
    return RunAndRing([&](pqxx::work& transaction) {
        transaction.exec_params(kVerified, recording.id.str(), ToUnixMillis(now));
        const auto fact = About<v1::RecordingDamaged>(recording, error.reason);
        const auto identity = recording.id.str() + "/damaged/" + std::to_string(ToUnixMillis(now));
        bus::Append(transaction, {bus::MakeEvent(fact, fact.contact_id(), identity, now)});
    });
}

}  // namespace trunkline::recording
