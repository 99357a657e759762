// The service without its process: a gateway's spool beside it, its own API in front, real database and files.
#pragma once
#include <catch2/catch.hpp>
#include <map>
#include <mutex>

#include "bus/outbox.hpp"
#include "media/journal.hpp"
#include "recording/adapters/file_vault.hpp"
#include "recording/adapters/grpc_recordings.hpp"
#include "recording/adapters/grpc_spool.hpp"
#include "recording/adapters/postgres_recording_index.hpp"
#include "recording/adapters/vault_fixture.hpp"
#include "recording/app/archivist.hpp"
#include "recording/migrations.hpp"
#include "rpc/caller.hpp"
#include "rpc/rpc.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "testing/manual_clock.hpp"

namespace trunkline::recording {

inline constexpr const char* kId = "rec-1";

// One second of a loud customer, then the orderly end.
inline std::string Journal() {
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

    // Brings the one journal home.
    void Store() {
        REQUIRE(archivist->Reconcile(true).ok());
        REQUIRE(*archivist->WorkOnce() == Archivist::Outcome::kStored);
    }

    struct Download {
        std::string wav;
        grpc::Status status;
    };
    Download Play(const std::string& actor, const std::string& reason, const std::string& user = "") const {
        v1::DownloadRecordingRequest request;
        request.set_recording_id(kId);
        request.set_actor(actor);
        request.set_reason(reason);
        grpc::ClientContext context;
        rpc::Caller caller;
        caller.user_id = user;
        rpc::SetCaller(context, caller);
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
    Caretaker caretaker{{vault, index, index, clock}, std::chrono::hours{24 * 180}};
    std::optional<Archivist> archivist;
    std::unique_ptr<v1::Recordings::Stub> client;

 private:
    ListeningRoom room_{index, vault, clock};
    GrpcRecordings api_{index, room_, caretaker};
    std::unique_ptr<grpc::Server> server_;
    std::unique_ptr<GrpcSpool> spool_;
};

}  // namespace trunkline::recording
