// Against a real PostgreSQL.
#include "versions/versions.hpp"

#include <catch2/catch.hpp>

#include "testing/database/throwaway_postgres.hpp"

namespace trunkline::versions {
namespace {

v1::Version Thing(const std::string& name) {
    v1::Version thing;
    thing.set_id(name);
    return thing;
}

v1::ListVersionsResponse Listed(db::Pool& pool, const std::string& resource, const std::string& id, uint32_t size = 0,
                                uint64_t before = 0) {
    v1::ListVersionsRequest request;
    request.set_resource(resource);
    request.set_id(id);
    request.set_page_size(size);
    request.set_before(before);
    v1::ListVersionsResponse response;
    REQUIRE(List(pool, request, response).ok());
    return response;
}

}  // namespace

TEST_CASE("each change of a setting is a version with its author; the same value again is none", "[database]") {
    const auto fresh = testing::ThrowawayPostgres::Shared().NewSchema("versions");
    db::Pool& pool = *fresh;
    REQUIRE(pool.Migrate(With({})).ok());
    const auto keep = [&](const std::string& value) {
        return pool.Run([&](pqxx::work& work) { Keep(work, "queue", "gas", Thing(value)); });
    };
    {
        const Author author("u1", "陈静");
        REQUIRE(keep("a").ok());
        REQUIRE(keep("a").ok());
        REQUIRE(keep("b").ok());
    }
    REQUIRE(pool.Run([](pqxx::work& work) { KeepRemoval(work, "queue", "gas"); }).ok());
    REQUIRE(keep("a").ok());

    const auto versions = Listed(pool, "queue", "gas").versions();
    REQUIRE(versions.size() == 4);
    CHECK(versions[0].version() == 4);
    CHECK(versions[1].json().empty());
    CHECK(versions[1].author() == "system");
    CHECK(versions[2].author_name() == "陈静");
    CHECK(versions[3].json() == R"({"id": "a"})");
    CHECK(versions[3].time().seconds() > 0);
}

TEST_CASE("what a transaction rolled back was never a version; pages go on where the last one ended", "[database]") {
    const auto fresh = testing::ThrowawayPostgres::Shared().NewSchema("versions");
    db::Pool& pool = *fresh;
    REQUIRE(pool.Migrate(With({})).ok());
    const Status failed = pool.Run([&](pqxx::work& work) {
        Keep(work, "queue", "gas", Thing("a"));
        throw db::Rollback{{Code::kAborted, "NO", "no"}};
    });
    CHECK_FALSE(failed.ok());
    CHECK(Listed(pool, "", "").versions().empty());
    for (const char* id : {"x", "y", "z"}) {
        REQUIRE(pool.Run([&](pqxx::work& work) { Keep(work, "agent", id, Thing(id)); }).ok());
    }
    const auto first = Listed(pool, "", "", 2);
    REQUIRE(first.versions_size() == 2);
    CHECK(first.versions(0).id() == "z");
    const auto rest = Listed(pool, "", "", 2, first.next());
    REQUIRE(rest.versions_size() == 1);
    CHECK(rest.versions(0).id() == "x");
    CHECK(rest.next() == 0);
}

}  // namespace trunkline::versions
