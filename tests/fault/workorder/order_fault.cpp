// Kills the work-order service with -9 in the middle of every kind of step, then looks at every order: each is before
// or after a step, never between, and nothing that was acknowledged is lost or doubled. First it measures how soon a
// subscriber of the bus sees a step.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "auditor.hpp"
#include "bus/settings.hpp"
#include "bus/subscriber.hpp"
#include "clerk.hpp"
#include "log/log.hpp"
#include "service_process.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "trunkline/workorder/v1/events.pb.h"
#include "trunkline/workorder/v1/workorder.grpc.pb.h"

namespace trunkline::workorder {
namespace {

const std::vector<v1::Step> kWay{v1::ACCEPT, v1::FEED_BACK, v1::VERIFY, v1::CLOSE};
constexpr int64_t kSightLimitMillis = 200;

// Milliseconds from the moment a step was decided to its effect at a subscriber.
bool MeasureSight(ServiceProcess& service) {
    auto pool = testing::ThrowawayPostgres::Shared().NewSchema("sink");
    bus::MigrateAtStart(*pool, {});
    metrics::Registry registry;
    const SystemClock clock;
    std::mutex mutex;
    std::vector<int64_t> delays;
    bus::SubscriberConfig config;
    config.consumer = "sink";
    config.sources = {{"workorder", service.bus(), service.grpc()}};
    bus::Subscriber subscriber(*pool, registry, config, [&](pqxx::work&, const bus::Received& event) {
        v1::OrderStepTaken step;
        if (event.To(step)) {
            const std::lock_guard lock(mutex);
            delays.push_back(ToUnixMillis(clock.Now()) - ToUnixMillis(event.occurred));
        }
    });
    subscriber.Start();
    Aim nowhere;
    const std::atomic<bool> never = false;
    Clerk clerk(service.grpc(), "sight", nowhere, never);
    // What is told before the subscriber has found the publisher says nothing about the way.
    clerk.Take(*clerk.Create("complaint"), v1::ACCEPT);
    for (bool found = false; !found; SleepFor(std::chrono::milliseconds(10))) {
        const std::lock_guard lock(mutex);
        found = !delays.empty();
        delays.clear();
    }
    for (int i = 0; i < 25; ++i) {
        const auto order = clerk.Create("complaint");
        for (const v1::Step step : kWay) {
            clerk.Take(*order, step);
            SleepFor(std::chrono::milliseconds(10));
        }
    }
    SleepFor(std::chrono::seconds(1));
    subscriber.Stop();
    std::sort(delays.begin(), delays.end());
    if (delays.size() < 95) {
        std::fprintf(stderr, "FAILED: a subscriber saw %zu of 100 steps\n", delays.size());
        return false;
    }
    const int64_t late = delays[delays.size() * 99 / 100];
    std::printf("a step is seen by a subscriber after %ld ms (half of them), %ld ms (99 of 100)\n",
                static_cast<long>(delays[delays.size() / 2]), static_cast<long>(late));
    return late <= kSightLimitMillis;
}

// Waits until somebody is about to take a step of this kind, and kills a moment later; false when nobody did.
bool KillIn(v1::Step step, ServiceProcess& service, Aim& aim, std::mt19937& random) {
    const SystemClock clock;
    aim.step = step;
    const SteadyTime end = clock.SteadyNow() + std::chrono::seconds(8);
    while (aim.step != v1::STEP_UNSPECIFIED) {
        if (clock.SteadyNow() > end) {
            return false;
        }
        SleepFor(std::chrono::microseconds(200));
    }
    SleepFor(std::chrono::microseconds(random() % 6000));
    service.Kill();
    service.Start();
    return true;
}

// Every kind that people take, `rounds` times.
int KillInEach(ServiceProcess& service, Aim& aim, int rounds) {
    std::mt19937 random(20260302);
    int kills = 0;
    for (int round = 0; round < rounds; ++round) {
        for (int step = v1::CREATE; step <= v1::SEND_CREW; ++step) {
            if (step == v1::WARN) {
                continue;  // taken by time alone
            }
            if (!KillIn(static_cast<v1::Step>(step), service, aim, random)) {
                std::fprintf(stderr, "FAILED: nobody took %s\n", v1::Step_Name(static_cast<v1::Step>(step)).c_str());
                return 0;
            }
            ++kills;
        }
    }
    return kills;
}

int Run(const std::string& bin, int rounds) {
    ServiceProcess service(bin, testing::ThrowawayPostgres::Shared().url());
    service.Start();
    const bool seen = MeasureSight(service);
    Ledger ledger;
    Aim aim;
    std::atomic<bool> stop = false;
    std::vector<std::thread> clerks;
    for (int i = 0; i < 4; ++i) {
        clerks.emplace_back([&, i] { Clerk(service.grpc(), "clerk" + std::to_string(i), aim, stop).Work(ledger); });
    }
    const int kills = KillInEach(service, aim, rounds);
    stop = true;
    for (auto& clerk : clerks) {
        clerk.join();
    }
    service.Kill();
    Auditor auditor(service.url());
    const bool sound = auditor.All(ledger);
    const int steps = auditor.Count("order_log");
    std::printf("%d kills, %d orders, %d steps: %s\n", kills, auditor.Count("work_order"), steps,
                sound ? "every order is sound" : "FAILED");
    return seen && sound && kills > 0 ? 0 : 1;
}

}  // namespace
}  // namespace trunkline::workorder

int main(int argc, char** argv) {
    std::map<std::string, std::string> options{{"--bin", "build/bin"}, {"--rounds", "1"}};
    for (int i = 1; i + 1 < argc; i += 2) {
        options[argv[i]] = argv[i + 1];
    }
    return trunkline::workorder::Run(options["--bin"], std::stoi(options["--rounds"]));
}
