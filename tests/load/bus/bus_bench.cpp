// Events a second through outbox, relay and cursor, and the delay from Post to the committed effect, on a PostgreSQL of
// its own with fsync on. Prints a table, then one line of JSON.
#include <algorithm>
#include <cstdio>

#include "bus/outbox.hpp"
#include "bus/publisher.hpp"
#include "bus/settings.hpp"
#include "bus/subscriber.hpp"
#include "ids/ids.hpp"
#include "log/log.hpp"
#include "testing/database/throwaway_postgres.hpp"

namespace trunkline::bus {
namespace {

constexpr int kKeys = 200;

// A source and a consumer of it, as two services would be, in one process.
class Bench {
 public:
    Bench()
        : from_(testing::ThrowawayPostgres::Shared().NewSchema("bench")),
          to_(testing::ThrowawayPostgres::Shared().NewSchema("sink")),
          writer_(*from_, registry_, "bench"),
          publisher_(*from_, registry_, {"bench", "tcp://127.0.0.1:0"}) {
        MigrateAtStart(*from_, {});
        MigrateAtStart(*to_, {});
        writer_.OnCommitted([this](Committed facts) { publisher_.Publish(std::move(facts)); });
        publisher_.Start();
        grpc::ServerBuilder builder;
        int port = 0;
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
        builder.RegisterService(&publisher_.event_log());
        server_ = builder.BuildAndStart();
        SubscriberConfig config;
        config.consumer = "sink";
        config.sources = {{"bench", publisher_.address(), "127.0.0.1:" + std::to_string(port)}};
        subscriber_ = std::make_unique<Subscriber>(*to_, registry_, config, [this](pqxx::work&, const Received& event) {
            handled_.push_back(event.occurred);
        });
        subscriber_->OnCommitted([this] { MeasureCommitted(); });
        subscriber_->Start();
        writer_.Start();
    }

    // Posts at a rate (0: as fast as the queue takes them) and waits for the last effect; returns the seconds it took.
    double Run(int count, int rate) {
        const SteadyTime begin = clock_.SteadyNow();
        const size_t target = done_ + count;
        delays_.clear();
        for (int i = 0; i < count; ++i) {
            if (rate > 0 && i % 10 == 0) {
                SleepFor(begin + std::chrono::nanoseconds(std::chrono::seconds(i)) / rate - clock_.SteadyNow());
            }
            const std::string number = std::to_string(++posted_);
            while (!writer_.Post(Event{DerivedId(number), std::to_string(i % kKeys), "bench.Fact", clock_.Now(),
                                       std::string(200, 'x')})) {
                SleepFor(std::chrono::milliseconds(1));
            }
        }
        while (done_ < target) {
            SleepFor(std::chrono::milliseconds(1));
        }
        return std::chrono::duration<double>(clock_.SteadyNow() - begin).count();
    }

    // Milliseconds, of the last Run.
    double Delay(double quantile) {
        std::sort(delays_.begin(), delays_.end());
        return delays_[static_cast<size_t>(quantile * static_cast<double>(delays_.size() - 1))];
    }

 private:
    void MeasureCommitted() {
        const TimePoint now = clock_.Now();
        for (const TimePoint posted : handled_) {
            delays_.push_back(std::chrono::duration<double, std::milli>(now - posted).count());
        }
        done_ += handled_.size();
        handled_.clear();
    }

    SystemClock clock_;
    metrics::Registry registry_;
    std::unique_ptr<db::Pool> from_;
    std::unique_ptr<db::Pool> to_;
    FactWriter writer_;
    Publisher publisher_;
    std::unique_ptr<grpc::Server> server_;
    int64_t posted_ = 0;
    // On the subscriber's thread while a run is under way.
    std::vector<TimePoint> handled_;
    std::vector<double> delays_;
    std::atomic<size_t> done_{0};
    std::unique_ptr<Subscriber> subscriber_;
};

int Main() {
    log::Configure("bus_bench", log::Level::kError);
    Bench bench;
    bench.Run(1000, 1000);  // until all are connected
    constexpr int kBulk = 90'000;
    const double events_per_second = kBulk / bench.Run(kBulk, 0);
    std::printf("as fast as possible  %8.0f events/s\n", events_per_second);
    std::printf("events/s   p50 ms   p99 ms  p99.9 ms\n");
    std::string rows;
    for (const int rate : {1000, 5000, 10'000}) {
        bench.Run(rate * 5, rate);
        std::printf("%8d %8.1f %8.1f %8.1f\n", rate, bench.Delay(0.5), bench.Delay(0.99), bench.Delay(0.999));
        rows += (rows.empty() ? "" : ", ") + ("{\"rate\": " + std::to_string(rate)) +
                ", \"p50_ms\": " + std::to_string(bench.Delay(0.5)) +
                ", \"p99_ms\": " + std::to_string(bench.Delay(0.99)) + "}";
    }
    std::printf("{\"events_per_second\": %.0f, \"delays\": [%s]}\n", events_per_second, rows.c_str());
    return 0;
}

}  // namespace
}  // namespace trunkline::bus

int main() { return trunkline::service::Main("bus_bench", trunkline::bus::Main); }
