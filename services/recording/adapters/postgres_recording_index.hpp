// The index of recordings in PostgreSQL.
#pragma once
#include <functional>

#include "bus/subscriber.hpp"
#include "db/pool.hpp"
#include "recording/app/ports.hpp"

namespace trunkline::recording {

class PostgresRecordingIndex final : public RecordingIndex, public Upkeep {
 public:
    // `committed` is called after each event that was stored (the bus's doorbell).
    PostgresRecordingIndex(db::Pool& pool, std::function<void()> committed)
        : pool_(pool), committed_(std::move(committed)) {}

    Result<std::vector<RecordingId>> Announce(const std::vector<Recording>& recordings, bool again,
                                              TimePoint now) override;
    Result<std::optional<Recording>> NextDue(TimePoint now) override;
    Status MarkStored(const Recording& recording, TimePoint now) override;
    Status MarkRetry(const RecordingId& id, int tries, TimePoint next, const std::string& error) override;
    Status MarkFailed(const Recording& recording, const Error& error, TimePoint now) override;
    Result<Recording> Find(const RecordingId& id) override;
    Result<std::vector<Recording>> List(const Search& search) override;
    Status NotePlay(const Recording& recording, const Play& play, TimePoint now) override;
    Status Hold(const Recording& recording, bool held, const Act& act, TimePoint now) override;
    Status MarkDeleted(const Recording& recording, const Act& act, TimePoint now) override;
    Result<std::vector<Recording>> OlderThan(TimePoint start, int limit) override;
    Result<std::vector<RecordingId>> ToShred(int limit) override;
    Status MarkShredded(const RecordingId& id) override;
    Result<std::optional<Recording>> NextToVerify(TimePoint before) override;
    Status MarkVerified(const RecordingId& id, TimePoint now) override;
    Status MarkDamaged(const Recording& recording, const Error& error, TimePoint now) override;

 private:
    Status RunAndRing(const std::function<void(pqxx::work&)>& work);

    db::Pool& pool_;
    std::function<void()> committed_;
};

// Of the bus: trunk's RecordingFinished becomes a PENDING row; true when it was one. acd's AgentSegmentEnded is noted,
// so that recordings are found by agent and queue.
bool OnFact(pqxx::work& transaction, const bus::Received& fact);
// Of the facts that it reads.
std::set<std::string> FactTypes();

}  // namespace trunkline::recording
