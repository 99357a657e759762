// The directory on a real PostgreSQL.
#include "trunk/adapters/postgres_directory.hpp"

#include <catch2/catch.hpp>

#include "testing/database/throwaway_postgres.hpp"
#include "trunk/migrations.hpp"
#include "versions/versions.hpp"

using namespace trunkline;
using namespace trunkline::trunk;

TEST_CASE("postgres directory: what was saved is loaded, changed and deleted", "[trunk][database]") {
    const auto pool = testing::ThrowawayPostgres::Shared().NewSchema("trunk");
    REQUIRE(pool->Migrate(versions::With(kMigrations)).ok());
    PostgresDirectory store(*pool);
    CarrierTrunk trunk;
    trunk.name = "east";
    trunk.host = "carrier.example";
    trunk.port = 5070;
    trunk.transport = "tls";
    trunk.username = "user";
    trunk.password = "it's a \"secret\"";
    trunk.realm = "carrier";
    trunk.registers = true;
    trunk.symmetric_media = true;
    trunk.source_addresses = {"192.0.2.1", "192.0.2.2"};
    REQUIRE(store.Save(trunk).ok());
    REQUIRE(store.Save(Phone{"1001", "0123abcd", ""}).ok());
    REQUIRE(store.Save(Phone{"1001", "4567cdef", "sip:1001@192.0.2.9"}).ok());
    REQUIRE(store.Save(Number{"96166", "ivr", {{"flow", "hotline"}, {"language", "中文"}}}).ok());

    const auto loaded = store.Load();
    REQUIRE(loaded.ok());
    const CarrierTrunk& east = *loaded->FindTrunk("east");
    CHECK(east.password == trunk.password);
    CHECK(east.port == 5070);
    CHECK(east.transport == "tls");
    CHECK(east.realm == "carrier");
    CHECK(east.registers);
    CHECK_FALSE(east.challenge_inbound);
    CHECK(east.symmetric_media);
    CHECK(east.source_addresses == trunk.source_addresses);
    CHECK(loaded->FindPhone("1001")->secret == "4567cdef");
    CHECK(loaded->FindPhone("1001")->static_contact == "sip:1001@192.0.2.9");
    CHECK(loaded->FindNumber("96166")->data.at("language") == "中文");

    CHECK(store.DeleteNumber("96166").ok());
    CHECK(store.DeleteNumber("96166").error().reason == "NOT_FOUND");
    CHECK(store.DeletePhone("1001").ok());
    CHECK(store.DeleteTrunk("east").ok());
    CHECK(store.Load()->trunks().empty());
}

TEST_CASE("postgres directory: while the server is away saving is UNAVAILABLE, not a wait", "[trunk][database]") {
    db::PoolConfig nowhere;
    nowhere.url = "postgresql://nobody@127.0.0.1:1/none";
    nowhere.schema = "trunk";
    db::Pool pool(nowhere);
    PostgresDirectory store(pool);
    CHECK(store.Save(Number{"96166", "ivr", {}}).error().code == Code::kUnavailable);
}
