// Measures what a browser's leg costs, and what a spray of forged packets costs it: media_tests "[line-load]". Not part
// of the normal tests.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "media/browser_peer_for_tests.hpp"

namespace trunkline::media {
namespace {

using testing::BrowserPeer;
using testing::EventLog;
using testing::Peer;

constexpr int kSeconds = 10;

int Wanted(const char* name, int otherwise) {
    const char* wanted = std::getenv(name);
    return wanted != nullptr ? std::atoi(wanted) : otherwise;
}

double CpuMillis() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto millis = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return millis(usage.ru_utime) + millis(usage.ru_stime);
}

// Telephones that talk with browsers, pair by pair.
struct Desks {
    explicit Desks(int calls) : engine(Options(), clock, log.sink()) {
        for (int i = 0; i < calls; ++i) {
            const std::string name = std::to_string(i);
            browsers.push_back(std::make_unique<BrowserPeer>());
            phones.push_back(std::make_unique<Peer>());
            const auto line = engine.OpenLine(LegId("line-" + name));
            REQUIRE(line);
            browsers.back()->engine = line->local;
            REQUIRE(browsers.back()->Connect(engine, LegId("line-" + name), "1"));
            const auto leg = engine.OpenLeg(LegId("phone-" + name), {});
            REQUIRE(leg);
            phones.back()->engine = leg->local;
            REQUIRE(engine.SetRemote(LegId("phone-" + name), phones.back()->remote()));
            REQUIRE(engine.OpenLineLeg(LegId("browser-" + name), {std::chrono::minutes(1)}));
            REQUIRE(engine.SetRemote(LegId("browser-" + name), BrowserPeer::remote()));
            REQUIRE(engine.LendLine(LegId("line-" + name), LegId("browser-" + name)));
            REQUIRE(engine.Connect(BridgeId(name), LegId("phone-" + name)));
            REQUIRE(engine.Connect(BridgeId(name), LegId("browser-" + name)));
        }
    }
    static EngineOptions Options() {
        EngineOptions options;
        options.first_port = 40000;
        options.last_port = 49999;
        return options;
    }

    // Another process plays all peers, so that its work is not counted; `forged` packets a second hit the first line.
    pid_t Play(int forged) {
        const pid_t child = fork();
        if (child != 0) return child;
        auto stranger = UdpSocket::Bind(*rtp::MakeAddress("127.0.0.1", 0));
        std::vector<uint8_t> packet(rtp::kHeaderBytes + kFrameSamples + 16, 0xd5);
        const SteadyTime start = clock.SteadyNow();
        for (int64_t milli = 0, sent = 0;; ++milli) {
            while (clock.SteadyNow() < start + std::chrono::milliseconds(milli)) poll(nullptr, 0, 1);
            for (auto i = static_cast<size_t>(milli % 20); i < phones.size(); i += 20) {
                phones[i]->Say();
                phones[i]->Listen();
                phones[i]->Forget();
                browsers[i]->Say();
                browsers[i]->Listen();
                browsers[i]->Forget();
            }
            for (; sent < milli * forged / 1000; ++sent) {
                rtp::WriteHeader({8, false, static_cast<uint16_t>(sent), 0, browsers[0]->ssrc}, packet.data());
                // Every other one as if it came from the browser itself, so that it must be opened to be refused.
                const UdpSocket& from = sent % 2 == 0 ? *stranger : browsers[0]->socket();
                from.Send(packet, browsers[0]->engine);
            }
        }
    }

    // The peers outlive the engine, so that it never speaks to a port that is somebody else's by then.
    std::vector<std::unique_ptr<BrowserPeer>> browsers;
    std::vector<std::unique_ptr<Peer>> phones;
    SystemClock clock;
    EventLog log;
    Engine engine;
};

struct Cost {
    double millis = 0;  // CPU of this process
    EngineTotals totals;
};

Cost Measure(Desks& desks, int forged, int seconds) {
    const pid_t child = desks.Play(forged);
    poll(nullptr, 0, 1000);
    const double before = CpuMillis();
    const EngineTotals totals = desks.engine.Totals();
    poll(nullptr, 0, seconds * 1000);
    Cost cost{CpuMillis() - before, desks.engine.Totals()};
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    cost.totals.packets_relayed -= totals.packets_relayed;
    cost.totals.packets_received -= totals.packets_received;
    cost.totals.foreign_dropped -= totals.foreign_dropped;
    return cost;
}

}  // namespace

TEST_CASE("line load: CPU of calls between telephones and browsers", "[.][line-load]") {
    Desks desks(Wanted("TRUNKLINE_LOAD_CALLS", 100));
    const Cost cost = Measure(desks, 0, kSeconds);
    const double call_seconds = static_cast<double>(cost.totals.packets_relayed) / 100;
    std::cout << desks.phones.size() << " calls with browsers: " << cost.millis / call_seconds
              << " ms CPU a call and second; "
              << call_seconds / static_cast<double>(desks.phones.size()) / kSeconds * 100
              << " % of the packets played\n";
    CHECK(cost.totals.packets_relayed > 0);
}

TEST_CASE("line load: forged packets at one browser's port", "[.][line-load]") {
    const int rate = Wanted("TRUNKLINE_LOAD_FORGED", 20'000);
    const int seconds = Wanted("TRUNKLINE_LOAD_SECONDS", 50);
    Desks desks(1);
    const Cost calm = Measure(desks, 0, kSeconds);
    const Cost storm = Measure(desks, rate, seconds);
    std::cout << storm.totals.foreign_dropped << " forged packets in " << seconds << " s: " << calm.millis / kSeconds
              << " ms CPU a second without, " << storm.millis / seconds << " with them; "
              << storm.totals.packets_received << " genuine packets of " << seconds * 100 << " were used\n";
    CHECK(storm.totals.packets_received <= static_cast<uint64_t>(seconds) * 101);
    CHECK(storm.totals.packets_relayed > 0);
    CHECK_FALSE(desks.log.Now<MediaTimeout>());
}

}  // namespace trunkline::media
