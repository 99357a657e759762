// Flow versions and prompts in a real database and a real folder.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "ivr/adapters/bus_flow_facts.hpp"
#include "ivr/adapters/file_prompt_shelf.hpp"
#include "ivr/adapters/postgres_flow_store.hpp"
#include "ivr/migrations.hpp"
#include "media/wav.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "testing/manual_clock.hpp"

namespace trunkline::ivr {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<db::Pool> Schema() {
    auto pool = testing::ThrowawayPostgres::Shared().NewSchema("ivr");
    REQUIRE(pool->Migrate({bus::OutboxMigration()}).ok());
    REQUIRE(pool->Migrate(kMigrations).ok());
    return pool;
}

int64_t Count(db::Pool& pool, const std::string& query) {
    return *pool.Run([&](pqxx::work& transaction) { return transaction.exec1(query)[0].as<int64_t>(); });
}

// A folder of this test only, gone at its end.
struct Folder {
    Folder() : path(std::filesystem::temp_directory_path() / ("ivr-prompts-" + UuidGenerator{}.New())) {}
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

Bytes SomeWav(const std::filesystem::path& folder, int channels = 1) {
    std::filesystem::create_directories(folder);
    const auto path = folder / "some";
    REQUIRE(media::WriteWav(path, {channels, std::vector<int16_t>(8000, 100)}).ok());
    std::ifstream file(path, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

TEST_CASE("flow store: versions count up, the newest is current until an older one is again", "[ivr][database]") {
    const auto pool = Schema();
    int rung = 0;
    PostgresFlowStore store(*pool, [&] { ++rung; });
    const TimePoint now = testing::ManualClock{}.Now();
    CHECK(store.Publish("hotline", "{}", "first", now)->version == FlowVersion{"hotline", 1});
    CHECK(store.Publish("hotline", "{}", "second", now)->version == FlowVersion{"hotline", 2});
    CHECK(store.Publish("other", "{}", "", now)->version == FlowVersion{"other", 1});
    REQUIRE(store.RollBack({"hotline", 1}, now + 1s).ok());
    CHECK(store.RollBack({"hotline", 3}, now).error().code == Code::kNotFound);
    const auto flows = store.List();
    REQUIRE(flows.ok());
    REQUIRE(flows->size() == 3);
    CHECK(flows->at(0).current);
    CHECK(flows->at(0).note == "first");
    CHECK(flows->at(0).published == now);
    CHECK_FALSE(flows->at(1).current);
    CHECK(flows->at(2).current);
    CHECK(rung == 4);
    CHECK(Count(*pool, "SELECT count(*) FROM outbox WHERE type = 'trunkline.ivr.v1.FlowPublished'") == 4);
}

TEST_CASE("prompt shelf: a prompt is found again by another process, by its engine only", "[ivr][database]") {
    const auto pool = Schema();
    const Folder folder;
    metrics::Registry registry;
    bus::FactWriter writer(*pool, registry, "ivr");
    writer.Start();
    FilePromptShelf shelf(folder.path, "voice 1", *pool, writer);
    const Bytes wav = SomeWav(folder.path);
    const auto spoken = shelf.Keep(wav, Prompt{{}, 0, {"你好", "zh"}, ""});
    REQUIRE(spoken.ok());
    CHECK(spoken->id.sha256.size() == 64);
    CHECK(spoken->duration_millis == 1000);
    REQUIRE(shelf.Keep(wav, Prompt{{}, 0, {}, "uploaded"}).ok());
    REQUIRE(shelf.Keep(wav, Prompt{{}, 0, {}, "uploaded"}).ok());
    CHECK(*shelf.Read(spoken->id) == wav);
    CHECK(shelf.Read({"none"}).error().reason == "PROMPT_NOT_FOUND");
    REQUIRE(writer.Flush(10s));
    CHECK(shelf.List()->size() == 2);
    CHECK(FilePromptShelf(folder.path, "voice 2", *pool, writer).List()->size() == 1);
    // Dropped, the text is forgotten; the file stays while something else has the same bytes.
    shelf.Drop(*spoken, false);
    REQUIRE(writer.Flush(10s));
    REQUIRE(shelf.List()->size() == 1);
    CHECK(shelf.List()->front().title == "uploaded");
    CHECK(shelf.Read(spoken->id).ok());
    shelf.Drop(*spoken, true);
    CHECK(shelf.Read(spoken->id).error().reason == "PROMPT_NOT_FOUND");
    REQUIRE(shelf.Keep(wav, Prompt{{}, 0, {}, "uploaded"}).ok());
    // A row whose file is gone is no prompt.
    std::filesystem::remove_all(folder.path);
    CHECK(shelf.List()->empty());
    writer.Stop();
}

TEST_CASE("prompt shelf: only what the gateway can play is kept", "[ivr][database]") {
    const auto pool = Schema();
    const Folder folder;
    metrics::Registry registry;
    bus::FactWriter writer(*pool, registry, "ivr");
    FilePromptShelf shelf(folder.path, "voice", *pool, writer);
    CHECK(shelf.Keep({1, 2, 3}, {}).error().reason == "WAV_MALFORMED");
    CHECK(shelf.Keep(SomeWav(folder.path, 2), {}).error().reason == "WAV_UNSUPPORTED");
    CHECK(shelf.Keep(Bytes(4'000'000), {}).error().reason == "WAV_TOO_LARGE");
}

TEST_CASE("flow facts: what is told again after a restart is stored once", "[ivr][database]") {
    const auto pool = Schema();
    metrics::Registry registry;
    bus::FactWriter writer(*pool, registry, "ivr");
    writer.Start();
    auto& counter = metrics::MakeCounter(registry, "counted", "");
    BusFlowFacts facts(writer, {counter, [&](EndReason) -> prometheus::Counter& { return counter; }, counter});
    const ContactId contact{"contact"};
    for (int i = 0; i < 2; ++i) {
        const TimePoint now = testing::ManualClock{}.Now() + i * 1s;
        facts.Started(contact, {"hotline", 1}, now);
        facts.Entered(contact, {"hotline", 1}, {"menu", 3, "menu"}, now);
        facts.Left(contact, {"menu", 3, "key 1"}, now);
        facts.Ended(contact, "hotline", 4, EndReason::kQueued, now);
    }
    REQUIRE(writer.Flush(10s));
    CHECK(Count(*pool, "SELECT count(*) FROM outbox") == 4);
    CHECK(Count(*pool, "SELECT count(DISTINCT key) FROM outbox") == 1);
    writer.Stop();
}

}  // namespace trunkline::ivr
