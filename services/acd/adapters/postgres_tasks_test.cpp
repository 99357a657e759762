// Tasks are stored together with the facts about them, on a real PostgreSQL.
#include "acd/adapters/postgres_tasks.hpp"

#include <catch2/catch.hpp>

#include "acd/adapters/bus_facts.hpp"
#include "acd/adapters/postgres_settings.hpp"
#include "acd/migrations.hpp"
#include "bus/settings.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "versions/versions.hpp"

namespace trunkline::acd {

using std::chrono::seconds;

TEST_CASE("tasks: the last word of each is there after a start, and those that are gone are not", "[acd][database]") {
    auto pool = testing::ThrowawayPostgres::Shared().NewSchema("acd");
    bus::MigrateAtStart(*pool, versions::With(kMigrations));
    metrics::Registry registry;
    bus::FactWriter writer(*pool, registry, "acd");
    BusFacts facts(writer);
    writer.Start();
    Task first;
    first.contact.id = ContactId("019d0f5e-0000-7000-8000-000000000001");
    first.contact.queue = QueueId("q");
    first.contact.medium = "chat";
    first.contact.reference = "two words = 100%";
    first.contact.wrap_up =
        WrapUp{AgentId("ann"), 2, TimePoint{seconds(1)}, TimePoint{seconds(2)}, TimePoint{seconds(3)}};
    first.data = {{"subject", "发票"}};
    Task second = first;
    second.contact.id = ContactId("019d0f5e-0000-7000-8000-000000000002");
    facts.Store({{}, {}, {first, second}, {}});
    first.contact.priority = 7;
    facts.Store({{}, {}, {first}, {second.contact.id}});
    REQUIRE(writer.Flush(std::chrono::seconds(5)));

    PostgresSettings store(*pool);
    const auto settings = store.Load();
    REQUIRE(settings.ok());
    REQUIRE(settings->tasks.size() == 1);
    const Task& loaded = settings->tasks.front();
    CHECK(loaded.contact.id == first.contact.id);
    CHECK(loaded.contact.priority == 7);
    CHECK(loaded.contact.reference == first.contact.reference);
    CHECK(loaded.contact.wrap_up->agent == AgentId("ann"));
    CHECK(loaded.contact.wrap_up->ends == TimePoint{seconds(3)});
    CHECK(loaded.data == first.data);
    writer.Stop();
}

TEST_CASE("media: a centre begins with media, calls have one of them", "[acd][database]") {
    auto pool = testing::ThrowawayPostgres::Shared().NewSchema("acd");
    bus::MigrateAtStart(*pool, versions::With(kMigrations));
    PostgresSettings store(*pool);
    const auto telephones = [&] {
        std::vector<std::string> words;
        const auto settings = store.Load();
        for (const Medium& medium : settings->media) {
            REQUIRE(Validate(medium).ok());
            if (medium.telephone) {
                words.push_back(medium.word);
            }
        }
        return words;
    };
    CHECK(telephones() == std::vector<std::string>{"voice"});
    Medium other;
    other.word = "telephone";
    other.telephone = true;
    REQUIRE(store.SaveMedium(other).ok());
    CHECK(telephones() == std::vector<std::string>{"telephone"});
}

}  // namespace trunkline::acd
