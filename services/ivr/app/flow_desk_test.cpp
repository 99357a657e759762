// Publishing and rolling back, with prompts.
#include "ivr/app/flow_desk.hpp"

#include <catch2/catch.hpp>

#include "ivr/domain/nodes/answer.hpp"
#include "ivr/domain/nodes/hang_up.hpp"
#include "testing/manual_clock.hpp"

namespace trunkline::ivr {
namespace {

using Words = std::vector<std::string>;

class FakeSpeechEngine final : public SpeechEngine {
 public:
    std::string Name() const override { return "fake"; }
    Result<Bytes> Speak(const Text& text) override {
        if (broken) return Error{Code::kUnavailable, "SPEECH_FAILED", "no voice"};
        spoken.push_back(text.words + " " + text.language);
        return Bytes(text.words.begin(), text.words.end());
    }
    Words spoken;
    bool broken = false;
};

class InMemoryPromptShelf final : public PromptShelf {
 public:
    Result<Prompt> Keep(const Bytes& wav, Prompt prompt) override {
        prompt.id.sha256 = "id of " + std::string(wav.begin(), wav.end());
        files[prompt.id] = wav;
        kept.push_back(prompt);
        return prompt;
    }
    Result<Bytes> Read(const PromptId& id) override { return files.at(id); }
    void Drop(const Prompt& prompt, bool file) override {
        dropped.push_back(prompt.text.words);
        std::erase_if(kept, [&](const Prompt& each) { return each.text == prompt.text; });
        if (file) files.erase(prompt.id);
    }
    Result<std::vector<Prompt>> List() override { return kept; }
    Words dropped;
    std::map<PromptId, Bytes> files;
    std::vector<Prompt> kept;
};

class FakePromptGateway final : public PromptGateway {
 public:
    Status Put(const PromptId& id, const Bytes&) override {
        has.insert(id);
        return {};
    }
    Result<std::vector<PromptId>> FindMissing(const std::vector<PromptId>& ids) override {
        if (away) return Error{Code::kUnavailable, "UNAVAILABLE", "trunk is away"};
        std::vector<PromptId> missing;
        for (const PromptId& id : ids) {
            if (!has.contains(id)) missing.push_back(id);
        }
        return missing;
    }
    std::set<PromptId> has;
    bool away = false;
};

class InMemoryFlowStore final : public FlowStore {
 public:
    Result<StoredFlow> Publish(const std::string& name, const std::string& body, const std::string& note,
                               TimePoint now) override {
        flows.push_back({{name, static_cast<uint32_t>(flows.size() + 1)}, body, note, now, true});
        return flows.back();
    }
    Result<StoredFlow> RollBack(const FlowVersion& version, TimePoint) override {
        StoredFlow flow = flows.at(version.version - 1);
        flow.current = true;
        return flow;
    }
    Result<std::vector<StoredFlow>> List() override { return flows; }
    std::vector<StoredFlow> flows;
};

// The body is the farewell text.
Flow Farewell(const std::string& words) {
    Flow flow;
    flow.name = "farewell";
    flow.entry = "pick_up";
    auto answer = std::make_unique<Answer>();
    answer->next = "bye";
    auto bye = std::make_unique<HangUp>();
    bye->text.words = words;
    flow.nodes.push_back({"pick_up", std::move(answer)});
    flow.nodes.push_back({"bye", std::move(bye)});
    return flow;
}

struct DeskBench {
    FakeSpeechEngine engine;
    InMemoryPromptShelf shelf;
    FakePromptGateway gateway;
    InMemoryFlowStore store;
    testing::ManualClock clock;
    PromptDesk prompts{engine, shelf, gateway};
    FlowBook book;
    FlowDesk desk{{store, prompts, book, clock, [](const std::string& body) { return Farewell(body); }}};

    Result<StoredFlow> Publish(const std::string& words) { return desk.Publish(Farewell(words), words, ""); }
};

}  // namespace

TEST_CASE("flow desk: publishing speaks constant texts, pushes them and makes the version current", "[ivr][flow]") {
    DeskBench bench;
    REQUIRE(bench.Publish("再见").ok());
    REQUIRE(bench.Publish("您的号码是{from_number}").ok());
    CHECK(bench.engine.spoken == Words{"再见 zh"});
    CHECK(bench.gateway.has == std::set<PromptId>{{"id of 再见"}});
    CHECK(bench.book.Current("farewell")->stored.version.version == 2);
    CHECK(bench.book.Find({"farewell", 1}));
    CHECK(bench.book.List().size() == 2);
}

TEST_CASE("flow desk: a text that was spoken is not spoken again", "[ivr][flow]") {
    DeskBench bench;
    REQUIRE(bench.Publish("再见").ok());
    REQUIRE(bench.Publish("再见").ok());
    PromptDesk restarted(bench.engine, bench.shelf, bench.gateway);
    REQUIRE(restarted.Load().ok());
    CHECK(restarted.Speak({"再见", "zh"}).ok());
    CHECK(bench.engine.spoken.size() == 1);
}

TEST_CASE("prompt desk: of many spoken texts the one not used for longest is dropped, uploads never", "[ivr][flow]") {
    DeskBench bench;
    PromptDesk desk(bench.engine, bench.shelf, bench.gateway, 3);
    const auto sounds_like_two = Bytes{'t', 'w', 'o'};
    REQUIRE(desk.Upload(sounds_like_two, "the same bytes").ok());
    for (const char* words : {"one", "two", "three"}) REQUIRE(desk.Speak({words, "en"}).ok());
    CHECK(bench.shelf.dropped.empty());
    CHECK(desk.Find({"one", "en"}));
    REQUIRE(desk.Speak({"four", "en"}).ok());
    REQUIRE(desk.Speak({"five", "en"}).ok());
    CHECK(bench.shelf.dropped == Words{"two", "three"});
    CHECK(desk.Find({"one", "en"}));
    CHECK_FALSE(desk.Find({"two", "en"}));
    // The upload has the bytes of "two", so they stay; nothing else has those of "three".
    CHECK(bench.shelf.files.contains({"id of two"}));
    CHECK_FALSE(bench.shelf.files.contains({"id of three"}));
    CHECK(desk.UploadedIds() == std::set<std::string>{"id of two"});
    // Wanted again, it is spoken again.
    CHECK(desk.Prepare({Text{"three", "en"}}).ok());
    CHECK(bench.engine.spoken.back() == "three en");
    PromptDesk restarted(bench.engine, bench.shelf, bench.gateway, 2);
    REQUIRE(restarted.Load().ok());
    CHECK(bench.shelf.dropped.size() == 4);
}

TEST_CASE("flow desk: a flow with faults or without a voice is not published", "[ivr][flow]") {
    DeskBench bench;
    Flow faulty = Farewell("再见");
    faulty.entry = "nowhere";
    const auto refused = bench.desk.Publish(std::move(faulty), "", "");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == Code::kInvalidArgument);
    CHECK(refused.error().message.find("UNKNOWN_EXIT") != std::string::npos);
    bench.engine.broken = true;
    CHECK(bench.Publish("再见").error().reason == "SPEECH_FAILED");
    CHECK(bench.store.flows.empty());
}

TEST_CASE("flow desk: a gateway that is away gets its prompts when it is back", "[ivr][flow]") {
    DeskBench bench;
    bench.gateway.away = true;
    REQUIRE(bench.Publish("再见").ok());
    CHECK(bench.gateway.has.empty());
    bench.gateway.away = false;
    REQUIRE(bench.prompts.PushAll().ok());
    CHECK(bench.gateway.has.size() == 1);
}

TEST_CASE("flow desk: an older version can be made current again, one that never was cannot", "[ivr][flow]") {
    DeskBench bench;
    REQUIRE(bench.Publish("一").ok());
    REQUIRE(bench.Publish("二").ok());
    REQUIRE(bench.desk.RollBack({"farewell", 1}).ok());
    CHECK(bench.book.Current("farewell")->stored.version.version == 1);
    CHECK(bench.desk.RollBack({"farewell", 9}).error().code == Code::kNotFound);
}

TEST_CASE("flow desk: a new process knows what was published", "[ivr][flow]") {
    DeskBench bench;
    REQUIRE(bench.Publish("一").ok());
    FlowBook fresh;
    FlowDesk desk{
        {bench.store, bench.prompts, fresh, bench.clock, [](const std::string& body) { return Farewell(body); }}};
    REQUIRE(desk.Load().ok());
    CHECK(fresh.Current("farewell")->flow->Find("bye"));
}

}  // namespace trunkline::ivr
