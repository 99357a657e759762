// knowledge: what agents say, and how it is written, reviewed and found. Composition only.
#include "bus/outbox.hpp"
#include "bus/publisher.hpp"
#include "knowledge/adapters/grpc_knowledge.hpp"
#include "knowledge/adapters/librarian.hpp"
#include "knowledge/config.hpp"
#include "knowledge/metrics.hpp"
#include "knowledge/migrations.hpp"

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("knowledge", [&] {
        const auto config = knowledge::LoadConfig(argc, argv);
        service::Host host{config.host};
        host.SetReady("search", false);
        knowledge::Metrics metrics{host.registry()};
        db::Pool pool{config.bus.database};
        bus::MigrateAtStart(pool, knowledge::kMigrations);
        bus::Publisher publisher{pool, host.registry(), config.bus.publisher};
        const auto ring = [&] { publisher.Ring(); };
        SystemClock clock;
        UuidGenerator ids;
        knowledge::PostgresArticleStore articles{pool, ring};
        knowledge::PostgresReading reading{pool, ids, ring};
        knowledge::PostgresOffice office{pool, ids, ring};
        knowledge::SearchBook book{articles, clock};
        knowledge::Librarian librarian{book, [&] { host.SetReady("search", true); }};
        knowledge::EditingDesk editing{articles, clock, ids};
        const knowledge::Desks desks{
            editing, reading,
            office,  book,
            clock,   [&](std::string_view method, bool ok, Duration took) { metrics.Count(method, ok, took); }};
        knowledge::GrpcKnowledge readers{desks};
        knowledge::GrpcEditing editors{desks};
        knowledge::GrpcOffice colleagues{desks};
        host.Serve(readers);
        host.Serve(editors);
        host.Serve(colleagues);
        host.Serve(publisher.event_log());
        return host.Run({&publisher, &librarian});
    });
}
