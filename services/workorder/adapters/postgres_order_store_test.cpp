// Work orders in a real PostgreSQL: one transaction for state and events, safe retries, two people at once.
#include "workorder/adapters/postgres_order_store.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "bus/outbox.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "testing/manual_clock.hpp"
#include "workorder/app/order_desk.hpp"
#include "workorder/migrations.hpp"

namespace trunkline::workorder {
namespace {

struct Office {
    Office() {
        REQUIRE(pool->Migrate({bus::OutboxMigration()}).ok());
        REQUIRE(pool->Migrate(kMigrations).ok());
    }

    NewOrder Complaint() const {
        return {{}, OrderType::kComplaint, "12路未停靠", "", ContactId{"c1"}, "13800138000", "east", "1001"};
    }
    std::vector<std::string> Events() {
        return pool
            ->Run([](pqxx::work& transaction) {
                std::vector<std::string> types;
                for (const auto& row : transaction.exec("SELECT type FROM outbox ORDER BY sequence")) {
                    types.push_back(row[0].as<std::string>());
                }
                return types;
            })
            .value();
    }

    std::unique_ptr<db::Pool> pool = testing::ThrowawayPostgres::Shared().NewSchema("workorder");
    testing::ManualClock clock;
    UuidGenerator ids;
    calendar::WorkingCalendar calendar = calendar::WorkingCalendar::Make(calendar::ChineseOfficeRules()).value();
    int rings = 0;
    PostgresOrderStore store{*pool, "Asia/Shanghai", [this] { ++rings; }};
    OrderDesk desk{store, calendar, clock, ids};
};

TEST_CASE("order store: an order comes back as it was stored, found by id and by number", "[workorder][database]") {
    Office office;
    const Order order = office.desk.Create("r1", office.Complaint()).value();
    REQUIRE(order.number == "20260302-000001");
    REQUIRE(office.desk.Create("r2", office.Complaint()).value().number == "20260302-000002");
    for (const std::string& key : {order.id.str(), order.number}) {
        const Order found = office.desk.Find(key).value();
        REQUIRE(found.title == "12路未停靠");
        REQUIRE(found.due == order.due);
        REQUIRE(found.log.size() == 1);
    }
    REQUIRE(office.desk.Find("20260302-000009").error().code == Code::kNotFound);
    REQUIRE(office.rings == 2);
}

TEST_CASE("order store: the same request id does nothing twice", "[workorder][database]") {
    Office office;
    const Order order = office.desk.Create("r1", office.Complaint()).value();
    REQUIRE(office.desk.Create("r1", office.Complaint()).value().id == order.id);
    const StepRequest accept{Step::kAccept, "east", "", 0};
    REQUIRE(office.desk.Step("r2", order.number, accept).value().revision == 2);
    REQUIRE(office.desk.Step("r2", order.number, accept).value().revision == 2);
    REQUIRE(office.Events() ==
            std::vector<std::string>{"trunkline.workorder.v1.OrderCreated", "trunkline.workorder.v1.OrderStepTaken"});
}

TEST_CASE("order store: a refused step leaves neither state nor event", "[workorder][database]") {
    Office office;
    const Order order = office.desk.Create("r1", office.Complaint()).value();
    REQUIRE(office.desk.Step("r2", order.number, {Step::kClose, "1001", "", 0}).error().reason == "STEP_NOT_ALLOWED");
    REQUIRE(office.desk.Find(order.number).value().revision == 1);
    REQUIRE(office.Events().size() == 1);
    // The refused request id may be used again.
    REQUIRE(office.desk.Step("r2", order.number, {Step::kAccept, "east", "", 0}).ok());
}

TEST_CASE("order store: of two people saving at once one wins and the other is told", "[workorder][database]") {
    Office office;
    const Order order = office.desk.Create("r1", office.Complaint()).value();
    std::vector<std::string> outcomes(2);
    std::vector<std::thread> people;
    for (size_t i = 0; i < 2; ++i) {
        people.emplace_back([&, i] {
            const auto done = office.desk.Step("person" + std::to_string(i), order.number,
                                               {Step::kAccept, "east", "", order.revision});
            outcomes[i] = done.ok() ? "won" : done.error().reason;
        });
    }
    for (auto& person : people) {
        person.join();
    }
    std::sort(outcomes.begin(), outcomes.end());
    REQUIRE(outcomes == std::vector<std::string>{"ORDER_CHANGED", "won"});
}

TEST_CASE("order store: closing tells the due and the closing time", "[workorder][database]") {
    Office office;
    const Order order = office.desk.Create("r1", office.Complaint()).value();
    int request = 1;
    for (const StepRequest& step :
         {StepRequest{Step::kAccept, "east", "", 0}, StepRequest{Step::kFeedBack, "east", "done", 0},
          StepRequest{Step::kVerify, "1001", "", 0}, StepRequest{Step::kClose, "1001", "", 0}}) {
        REQUIRE(office.desk.Step("s" + std::to_string(++request), order.id.str(), step).ok());
    }
    REQUIRE(office.desk.Find(order.number).value().closed == office.clock.Now());
    REQUIRE(office.Events().back() == "trunkline.workorder.v1.OrderClosed");
}

TEST_CASE("order store: lists are paged, newest first, by branch, state and contact", "[workorder][database]") {
    Office office;
    for (int i = 0; i < 5; ++i) {
        NewOrder wanted = office.Complaint();
        wanted.branch = i % 2 == 0 ? "east" : "west";
        REQUIRE(office.desk.Create("r" + std::to_string(i), wanted).ok());
    }
    OrderFilter filter;
    filter.limit = 2;
    std::vector<std::string> numbers;
    do {
        const OrderPage page = office.desk.List(filter).value();
        for (const Order& order : page.orders) {
            numbers.push_back(order.number);
        }
        filter.after = page.next;
    } while (!filter.after.empty());
    REQUIRE(numbers.size() == 5);
    REQUIRE(std::is_sorted(numbers.rbegin(), numbers.rend()));
    filter.branch = "west";
    filter.state = OrderState::kDispatched;
    REQUIRE(office.desk.List(filter).value().orders.size() == 2);
    filter.contact = ContactId{"nobody"};
    REQUIRE(office.desk.List(filter).value().orders.empty());
}

}  // namespace
}  // namespace trunkline::workorder
