// Marks against a real PostgreSQL.
#include "recording/adapters/postgres_marks.hpp"

#include <catch2/catch.hpp>

#include "bus/outbox.hpp"
#include "recording/migrations.hpp"
#include "testing/database/throwaway_postgres.hpp"

namespace trunkline::recording {
namespace {

v1::AddMarkRequest At(int64_t seconds, const std::string& text) {
    v1::AddMarkRequest request;
    request.set_recording_id("r1");
    request.mutable_place()->set_seconds(seconds);
    request.set_text(text);
    return request;
}

}  // namespace

TEST_CASE("marks are kept in the order of their places, with who made them", "[database]") {
    const auto pool = testing::ThrowawayPostgres::Shared().NewSchema("recording");
    REQUIRE(pool->Migrate({bus::OutboxMigration()}).ok());
    REQUIRE(pool->Migrate(kMigrations).ok());
    REQUIRE(pool->Run([](pqxx::work& work) {
                    work.exec(
                        "INSERT INTO recordings (recording_id, contact_id, call_id, start_time, duration_millis, "
                        "state, next_try_time) VALUES ('r1', 'c1', 'k1', now(), 60000, 2, now())");
                })
                .ok());
    PostgresMarks marks(*pool);
    rpc::Caller sun;
    sun.user_id = "u1";
    sun.user_name = "孙立";
    REQUIRE(marks.Add(At(40, "承诺回访"), sun).ok());
    const auto early = marks.Add(At(2, ""), sun);
    REQUIRE(early.ok());
    CHECK(marks.Add(At(-1, ""), sun).error().reason == "BAD_FIELD");
    CHECK(marks.Add(At(62, ""), sun).error().reason == "BAD_FIELD");

    auto listed = marks.List("r1");
    REQUIRE(listed->marks_size() == 2);
    CHECK(listed->marks(0).place().seconds() == 2);
    CHECK(listed->marks(1).text() == "承诺回访");
    CHECK(listed->marks(1).author_name() == "孙立");

    REQUIRE(marks.Delete("r1", early->mark_id()).ok());
    CHECK(marks.Delete("r1", early->mark_id()).error().code == Code::kNotFound);
    v1::AddMarkRequest nowhere;
    nowhere.set_recording_id("r9");
    CHECK(marks.Add(nowhere, sun).error().code == Code::kNotFound);
}

}  // namespace trunkline::recording
