// recording: keeps what was said, and lets it be heard by right only. Composition only.
#include "bus/outbox.hpp"
#include "bus/publisher.hpp"
#include "bus/subscriber.hpp"
#include "recording/adapters/archive_worker.hpp"
#include "recording/adapters/file_vault.hpp"
#include "recording/adapters/grpc_marks.hpp"
#include "recording/adapters/grpc_recordings.hpp"
#include "recording/adapters/grpc_spool.hpp"
#include "recording/adapters/postgres_recording_index.hpp"
#include "recording/config.hpp"
#include "recording/metrics.hpp"
#include "recording/migrations.hpp"
#include "service/host.hpp"

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("recording", [&] {
        const auto config = recording::LoadConfig(argc, argv);
        service::Host host{config.host};
        SystemClock clock;
        db::Pool pool{config.bus.database};
        bus::MigrateAtStart(pool, recording::kMigrations);
        bus::Publisher publisher{pool, host.registry(), config.bus.publisher};

        recording::PostgresRecordingIndex index{pool, [&] { publisher.Ring(); }};
        recording::FileVault vault{config.store_directory, config.store_key};
        recording::GrpcSpool spool{rpc::Connect(config.bus.PeerGrpc("trunk"), config.host.tls)};
        recording::Archivist archivist{{spool, spool, vault, index, clock}};
        recording::Caretaker caretaker{{vault, index, index, clock}, std::chrono::hours{24 * config.retention_days}};
        recording::ArchiveWorker worker{archivist, caretaker, clock, recording::MakeFigures(host.registry())};

        bus::SubscriberConfig wanted;
        wanted.consumer = "recording";
        wanted.sources = config.bus.Sources({"trunk", "acd"});
        wanted.tls = config.host.tls;
        wanted.gather = std::chrono::milliseconds(100);
        wanted.types = recording::FactTypes();
        // Both run on the subscriber's thread. Most facts are about something else and give the worker nothing to do.
        bool has_work = false;
        bus::Subscriber subscriber{pool, host.registry(), wanted,
                                   [&](pqxx::work& transaction, const bus::Received& fact) {
                                       has_work |= recording::OnFact(transaction, fact);
                                   }};
        subscriber.OnCommitted([&] {
            if (std::exchange(has_work, false)) worker.Ring();
        });

        recording::ListeningRoom room{index, vault, clock};
        recording::GrpcRecordings api{index, room, caretaker};
        recording::PostgresMarks places{pool};
        recording::GrpcMarks marks{places};
        host.Serve(api);
        host.Serve(marks);
        host.Serve(publisher.event_log());
        return host.Run({&publisher, &worker, &subscriber});
    });
}
