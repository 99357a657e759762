// From a journal in a gateway's spool to a downloaded WAV: real gRPC, database, files and encryption.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <mutex>

#include "bus/outbox.hpp"
#include "media/journal.hpp"
#include "media/wav.hpp"
#include "metrics/metrics.hpp"
#include "recording/adapters/archive_worker.hpp"
#include "recording/adapters/file_vault.hpp"
#include "recording/adapters/grpc_recordings.hpp"
#include "recording/adapters/grpc_spool.hpp"
#include "recording/adapters/postgres_recording_index.hpp"
#include "recording/adapters/vault_fixture.hpp"
#include "recording/migrations.hpp"
#include "rpc/rpc.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "testing/manual_clock.hpp"
#include "trunkline/trunk/v1/events.pb.h"

namespace trunkline::recording {
namespace {

using namespace std::chrono_literals;

constexpr const char* kId = "rec-1";

// One second of a loud customer, then the orderly end.
std::string Journal() {
    std::vector<uint8_t> bytes;
    media::EncodeHeader({RecordingId{kId}, 1772413200000}, bytes);
    const std::vector<uint8_t> loud(160, 0x2a);  // A-law, near full scale
    for (uint64_t i = 0; i < 50; ++i) {
        media::EncodeFrame({media::FrameKind::kAudio, media::Side::kLeft, media::Codec::kPcma, 0, i * 160, 160, loud},
                           bytes);
    }
    media::EncodeFrame({media::FrameKind::kClose, media::Side::kLeft, media::Codec::kPcma, 0, 8000, 0, {}}, bytes);
    return {bytes.begin(), bytes.end()};
}

class FakeTrunkSpool final : public trunk::v1::Spool::Service {
 public:
    grpc::Status ListJournals(grpc::ServerContext*, const google::protobuf::Empty*,
                              trunk::v1::ListJournalsResponse* response) override {
        const std::lock_guard lock(mutex);
        for (const auto& [id, bytes] : journals) {
            auto& journal = *response->add_journals();
            journal.set_recording_id(id);
            journal.set_contact_id("contact");
        }
        return grpc::Status::OK;
    }
    grpc::Status ReadJournal(grpc::ServerContext*, const trunk::v1::ReadJournalRequest* request,
                             grpc::ServerWriter<trunk::v1::ReadJournalResponse>* writer) override {
        const std::lock_guard lock(mutex);
        if (is_away) return {grpc::StatusCode::UNAVAILABLE, "away", "AWAY"};
        const auto found = journals.find(request->recording_id());
        if (found == journals.end()) return {grpc::StatusCode::NOT_FOUND, "no journal", "UNKNOWN_RECORDING"};
        for (size_t at = 0; at < found->second.size(); at += 1000) {
            trunk::v1::ReadJournalResponse response;
            response.set_chunk(found->second.substr(at, 1000));
            writer->Write(response);
        }
        return grpc::Status::OK;
    }
    grpc::Status FreeJournal(grpc::ServerContext*, const trunk::v1::FreeJournalRequest* request,
                             google::protobuf::Empty*) override {
        const std::lock_guard lock(mutex);
        journals.erase(request->recording_id());
        return grpc::Status::OK;
    }

    std::mutex mutex;
    std::map<std::string, std::string> journals{{kId, Journal()}};
    bool is_away = false;
};

// The service without its process: trunk beside it, its own API in front.
class RecordingBench {
 public:
    RecordingBench() {
        REQUIRE(pool->Migrate({bus::OutboxMigration()}).ok());
        REQUIRE(pool->Migrate(kMigrations).ok());
        int port = 0;
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
        builder.RegisterService(&trunk);
        builder.RegisterService(&api_);
        server_ = builder.BuildAndStart();
        const auto channel = rpc::Connect("127.0.0.1:" + std::to_string(port), {});
        spool_ = std::make_unique<GrpcSpool>(channel);
        archivist.emplace(Archivist::Ports{*spool_, *spool_, vault, index, clock});
        client = v1::Recordings::NewStub(channel);
    }

    struct Download {
        std::string wav;
        grpc::Status status;
    };
    Download Play(const std::string& actor, const std::string& reason) const {
        v1::DownloadRecordingRequest request;
        request.set_recording_id(kId);
        request.set_actor(actor);
        request.set_reason(reason);
        grpc::ClientContext context;
        const auto stream = client->DownloadRecording(&context, request);
        Download download;
        v1::DownloadRecordingResponse response;
        while (stream->Read(&response)) download.wav += response.chunk();
        download.status = stream->Finish();
        return download;
    }
    int64_t Number(const std::string& query) const {
        return *pool->Run([&](pqxx::work& transaction) { return transaction.exec1(query)[0].as<int64_t>(); });
    }

    TemporaryFolder folder;
    std::unique_ptr<db::Pool> pool = testing::ThrowawayPostgres::Shared().NewSchema("recording");
    testing::ManualClock clock;
    FakeTrunkSpool trunk;
    FileVault vault{folder.path, *ParseKey(std::string(64, 'a'))};
    PostgresRecordingIndex index{*pool, [] {}};
    std::optional<Archivist> archivist;
    std::unique_ptr<v1::Recordings::Stub> client;

 private:
    ListeningRoom room_{index, vault, clock};
    GrpcRecordings api_{index, room_};
    std::unique_ptr<grpc::Server> server_;
    std::unique_ptr<GrpcSpool> spool_;
};

constexpr const char* kCountStored =
    "SELECT count(*) FROM outbox WHERE type = 'trunkline.recording.v1.RecordingStored'";

}  // namespace

TEST_CASE("recording: a journal becomes a WAV that only a named listener hears", "[recording][database]") {
    RecordingBench bench;
    REQUIRE(bench.archivist->Reconcile(true).ok());
    REQUIRE(*bench.archivist->WorkOnce() == Archivist::Outcome::kStored);
    CHECK(bench.trunk.journals.empty());
    CHECK(bench.Number(kCountStored) == 1);

    v1::GetRecordingRequest request;
    request.set_recording_id(kId);
    v1::Recording recording;
    grpc::ClientContext context;
    REQUIRE(bench.client->GetRecording(&context, request, &recording).ok());
    CHECK(recording.state() == v1::Recording::STORED);
    CHECK(recording.duration().seconds() == 1);
    CHECK(recording.gaps() == 0);
    CHECK(recording.sha256().size() == 64);

    CHECK(bench.Play("", "complaint 7").status.error_details() == "ACTOR_MISSING");
    CHECK(bench.Number("SELECT count(*) FROM plays") == 0);
    const auto download = bench.Play("ann", "complaint 7");
    REQUIRE(download.status.ok());
    CHECK(static_cast<int64_t>(download.wav.size()) == recording.size_bytes());
    const auto wav = media::ParseWav(Bytes(download.wav.begin(), download.wav.end()));
    REQUIRE(wav.ok());
    CHECK(wav->channels == 2);
    CHECK(wav->samples.size() == 16000);
    CHECK(std::abs(wav->samples.at(8000)) > 10000);  // left: the customer
    CHECK(wav->samples.at(8001) == 0);               // right: nobody
    CHECK(bench.Number("SELECT count(*) FROM plays WHERE actor = 'ann' AND reason = 'complaint 7'") == 1);
    REQUIRE(bench.Play("ann", "complaint 7").status.ok());
    CHECK(bench.Number("SELECT count(*) FROM outbox WHERE type = 'trunkline.recording.v1.RecordingPlayed'") == 2);
}

TEST_CASE("recording: what was stored but not freed is freed, and told once", "[recording][database]") {
    RecordingBench bench;
    REQUIRE(bench.archivist->Reconcile(true).ok());
    REQUIRE(*bench.archivist->WorkOnce() == Archivist::Outcome::kStored);
    bench.trunk.journals[kId] = Journal();
    REQUIRE(bench.archivist->Reconcile(false).ok());
    CHECK(bench.trunk.journals.empty());
    CHECK(*bench.archivist->WorkOnce() == Archivist::Outcome::kNothingDue);
    CHECK(bench.Number(kCountStored) == 1);
}

TEST_CASE("recording: a gateway that is away delays, a damaged journal fails and stays", "[recording][database]") {
    RecordingBench bench;
    REQUIRE(bench.archivist->Reconcile(true).ok());
    bench.trunk.is_away = true;
    CHECK(*bench.archivist->WorkOnce() == Archivist::Outcome::kRetry);
    CHECK(*bench.archivist->WorkOnce() == Archivist::Outcome::kNothingDue);
    bench.trunk.is_away = false;
    bench.trunk.journals[kId] = "nothing that a journal could begin with";
    bench.clock.Advance(5min);
    while (*bench.archivist->WorkOnce() == Archivist::Outcome::kRetry) bench.clock.Advance(5min);
    CHECK(bench.Number("SELECT count(*) FROM outbox WHERE type = 'trunkline.recording.v1.RecordingFailed'") == 1);
    CHECK(bench.trunk.journals.size() == 1);
    CHECK(bench.Play("ann", "complaint").status.error_details() == "NOT_STORED");
    bench.trunk.journals[kId] = Journal();
    REQUIRE(bench.archivist->Reconcile(true).ok());
    CHECK(*bench.archivist->WorkOnce() == Archivist::Outcome::kStored);
}

TEST_CASE("recording: the gateway's fact announces a recording once", "[recording][database]") {
    RecordingBench bench;
    trunk::v1::RecordingFinished finished;
    finished.set_recording_id(kId);
    finished.set_contact_id("contact");
    finished.mutable_start_time()->set_seconds(1772413200);
    const bus::Received fact{
        "event", "trunk", 1, "contact", finished.GetTypeName(), bench.clock.Now(), finished.SerializeAsString()};
    for (int i = 0; i < 2; ++i) {
        REQUIRE(bench.pool->Run([&](pqxx::work& transaction) { OnFact(transaction, fact); }).ok());
    }
    CHECK(bench.Number("SELECT count(*) FROM recordings WHERE state = 1 AND contact_id = 'contact'") == 1);
    CHECK(*bench.archivist->WorkOnce() == Archivist::Outcome::kStored);
}

TEST_CASE("recording: the worker finds by itself what waits, and stops when asked", "[recording][database]") {
    RecordingBench bench;
    metrics::Registry registry;
    auto& stored = metrics::MakeCounter(registry, "stored", "");
    auto& other = metrics::MakeCounter(registry, "other", "");
    ArchiveWorker worker(*bench.archivist, bench.clock, {stored, other, other});
    worker.Start();
    worker.Ring();
    const SystemClock real;
    const SteadyTime limit = real.SteadyNow() + 10s;
    while (stored.Value() == 0 && real.SteadyNow() < limit) SleepFor(5ms);
    worker.Stop();
    CHECK(stored.Value() == 1);
    CHECK(bench.Number(kCountStored) == 1);
}

TEST_CASE("recording: lists go page by page, newest first, by contact and time", "[recording][database]") {
    RecordingBench bench;
    std::vector<Recording> recordings(5);
    for (size_t i = 0; i < recordings.size(); ++i) {
        recordings[i].id = RecordingId{"r" + std::to_string(i)};
        recordings[i].contact = ContactId{i % 2 == 0 ? "even" : "odd"};
        recordings[i].start = bench.clock.Now() + i / 2 * 1min;
    }
    REQUIRE(bench.index.Announce(recordings, false, bench.clock.Now()).ok());
    const auto ids = [&](const Search& search) {
        std::string text;
        const auto found = bench.index.List(search);
        for (const Recording& recording : *found) text += recording.id.str() + " ";
        return text;
    };
    CHECK(ids({}) == "r4 r3 r2 r1 r0 ");
    CHECK(ids({"odd", {}, {}, 100, {}}) == "r3 r1 ");
    CHECK(ids({"", bench.clock.Now() + 1min, bench.clock.Now() + 2min, 100, {}}) == "r3 r2 ");
    CHECK(ids({"", {}, {}, 2, {}}) == "r4 r3 ");
    CHECK(ids({"", {}, {}, 2, RecordingId{"r3"}}) == "r2 r1 ");
}

}  // namespace trunkline::recording
