// Measures what a relayed call costs: media_tests "[load]". Not part of the normal tests.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "media/engine.hpp"
#include "media/peer_for_tests.hpp"

namespace trunkline::media {
namespace {

using testing::EventLog;
using testing::Peer;
using testing::TemporaryFolder;

constexpr int kSeconds = 10;

using Peers = std::vector<std::unique_ptr<Peer>>;

Peers MakePeers(int calls) {
    Peers peers;
    for (int i = 0; i < 2 * calls; ++i) peers.push_back(std::make_unique<Peer>(Codec::kPcma, 0));
    return peers;
}

struct Cost {
    // Milliseconds of CPU, of this process.
    double user = 0;
    double system = 0;
    uint64_t relayed = 0;
    uint64_t late_ticks = 0;
};

Cost Spent(const Engine& engine) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto millis = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    const EngineTotals totals = engine.Totals();
    return {millis(usage.ru_utime), millis(usage.ru_stime), totals.packets_relayed, totals.late_ticks};
}

// Another process plays all peers, so that its work is not counted: a twentieth of them each millisecond.
pid_t StartPeers(Peers& peers) {
    const pid_t child = fork();
    if (child != 0) return child;
    const SystemClock clock;
    const SteadyTime start = clock.SteadyNow();
    for (int64_t milli = 0;; ++milli) {
        const auto due = start + std::chrono::milliseconds(milli);
        while (clock.SteadyNow() < due) poll(nullptr, 0, 1);
        for (size_t i = static_cast<size_t>(milli % 20); i < peers.size(); i += 20) {
            peers[i]->Say();
            peers[i]->Listen();
            peers[i]->Forget();
        }
    }
}

Cost Measure(int calls, bool record) {
    TemporaryFolder folder;
    auto peers = MakePeers(calls);
    SystemClock clock;
    EventLog log;
    EngineOptions options;
    options.first_port = 40000;
    options.last_port = 49999;
    Engine engine(options, clock, log.sink());
    for (size_t i = 0; i < peers.size(); ++i) {
        const LegId leg(std::to_string(i));
        const auto media = engine.OpenLeg(leg, {});
        REQUIRE(media);
        peers[i]->engine = media->local;
        REQUIRE(engine.SetRemote(leg, peers[i]->remote()));
        REQUIRE(engine.Connect(BridgeId(std::to_string(i / 2)), leg));
        if (record && i % 2 == 1) {
            const RecordingId recording(std::to_string(i));
            const auto path = folder / recording.str().c_str();
            REQUIRE(engine.Record(recording, path, {LegId(std::to_string(i - 1))}, {leg}));
        }
    }
    const pid_t child = StartPeers(peers);
    poll(nullptr, 0, 1000);
    const Cost before = Spent(engine);
    poll(nullptr, 0, kSeconds * 1000);
    const Cost after = Spent(engine);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    return {after.user - before.user, after.system - before.system, after.relayed - before.relayed,
            after.late_ticks - before.late_ticks};
}

}  // namespace

TEST_CASE("engine load: CPU of relayed calls", "[.][load]") {
    const char* wanted = std::getenv("TRUNKLINE_LOAD_CALLS");
    const int calls = wanted != nullptr ? std::atoi(wanted) : 200;
    for (const bool record : {false, true}) {
        const Cost cost = Measure(calls, record);
        // 100 packets are a call's second, also when a busy machine could not play all of them.
        const double call_seconds = static_cast<double>(cost.relayed) / 100;
        std::cout << calls << " calls" << (record ? ", recorded: " : ": ") << (cost.user + cost.system) / call_seconds
                  << " ms CPU a call and second (user " << cost.user / call_seconds << ", system "
                  << cost.system / call_seconds << "); " << call_seconds / calls / kSeconds * 100
                  << " % of the packets played, " << cost.late_ticks << " late ticks\n";
        CHECK(cost.relayed > 0);
    }
}

}  // namespace trunkline::media
