// Holding, deleting and verifying what is stored: real gRPC, database, files and encryption.
#include <catch2/catch.hpp>
#include <fstream>

#include "recording/adapters/recording_bench.hpp"

namespace trunkline::recording {
namespace {

using namespace std::chrono_literals;

constexpr auto kDay = 24h;

class UpkeepBench : public RecordingBench {
 public:
    UpkeepBench() { Store(); }

    std::string Delete(const std::string& actor, const std::string& reason) {
        v1::DeleteRecordingRequest request;
        request.set_recording_id(kId);
        request.set_actor(actor);
        request.set_reason(reason);
        v1::Recording recording;
        grpc::ClientContext context;
        const grpc::Status status = client->DeleteRecording(&context, request, &recording);
        return status.ok() ? v1::Recording::State_Name(recording.state()) : status.error_details();
    }
    bool Hold(bool held) {
        v1::HoldRecordingRequest request;
        request.set_recording_id(kId);
        request.set_held(held);
        request.set_actor("ann");
        request.set_reason("court order 12");
        v1::Recording recording;
        grpc::ClientContext context;
        REQUIRE(client->HoldRecording(&context, request, &recording).ok());
        return recording.held();
    }
    bool HasFile() const { return std::filesystem::exists(vault.PathOf(RecordingId{kId})); }
    int64_t Acts(const std::string& kind) const {
        return Number("SELECT count(*) FROM acts WHERE kind = '" + kind + "'");
    }
    int64_t Told(const std::string& type) const {
        return Number("SELECT count(*) FROM outbox WHERE type = 'trunkline.recording.v1." + type + "'");
    }
    void Flip() const {
        std::fstream file(vault.PathOf(RecordingId{kId}), std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(100);
        file.put('!');
    }
};

}  // namespace

TEST_CASE("upkeep: a deletion needs a name and a reason, ends the audio for good, and is told once",
          "[recording][database]") {
    UpkeepBench bench;
    CHECK(bench.Delete("", "asked for") == "ACTOR_MISSING");
    CHECK(bench.Delete("ann", "") == "REASON_MISSING");
    CHECK(bench.HasFile());
    CHECK(bench.Delete("ann", "asked for") == "DELETED");
    CHECK_FALSE(bench.HasFile());
    CHECK(bench.Play("ann", "complaint").status.error_details() == "RECORDING_DELETED");
    CHECK(bench.Delete("ann", "asked for") == "NOT_STORED");
    CHECK(bench.Acts("DELETE") == 1);
    CHECK(bench.Told("RecordingDeleted") == 1);
    CHECK(bench.Number("SELECT count(*) FROM recordings WHERE state = 4 AND shredded") == 1);
}

TEST_CASE("upkeep: the journal of a deleted recording that is found again is freed, not stored",
          "[recording][database]") {
    UpkeepBench bench;
    CHECK(bench.Delete("ann", "asked for") == "DELETED");
    bench.trunk.journals[kId] = Journal();
    REQUIRE(bench.archivist->Reconcile(true).ok());
    CHECK(bench.trunk.journals.empty());
    CHECK(*bench.archivist->WorkOnce() == Archivist::Outcome::kNothingDue);
    CHECK_FALSE(bench.HasFile());
}

TEST_CASE("upkeep: a hold wins over age and over everybody, until it is lifted", "[recording][database]") {
    UpkeepBench bench;
    CHECK(bench.Hold(true));
    CHECK(bench.Hold(true));
    CHECK(bench.Delete("ann", "asked for") == "RECORDING_HELD");
    bench.clock.Advance(kDay * 365 * 10);
    REQUIRE(bench.caretaker.Tidy().ok());
    CHECK(bench.HasFile());
    CHECK(bench.Play("ann", "court order 12").status.ok());
    CHECK_FALSE(bench.Hold(false));
    REQUIRE(bench.caretaker.Tidy().ok());
    CHECK_FALSE(bench.HasFile());
    CHECK(bench.Acts("HOLD") == 1);
    CHECK(bench.Acts("LIFT") == 1);
    CHECK(bench.Told("RecordingHoldChanged") == 2);
}

TEST_CASE("upkeep: a recording is deleted when it is too old, not before, and never without a limit",
          "[recording][database]") {
    UpkeepBench bench;
    // Not announced with a time of its own: it began in 1970.
    REQUIRE(bench.pool
                ->Run([&](pqxx::work& transaction) {
                    transaction.exec_params("UPDATE recordings SET start_time = to_timestamp($1::bigint / 1000.0)",
                                            ToUnixMillis(bench.clock.Now()));
                })
                .ok());
    Caretaker forever({bench.vault, bench.index, bench.index, bench.clock}, 0h);
    bench.clock.Advance(kDay * 180);
    REQUIRE(bench.caretaker.Tidy().ok());
    CHECK(bench.HasFile());
    bench.clock.Advance(1ms);
    REQUIRE(forever.Tidy().ok());
    CHECK(bench.HasFile());
    REQUIRE(bench.caretaker.Tidy().ok());
    CHECK_FALSE(bench.HasFile());
    CHECK(bench.Number("SELECT count(*) FROM acts WHERE actor = 'system' AND reason = 'kept for 180 days'") == 1);
}

TEST_CASE("upkeep: killed between the deletion and its audio, the next process destroys it", "[recording][database]") {
    UpkeepBench bench;
    const auto recording = bench.index.Find(RecordingId{kId});
    REQUIRE(bench.index.MarkDeleted(*recording, {"ann", "asked for"}, bench.clock.Now()).ok());
    CHECK(bench.HasFile());
    CHECK(bench.Play("ann", "complaint").status.error_details() == "RECORDING_DELETED");
    REQUIRE(bench.caretaker.Tidy().ok());
    CHECK_FALSE(bench.HasFile());
}

TEST_CASE("upkeep: what is stored is read again each week, and damage is told", "[recording][database]") {
    UpkeepBench bench;
    // The bench's journal has no time of its own, so it must be held to outlive the tidying.
    bench.Hold(true);
    CHECK(*bench.caretaker.Tidy() == 0);
    const auto verified = "SELECT count(*) FROM recordings WHERE verified_time IS NOT NULL";
    CHECK(bench.Number(verified) == 1);
    bench.Flip();
    CHECK(*bench.caretaker.Tidy() == 0);  // not due yet
    bench.clock.Advance(kDay * 7 + 1ms);
    CHECK(*bench.caretaker.Tidy() == 1);
    CHECK(bench.Told("RecordingDamaged") == 1);
    CHECK(*bench.caretaker.Tidy() == 0);
    std::filesystem::remove(bench.vault.PathOf(RecordingId{kId}));
    bench.clock.Advance(kDay * 7 + 1ms);
    CHECK(*bench.caretaker.Tidy() == 1);
}

TEST_CASE("upkeep: a whole file that is not the one that was kept is damage", "[recording][database]") {
    UpkeepBench bench;
    BytesAudio other({1, 2, 3});
    REQUIRE(bench.vault.Keep(RecordingId{kId}, other).ok());
    bench.Hold(true);
    CHECK(*bench.caretaker.Tidy() == 1);
}

TEST_CASE("upkeep: the audit names the user who signed in, whoever he says he is", "[recording][database]") {
    UpkeepBench bench;
    REQUIRE(bench.Play("the director", "curious", "mallory").status.ok());
    CHECK(bench.Number("SELECT count(*) FROM plays WHERE actor = 'mallory'") == 1);
    CHECK(bench.Number("SELECT count(*) FROM plays WHERE actor = 'the director'") == 0);
}

}  // namespace trunkline::recording
