// What a unit below the centre sees beside orders: messages, incidents, figures, progress, all of its own orders only.
#include "workorder/adapters/suite_for_tests.hpp"

namespace trunkline::workorder {
namespace {

using Suite = SuiteForTests;

// One order of east-1, which east sees, and two of west.
struct TwoUnits : Suite {
    TwoUnits() {
        mine = Create(Complaint("east-1"));
        theirs = Create(Complaint("west"));
        other = Create(Complaint("west"));
        caller = {"zhang", "", "east", {"workorder.orders.read", "workorder.incidents.write"}};
    }
    v1::Incident Open(const std::string& title) {
        v1::OpenIncidentRequest open;
        open.set_request_id(title);
        open.set_title(title);
        return Call(*orders, &v1::WorkOrders::Stub::OpenIncident, open);
    }
    v1::Incident Gather(const v1::Incident& incident, const std::vector<std::string>& ids) {
        v1::GatherOrdersRequest gather;
        gather.set_incident_id(incident.incident_id());
        for (const std::string& id : ids) {
            gather.add_order_ids(id);
        }
        return Call(*orders, &v1::WorkOrders::Stub::GatherOrders, gather);
    }
    v1::Order mine;
    v1::Order theirs;
    v1::Order other;
};

TEST_CASE("units: messages are listed of the caller's own orders", "[workorder][database]") {
    TwoUnits suite;
    const auto list = suite.Call(*suite.notices, &v1::Notices::Stub::ListNotices, {});
    REQUIRE(list.notices_size() == 1);
    REQUIRE(list.notices(0).order_id() == suite.mine.order_id());
    REQUIRE(list.notices(0).address() == "138****8000");
    v1::ListNoticesRequest other;
    other.set_order_id(suite.theirs.order_id());
    REQUIRE(suite.Call(*suite.notices, &v1::Notices::Stub::ListNotices, other).notices_size() == 0);
    suite.caller = {};
    REQUIRE(suite.Call(*suite.notices, &v1::Notices::Stub::ListNotices, {}).notices_size() == 3);
}

TEST_CASE("log: a step names its actor as people know him, a service has no name", "[workorder][database]") {
    TwoUnits suite;
    REQUIRE(suite.mine.log(0).actor_name().empty());
    suite.caller = {"01a2104c", "", "", {"workorder.orders.create"}};
    suite.caller.user_name = "李娜";
    const v1::Order order = suite.Create(suite.Complaint("west"));
    REQUIRE(suite.refused.empty());
    REQUIRE(order.log(0).actor() == "01a2104c");
    REQUIRE(order.log(0).actor_name() == "李娜");
}

TEST_CASE("units: figures count the caller's own orders", "[workorder][database]") {
    TwoUnits suite;
    v1::GetStatisticsRequest request;
    request.set_by(v1::BY_BRANCH);
    *request.mutable_from_time() = ToTimestamp(suite.clock.Now() - std::chrono::hours{1});
    *request.mutable_to_time() = ToTimestamp(suite.clock.Now() + std::chrono::hours{1});
    v1::GetHotSpotsRequest spots;
    *spots.mutable_from_time() = request.from_time();
    *spots.mutable_to_time() = request.to_time();
    const auto count = [&] {
        return std::pair(
            suite.Call(*suite.figures, &v1::WorkOrderFigures::Stub::GetStatistics, request).total().created(),
            suite.Call(*suite.figures, &v1::WorkOrderFigures::Stub::GetHotSpots, spots).spots(0).orders());
    };
    REQUIRE(count() == std::pair(1U, 1U));
    suite.caller.unit_id = "centre";
    REQUIRE(count() == std::pair(3U, 3U));
    // A right that is held in one unit only shows that unit.
    rpc::AddRight(suite.caller, "workorder.orders.read@west");
    REQUIRE(count() == std::pair(2U, 2U));
}

TEST_CASE("units: incidents are seen by who opened them or has orders of them, and answered by who sees them whole",
          "[workorder][database]") {
    TwoUnits suite;
    suite.caller.unit_id = "centre";
    const auto accident = suite.Open("accident");
    REQUIRE(suite.Gather(accident, {suite.mine.order_id(), suite.theirs.order_id()}).orders() == 2);
    const auto far = suite.Open("far away");
    suite.Gather(far, {suite.other.order_id()});
    suite.caller.unit_id = "east";
    const auto own = suite.Open("own");
    const auto list = suite.Call(*suite.orders, &v1::WorkOrders::Stub::ListIncidents, {});
    REQUIRE(list.incidents_size() == 2);
    v1::GetIncidentRequest get;
    get.set_incident_id(far.incident_id());
    suite.Call(*suite.orders, &v1::WorkOrders::Stub::GetIncident, get);
    REQUIRE(suite.refused == "INCIDENT_NOT_FOUND");
    get.set_incident_id(accident.incident_id());
    REQUIRE(suite.Call(*suite.orders, &v1::WorkOrders::Stub::GetIncident, get).orders() == 1);
    // What one may not see one may not gather or answer.
    suite.Gather(own, {suite.theirs.order_id()});
    REQUIRE(suite.refused == "ORDER_NOT_FOUND");
    v1::AnswerIncidentRequest answer;
    answer.set_request_id("a1");
    answer.set_incident_id(accident.incident_id());
    answer.set_text("over");
    suite.Call(*suite.orders, &v1::WorkOrders::Stub::AnswerIncident, answer);
    REQUIRE(suite.refused == "NOT_YOUR_UNIT");
    suite.caller.unit_id = "centre";
    suite.Call(*suite.orders, &v1::WorkOrders::Stub::AnswerIncident, answer);
    REQUIRE(suite.refused.empty());
}

TEST_CASE("units: asked by a number that somebody types, progress tells of the caller's own orders",
          "[workorder][database]") {
    TwoUnits suite;
    v1::AskByCallerRequest ask;
    ask.set_caller_number("13800138000");
    REQUIRE(suite.Call(*suite.progress, &v1::Progress::Stub::AskByCaller, ask).orders_size() == 1);
    suite.caller = {};
    REQUIRE(suite.Call(*suite.progress, &v1::Progress::Stub::AskByCaller, ask).orders_size() == 3);
    for (int i = 0; i < 40 && suite.refused.empty(); ++i) {
        suite.Call(*suite.progress, &v1::Progress::Stub::AskByCaller, ask);
    }
    REQUIRE(suite.refused == "TOO_MANY_ATTEMPTS");
    suite.clock.Advance(std::chrono::minutes{16});
    suite.Call(*suite.progress, &v1::Progress::Stub::AskByCaller, ask);
    REQUIRE(suite.refused.empty());
}

}  // namespace
}  // namespace trunkline::workorder
