// Kills the work-order service with -9 while people take steps, then looks at every order: each is before or after a
// step, never between, and nothing that was acknowledged is lost or doubled. First it measures how soon a subscriber of
// the bus sees a step.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "bus/outbox.hpp"
#include "bus/settings.hpp"
#include "bus/subscriber.hpp"
#include "ids/ids.hpp"
#include "log/log.hpp"
#include "service_process.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "trunkline/workorder/v1/events.pb.h"
#include "trunkline/workorder/v1/workorder.grpc.pb.h"

namespace trunkline::workorder {
namespace {

const std::vector<v1::Step> kWay{v1::ACCEPT, v1::FEED_BACK, v1::VERIFY, v1::CLOSE};
constexpr int64_t kSightLimitMillis = 200;

class Clerk {
 public:
    explicit Clerk(const std::string& address) : orders_(v1::WorkOrders::NewStub(rpc::Connect(address, {}))) {}

    // Tries until it is acknowledged or `stop` is set; the request id makes that safe.
    bool Create(const std::string& request_id, v1::Order& order, const std::atomic<bool>& stop) {
        v1::CreateOrderRequest request;
        request.set_request_id(request_id);
        request.set_actor("clerk");
        request.set_type(v1::COMPLAINT);
        request.set_title("12路未停靠");
        request.set_branch("east");
        request.set_customer_number("13800138000");
        return Repeat(stop,
                      [&](grpc::ClientContext& context) { return orders_->CreateOrder(&context, request, &order); });
    }
    bool Take(const std::string& request_id, const std::string& order_id, v1::Step step,
              const std::atomic<bool>& stop) {
        v1::TakeStepRequest request;
        request.set_request_id(request_id);
        request.set_actor("clerk");
        request.set_order_id(order_id);
        request.set_step(step);
        request.set_text("done");
        v1::Order order;
        return Repeat(stop, [&](grpc::ClientContext& context) { return orders_->TakeStep(&context, request, &order); });
    }

 private:
    template <class Call>
    bool Repeat(const std::atomic<bool>& stop, const Call& call) {
        while (!stop) {
            grpc::ClientContext context;
            rpc::SetDeadline(context);
            const grpc::Status status = call(context);
            if (status.ok()) {
                return true;
            }
            const bool again = status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                               status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
            if (!again) {
                std::fprintf(stderr, "refused: %s\n", status.error_message().c_str());
                std::exit(1);
            }
            SleepFor(std::chrono::milliseconds(20));
        }
        return false;
    }

    std::unique_ptr<v1::WorkOrders::Stub> orders_;
};

// What was acknowledged: how far each order had come.
class Ledger {
 public:
    void Acknowledge(const std::string& order_id, int steps) {
        const std::lock_guard lock(mutex_);
        acknowledged_[order_id] = steps;
    }
    const std::map<std::string, int>& acknowledged() const { return acknowledged_; }

 private:
    std::mutex mutex_;
    std::map<std::string, int> acknowledged_;
};

void Work(const std::string& address, int number, Ledger& ledger, const std::atomic<bool>& stop) {
    Clerk clerk(address);
    for (int round = 0; !stop; ++round) {
        const std::string name = "clerk" + std::to_string(number) + "/" + std::to_string(round);
        v1::Order order;
        if (!clerk.Create(name, order, stop)) {
            return;
        }
        ledger.Acknowledge(order.order_id(), 1);
        int steps = 1;
        for (const v1::Step step : kWay) {
            if (!clerk.Take(name + "/" + v1::Step_Name(step), order.order_id(), step, stop)) {
                return;
            }
            ledger.Acknowledge(order.order_id(), ++steps);
        }
    }
}

// Prints what is wrong; true when nothing is.
class Auditor {
 public:
    explicit Auditor(const std::string& url)
        : connection_(url + "?options=-csearch_path%3Dworkorder"), read_(connection_) {}

    bool Nothing(const char* what, const std::string& query) {
        const auto rows = read_.exec(query);
        if (!rows.empty()) {
            std::fprintf(stderr, "FAILED: %zu times %s, such as %s\n", static_cast<size_t>(rows.size()), what,
                         rows[0][0].c_str());
        }
        return rows.empty();
    }
    // As many log entries as were acknowledged, at least.
    bool Holds(const std::map<std::string, int>& acknowledged) {
        bool sound = true;
        std::map<std::string, int> stored;
        for (const auto& row : read_.exec("SELECT order_id, count(*) FROM order_log GROUP BY 1")) {
            stored[row[0].as<std::string>()] = row[1].as<int>();
        }
        for (const auto& [order, steps] : acknowledged) {
            if (stored[order] < steps) {
                std::fprintf(stderr, "FAILED: order %s was acknowledged %d steps and holds %d\n", order.c_str(), steps,
                             stored[order]);
                sound = false;
            }
        }
        return sound;
    }
    bool All(const std::map<std::string, int>& acknowledged) {
        const std::string entries = "(SELECT count(*) FROM order_log l WHERE l.order_id = o.order_id)";
        const std::string told =
            "(SELECT count(*) FROM outbox e WHERE e.key = o.order_id::text AND e.type LIKE '%.Order%' AND e.type";
        return Nothing("log and revision differ", "SELECT number FROM work_order o WHERE revision <> " + entries) &&
               Nothing("a hole in a log", "SELECT order_id FROM order_log GROUP BY 1 HAVING max(number) <> count(*)") &&
               Nothing("a step taken twice",
                       "SELECT order_id FROM order_log GROUP BY order_id, step HAVING count(*) > 1") &&
               Nothing("log and events differ", "SELECT number FROM work_order o WHERE " + entries + " <> " + told +
                                                    " ~ 'OrderCreated|OrderStepTaken')") &&
               Nothing("closed and not told so",
                       "SELECT number FROM work_order o WHERE (phase = 5)::int <> " + told + " ~ 'OrderClosed')") &&
               Nothing("a message missing",
                       "SELECT number FROM work_order o WHERE (SELECT count(*) FROM notice n WHERE n.order_id = "
                       "o.order_id) <> "
                       "(SELECT count(*) FROM order_log l WHERE l.order_id = o.order_id AND step IN (1, 3, 4, 6))") &&
               Nothing("request and step apart",
                       "SELECT number FROM work_order o WHERE (SELECT count(*) FROM request r WHERE r.order_id = "
                       "o.order_id) <> " +
                           entries) &&
               Holds(acknowledged);
    }
    int Count(const std::string& table) { return read_.exec1("SELECT count(*) FROM " + table)[0].as<int>(); }

 private:
    pqxx::connection connection_;
    pqxx::nontransaction read_;
};

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
    Clerk clerk(service.grpc());
    const std::atomic<bool> never = false;
    // What is told before the subscriber has found the publisher says nothing about the way.
    v1::Order first;
    clerk.Create("sight/first", first, never);
    clerk.Take("sight/first/accept", first.order_id(), v1::ACCEPT, never);
    for (bool found = false; !found; SleepFor(std::chrono::milliseconds(10))) {
        const std::lock_guard lock(mutex);
        found = !delays.empty();
        delays.clear();
    }
    for (int i = 0; i < 25; ++i) {
        v1::Order order;
        const std::string name = "sight/" + std::to_string(i);
        clerk.Create(name, order, never);
        for (const v1::Step step : kWay) {
            clerk.Take(name + v1::Step_Name(step), order.order_id(), step, never);
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

int Run(const std::string& bin, int seconds) {
    ServiceProcess service(bin, testing::ThrowawayPostgres::Shared().url());
    service.Start();
    const bool seen = MeasureSight(service);
    Ledger ledger;
    std::atomic<bool> stop = false;
    std::vector<std::thread> clerks;
    for (int i = 0; i < 4; ++i) {
        clerks.emplace_back([&, i] { Work(service.grpc(), i, ledger, stop); });
    }
    std::mt19937 random(20260302);
    const SystemClock clock;
    const SteadyTime end = clock.SteadyNow() + std::chrono::seconds(seconds);
    int kills = 0;
    for (; clock.SteadyNow() < end; ++kills) {
        SleepFor(std::chrono::milliseconds(700 + random() % 900));
        service.Kill();
        service.Start();
    }
    stop = true;
    for (auto& clerk : clerks) {
        clerk.join();
    }
    service.Kill();
    Auditor auditor(service.url());
    const bool sound = auditor.All(ledger.acknowledged());
    const int steps = auditor.Count("order_log");
    std::printf("%d kills, %d orders, %d steps: %s\n", kills, auditor.Count("work_order"), steps,
                sound ? "every order is sound" : "FAILED");
    // A run in which hardly anything happened proves nothing.
    return seen && sound && kills > 5 && steps > 200 ? 0 : 1;
}

}  // namespace
}  // namespace trunkline::workorder

int main(int argc, char** argv) {
    std::map<std::string, std::string> options{{"--bin", "build/bin"}, {"--seconds", "25"}};
    for (int i = 1; i + 1 < argc; i += 2) {
        options[argv[i]] = argv[i + 1];
    }
    return trunkline::workorder::Run(options["--bin"], std::stoi(options["--seconds"]));
}
