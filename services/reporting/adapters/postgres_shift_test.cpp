// One agent's day against a real PostgreSQL.
#include "reporting/adapters/postgres_shift.hpp"

#include <catch2/catch.hpp>

#include "bus/outbox.hpp"
#include "reporting/migrations.hpp"
#include "testing/database/throwaway_postgres.hpp"

namespace trunkline::reporting {

TEST_CASE("a shift has the agent's own contacts of the local day, and their means", "[database]") {
    const auto pool = testing::ThrowawayPostgres::Shared().NewSchema("reporting");
    REQUIRE(pool->Migrate({bus::OutboxMigration()}).ok());
    REQUIRE(pool->Migrate(kMigrations).ok());
    // 2026-11-23 16:30 UTC is half past midnight of the 24th in Shanghai.
    REQUIRE(pool->Run([](pqxx::work& work) {
                    work.exec(
                        "INSERT INTO agent_segment (agent_segment_id, contact_id, queue_id, agent_id, start_time, "
                        "talk_ms, hold_ms, wrap_up_ms) VALUES "
                        "('1', 'k1', 'gas', '1001', '2026-11-23 15:00Z', 100000, 0, 1000), "
                        "('2', 'k2', 'gas', '1001', '2026-11-23 16:30Z', 60000, 10000, 20000), "
                        "('3', 'k3', 'gas', '1001', '2026-11-24 03:00Z', 120000, 0, NULL), "
                        "('4', 'k4', 'gas', '1002', '2026-11-24 03:00Z', 999000, 0, 1000)");
                })
                .ok());
    v1::GetShiftRequest request;
    request.set_agent_id("1001");
    const auto now = FromUnixMillis(1795507200000);  // 2026-11-24 08:00 UTC
    const auto shift = LoadShift(*pool, request, now);
    REQUIRE(shift.ok());
    CHECK(shift->date() == "2026-11-24");
    CHECK(shift->handled() == 2);
    CHECK(shift->average_talk() == 90.0);
    CHECK(shift->average_wrap_up() == 20.0);
    REQUIRE(shift->contacts_size() == 2);
    CHECK(shift->contacts(0).contact_id() == "k3");
    CHECK_FALSE(shift->contacts(0).has_wrap_up());

    request.set_date("2026-11-23");
    CHECK(LoadShift(*pool, request, now)->handled() == 1);
    request.set_date("no date");
    CHECK(LoadShift(*pool, request, now).error().code == Code::kInvalidArgument);
    request.set_date("");
    request.set_time_zone("Nowhere/City");
    CHECK(LoadShift(*pool, request, now).error().code == Code::kInvalidArgument);
}

}  // namespace trunkline::reporting
