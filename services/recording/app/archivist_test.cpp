// Storing, with a process that dies between any two steps.
#include "recording/app/archivist.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "recording/app/listening_room.hpp"
#include "testing/manual_clock.hpp"

namespace trunkline::recording {
namespace {

using namespace std::chrono_literals;
using Outcome = Archivist::Outcome;

const RecordingId kId{"rec-1"};

struct Killed {};

// Everything outside the process, which stays when it is killed; `kill_at` counts steps that take effect.
struct World {
    testing::ManualClock clock;
    std::set<RecordingId> spool{kId};
    std::map<RecordingId, Recording> rows;
    std::map<RecordingId, TimePoint> due;
    std::set<RecordingId> vault;
    std::vector<std::string> told;
    std::optional<Error> broken;
    int steps = 0;
    int kill_at = 0;

    // Dies before or after the effect of a step.
    template <class Effect>
    void Do(Effect effect) {
        if (++steps == kill_at) throw Killed{};
        effect();
        if (++steps == kill_at) throw Killed{};
    }
};

class FakeSpool final : public Spool {
 public:
    explicit FakeSpool(World& world) : world_(world) {}
    Result<std::vector<Recording>> List() override {
        std::vector<Recording> waiting;
        for (const RecordingId& id : world_.spool) {
            waiting.emplace_back();
            waiting.back().id = id;
        }
        return waiting;
    }
    Status Free(const RecordingId& id) override {
        // The audio must be safe before its only other copy goes.
        CHECK(world_.vault.contains(id));
        CHECK(world_.rows.at(id).state == State::kStored);
        world_.Do([&] { world_.spool.erase(id); });
        return {};
    }

 private:
    World& world_;
};

class FakeAudio final : public Audio {
 public:
    Result<size_t> Read(std::span<uint8_t>) override { return size_t{0}; }
};

class FakeAudioSource final : public AudioSource {
 public:
    explicit FakeAudioSource(World& world) : world_(world) {}
    Result<std::unique_ptr<Audio>> Make(const RecordingId& id) override {
        if (world_.broken) return *world_.broken;
        if (!world_.spool.contains(id)) return Error{Code::kNotFound, "UNKNOWN_RECORDING", "no journal"};
        world_.Do([] {});
        auto audio = std::make_unique<FakeAudio>();
        audio->duration = 2s;
        audio->gaps = 1;
        return std::unique_ptr<Audio>(std::move(audio));
    }

 private:
    World& world_;
};

class InMemoryVault final : public Vault {
 public:
    explicit InMemoryVault(World& world) : world_(world) {}
    Result<Kept> Keep(const RecordingId& id, Audio&) override {
        world_.Do([&] { world_.vault.insert(id); });
        return Kept{"abc", 44};
    }
    Status Open(const RecordingId&, const std::function<bool(std::span<const uint8_t>)>& sink) override {
        world_.told.push_back("opened");
        sink({});
        return {};
    }
    Status Verify(const RecordingId&, const std::string&) override { return {}; }
    Status Shred(const RecordingId& id) override {
        world_.vault.erase(id);
        return {};
    }

 private:
    World& world_;
};

class InMemoryIndex final : public RecordingIndex {
 public:
    explicit InMemoryIndex(World& world) : world_(world) {}
    Result<std::vector<RecordingId>> Announce(const std::vector<Recording>& recordings, bool again,
                                              TimePoint now) override {
        std::vector<RecordingId> stored;
        for (const Recording& recording : recordings) {
            world_.Do([&] {
                const auto [row, fresh] = world_.rows.try_emplace(recording.id, recording);
                if (fresh) world_.due[recording.id] = now;
                const auto pending = Apply(row->second.state, Change::kFoundAgain);
                if (again && pending) row->second.state = *pending;
            });
            if (world_.rows.at(recording.id).state == State::kStored) stored.push_back(recording.id);
        }
        return stored;
    }
    Result<std::optional<Recording>> NextDue(TimePoint now) override {
        for (const auto& [id, row] : world_.rows) {
            if (row.state == State::kPending && world_.due.at(id) <= now) return std::optional(row);
        }
        return std::optional<Recording>();
    }
    Status MarkStored(const Recording& recording, TimePoint) override {
        world_.Do([&] {
            if (world_.rows.at(recording.id).state == State::kStored) return;
            world_.rows.at(recording.id) = recording;
            world_.rows.at(recording.id).state = State::kStored;
            world_.told.push_back("stored");
        });
        return {};
    }
    Status MarkRetry(const RecordingId& id, int tries, TimePoint next, const std::string&) override {
        world_.rows.at(id).tries = tries;
        world_.due[id] = next;
        return {};
    }
    Status MarkFailed(const Recording& recording, const Error& error, TimePoint) override {
        world_.rows.at(recording.id).state = State::kFailed;
        world_.told.push_back("failed " + error.reason);
        return {};
    }
    Result<Recording> Find(const RecordingId& id) override { return world_.rows.at(id); }
    Result<std::vector<Recording>> List(const Search&) override { return std::vector<Recording>{}; }
    Status NotePlay(const Recording&, const Play& play, TimePoint) override {
        world_.told.push_back("played by " + play.actor);
        return {};
    }

 private:
    World& world_;
};

// A process: it can be thrown away at any time.
struct Process {
    explicit Process(World& world)
        : spool(world),
          source(world),
          vault(world),
          index(world),
          archivist({spool, source, vault, index, world.clock}) {}
    FakeSpool spool;
    FakeAudioSource source;
    InMemoryVault vault;
    InMemoryIndex index;
    Archivist archivist;
};

void RunToTheEnd(World& world) {
    Process process(world);
    // Not inside of CHECK, which would catch Killed itself.
    const bool reconciled = process.archivist.Reconcile(true).ok();
    CHECK(reconciled);
    while (*process.archivist.WorkOnce() != Outcome::kNothingDue) {
    }
}

}  // namespace

TEST_CASE("archivist: killed at any step, a new process finishes, tells once and frees the spool", "[recording]") {
    const int kill_at = GENERATE(range(1, 12));  // there are ten steps; 11 kills nobody
    CAPTURE(kill_at);
    World world;
    world.kill_at = kill_at;
    try {
        RunToTheEnd(world);
    } catch (const Killed&) {
    }
    world.kill_at = 0;
    RunToTheEnd(world);
    CHECK(world.spool.empty());
    CHECK(world.vault.contains(kId));
    CHECK(world.told == std::vector<std::string>{"stored"});
    const Recording& row = world.rows.at(kId);
    CHECK(row.state == State::kStored);
    CHECK(row.duration == 2s);
    CHECK(row.gaps == 1);
    CHECK(row.sha256 == "abc");
}

TEST_CASE("archivist: what is away is tried again, later and later, for ever", "[recording]") {
    World world;
    world.broken = Error{Code::kUnavailable, "UNAVAILABLE", "trunk is away"};
    Process process(world);
    REQUIRE(process.archivist.Reconcile(true).ok());
    for (int i = 0; i < 50; ++i) {
        CHECK(*process.archivist.WorkOnce() == Outcome::kRetry);
        CHECK(*process.archivist.WorkOnce() == Outcome::kNothingDue);
        world.clock.Advance(5min);
    }
    world.broken.reset();
    CHECK(*process.archivist.WorkOnce() == Outcome::kStored);
}

TEST_CASE("archivist: damage is told after five tries, its journal stays, and a restart tries again", "[recording]") {
    World world;
    world.broken = Error{Code::kDataLoss, "JOURNAL_HEADER_DAMAGED", "no header"};
    Process process(world);
    REQUIRE(process.archivist.Reconcile(true).ok());
    for (int i = 0; i < 4; ++i) {
        CHECK(*process.archivist.WorkOnce() == Outcome::kRetry);
        world.clock.Advance(5min);
    }
    CHECK(*process.archivist.WorkOnce() == Outcome::kFailed);
    CHECK(world.told == std::vector<std::string>{"failed JOURNAL_HEADER_DAMAGED"});
    CHECK(world.spool.contains(kId));
    REQUIRE(process.archivist.Reconcile(false).ok());
    CHECK(*process.archivist.WorkOnce() == Outcome::kNothingDue);
    world.broken.reset();
    RunToTheEnd(world);
    CHECK(world.told.back() == "stored");
}

TEST_CASE("listening room: nobody listens without a name, a reason and a note", "[recording]") {
    World world;
    RunToTheEnd(world);
    world.told.clear();
    Process process(world);
    ListeningRoom room(process.index, process.vault, world.clock);
    const auto sink = [](std::span<const uint8_t>) { return true; };
    CHECK(room.Listen({kId, "", "complaint"}, sink).error().reason == "ACTOR_MISSING");
    CHECK(room.Listen({kId, "ann", ""}, sink).error().reason == "REASON_MISSING");
    CHECK(world.told.empty());
    CHECK(room.Listen({kId, "ann", "complaint"}, sink).ok());
    CHECK(world.told == std::vector<std::string>{"played by ann", "opened"});
    world.rows.at(kId).state = State::kPending;
    CHECK(room.Listen({kId, "ann", "complaint"}, sink).error().reason == "NOT_STORED");
    world.rows.at(kId).state = State::kDeleted;
    CHECK(room.Listen({kId, "ann", "complaint"}, sink).error().reason == "RECORDING_DELETED");
}

}  // namespace trunkline::recording
