// Asking customers' records that answer, are silent, or are not there.
#include "ivr/adapters/grpc_callers.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>

#include "metrics/metrics.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::ivr {
namespace {

using namespace std::chrono_literals;

// Knows one number; another keeps the asker waiting until he has given up.
class FakeCustomers final : public customer::v1::Customers::Service {
 public:
    grpc::Status LookUpForRouting(grpc::ServerContext* context, const customer::v1::LookUpForRoutingRequest* request,
                                  customer::v1::RoutingFacts* response) override {
        while (request->number() == "silence" && !context->IsCancelled()) SleepFor(5ms);
        response->set_customer_id("c-1");
        response->set_vip_level(3);
        response->set_manager_agent_id("1002");
        response->set_last_agent_id("1001");
        response->mutable_last_contact_time()->set_seconds(1772413200);
        response->set_language("en");
        return grpc::Status::OK;
    }
};

struct CallersBench {
    CallersBench() {
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
        builder.RegisterService(&customers);
        server = builder.BuildAndStart();
    }
    std::optional<CallerFacts> Ask(const std::string& address, const std::string& number) {
        // It must outlive the thread that keeps it.
        std::promise<std::optional<CallerFacts>> promise;
        GrpcCallers callers(rpc::Connect(address, {}), [](const auto& task) { task(); }, {answered, unanswered});
        callers.Start();
        const SteadyTime start = clock.SteadyNow();
        callers.LookUp(number, [&](std::optional<CallerFacts> facts) { promise.set_value(std::move(facts)); });
        auto facts = promise.get_future().get();
        took = clock.SteadyNow() - start;
        return facts;
    }
    std::string Address() const { return "127.0.0.1:" + std::to_string(port); }

    FakeCustomers customers;
    int port = 0;
    std::unique_ptr<grpc::Server> server;
    SystemClock clock;
    metrics::Registry registry;
    prometheus::Counter& answered = metrics::MakeCounter(registry, "answered", "");
    prometheus::Counter& unanswered = metrics::MakeCounter(registry, "unanswered", "");
    Duration took{};
};

}  // namespace

TEST_CASE("callers: what the records say comes back whole", "[ivr][callers]") {
    CallersBench bench;
    const auto facts = bench.Ask(bench.Address(), "13800000000");
    REQUIRE(facts);
    CHECK(facts->customer == "c-1");
    CHECK(facts->vip_level == 3);
    CHECK(facts->account_manager == "1002");
    CHECK(facts->last_agent == "1001");
    CHECK(ToUnixMillis(facts->last_contact) == 1772413200000);
    CHECK(facts->language == "en");
    CHECK(bench.answered.Value() == 1);
}

TEST_CASE("callers: a silent or absent answer is none, within the limit", "[ivr][callers]") {
    CallersBench bench;
    CHECK_FALSE(bench.Ask(bench.Address(), "silence"));
    CHECK(bench.took >= 250ms);
    CHECK(bench.took < 2s);
    CHECK_FALSE(bench.Ask("127.0.0.1:1", "13800000000"));
    CHECK(bench.unanswered.Value() == 2);
}

TEST_CASE("callers: who asks after the stop gets no answer, and those under way are waited for", "[ivr][callers]") {
    CallersBench bench;
    GrpcCallers callers(rpc::Connect(bench.Address(), {}), [](const auto& task) { task(); },
                        {bench.answered, bench.unanswered});
    callers.Start();
    std::atomic<int> told{0};
    callers.LookUp("silence", [&](const auto&) { ++told; });
    callers.Stop();
    CHECK(told == 1);
    callers.LookUp("13800000000", [&](const auto& facts) { told += facts ? 10 : 1; });
    CHECK(told == 2);
}

}  // namespace trunkline::ivr
