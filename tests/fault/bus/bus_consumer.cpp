// Counts each event in the account of its key, so that a lost, double or early event shows as a wrong figure.
#include "arguments.hpp"
#include "bus/settings.hpp"

namespace trunkline::fault {
namespace {

constexpr const char* kCreateAccount =
    "CREATE TABLE account (key text PRIMARY KEY, effects bigint NOT NULL, last bigint NOT NULL, disorder bigint NOT "
    "NULL)"
    " WITH (fillfactor = 20)";
constexpr const char* kCount =
    "INSERT INTO account VALUES ($1, 1, $2::bigint, ($2::bigint <> 1)::int) ON CONFLICT (key) DO UPDATE SET"
    " effects = account.effects + 1, last = excluded.last,"
    " disorder = account.disorder + (excluded.last <> account.last + 1)::int";

void Count(pqxx::work& transaction, const bus::Received& event) {
    if (event.type == "fault.Poison") {
        throw std::runtime_error("this event cannot be applied");
    }
    if (event.type == "fault.Fact") {
        transaction.exec_params(kCount, event.key, event.payload);
    }
}

}  // namespace
}  // namespace trunkline::fault

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("bus_consumer", [&] {
        const fault::Arguments arguments(argc, argv);
        const std::string schema = arguments.Get("schema");
        service::HostConfig host_config;
        host_config.name = "bus_consumer";
        service::Host host(host_config);
        db::Pool pool(fault::PoolOf(arguments, schema));
        bus::MigrateAtStart(pool, {{"0001_create_account", fault::kCreateAccount}});
        bus::SubscriberConfig config;
        config.consumer = schema;
        config.sources = {{"source", arguments.Get("bus"), arguments.Get("grpc")}};
        config.tries = 3;
        bus::Handler handler = fault::Count;
        if (arguments.Get("control") == "dedupe-off") {
            // The effect has a transaction of its own: what the cursor protects from is let in.
            handler = [&pool](pqxx::work&, const bus::Received& event) {
                const Status done = pool.Run([&](pqxx::work& own) { fault::Count(own, event); });
                if (!done.ok()) {
                    throw std::runtime_error(done.error().message);
                }
            };
        }
        bus::Subscriber subscriber(pool, host.registry(), config, handler);
        return host.Run({&subscriber});
    });
}
