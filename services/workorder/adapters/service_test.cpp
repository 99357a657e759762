// What lies beside the steps: settings and versions, calendars, time, urging, progress, messages, incidents, figures.
#include <thread>

#include "workorder/adapters/suite_for_tests.hpp"

namespace trunkline::workorder {
namespace {

using Suite = SuiteForTests;
using std::chrono::hours;

TEST_CASE("settings: the defaults of all five operators are sound and installed once", "[workorder][database]") {
    for (const char* kind : {"bus", "coach", "gas", "tourism", "railway"}) {
        INFO(kind);
        Suite suite(kind);
        const auto types = suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::ListTypes, {});
        REQUIRE(types.types_size() >= 6);
        std::set<int> kinds;
        for (const auto& type : types.types()) {
            kinds.insert(type.kind());
            for (const auto& limit : type.limits()) {
                const bool total = limit.clock() == v1::TOTAL;
                REQUIRE((!total || type.kind() != v1::COMPLAINT || limit.working_days() == 5));
                REQUIRE((!total || type.kind() != v1::CONSULTATION || limit.working_days() == 3));
                REQUIRE((!total || type.kind() != v1::SUGGESTION || limit.working_days() == 2));
            }
        }
        REQUIRE(kinds.size() == 6);
        REQUIRE(suite.catalogue.Install(kind, "test").value() == 0);
    }
    Suite suite;
    REQUIRE(suite.catalogue.Install("airline", "test").error().reason == "UNKNOWN_OPERATOR");
}

TEST_CASE("settings: orders under way keep their version, new ones take the next", "[workorder][database]") {
    Suite suite;
    const auto before = suite.Create(Suite::Complaint());
    v1::GetTypeRequest get;
    get.set_type_id("complaint");
    v1::SaveTypeRequest save;
    *save.mutable_type() = suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::GetType, get);
    auto& bus_number = *save.mutable_type()->add_fields();
    bus_number.set_field_id("bus_number");
    bus_number.set_name("车号");
    bus_number.set_kind(v1::Field::TEXT);
    bus_number.set_required(true);
    suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::SaveType, save);
    suite.Create(Suite::Complaint());
    REQUIRE(suite.refused.empty());  // a draft changes nothing
    v1::PublishRequest publish;
    publish.set_id("complaint");
    REQUIRE(suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::PublishType, publish).version().version() == 2);
    suite.Create(Suite::Complaint());
    REQUIRE(suite.refused == "BAD_FIELDS");
    v1::TakeStepRequest edit;
    edit.set_order_id(before.order_id());
    edit.set_step(v1::EDIT);
    (*edit.mutable_fields())["line"] = "13";
    REQUIRE(suite.Take(edit).line() == "13");
    REQUIRE(suite.refused.empty());
    v1::ListVersionsRequest versions;
    versions.set_type_id("complaint");
    REQUIRE(suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::ListVersions, versions).versions_size() == 3);
}

TEST_CASE("settings: a flow with faults is not published, and each fault has its place", "[workorder][database]") {
    Suite suite;
    v1::GetFlowRequest get;
    get.set_flow_id("standard");
    v1::SaveFlowRequest save;
    *save.mutable_flow() = suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::GetFlow, get);
    for (auto& step : *save.mutable_flow()->mutable_steps()) {
        step.set_answers_customer(step.answers_customer() && step.step_id() != "verify");
    }
    const auto faults = suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::CheckFlow, save.flow()).faults();
    REQUIRE(faults.size() == 2);  // closed by hand, and closed by time
    REQUIRE(faults[0].reason() == "NO_ANSWER");
    suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::SaveFlow, save);
    v1::PublishRequest publish;
    publish.set_id("standard");
    suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::PublishFlow, publish);
    REQUIRE(suite.refused == "FAULTS");
    REQUIRE(suite.message.find("steps[") != std::string::npos);
}

TEST_CASE("calendar: closing now moves the deadlines of open orders, and the diagnosis says why",
          "[workorder][database]") {
    Suite suite;
    const auto order = suite.Create(Suite::Complaint());
    v1::OverrideCalendarRequest close;
    close.set_calendar_id("office");
    close.set_reason("typhoon");
    *close.mutable_from_time() = ToTimestamp(suite.clock.Now() + hours{15});
    *close.mutable_to_time() = ToTimestamp(suite.clock.Now() + hours{39});
    suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::OverrideCalendar, close);
    REQUIRE(suite.refused.empty());
    const auto moved = suite.Get(order.order_id());
    REQUIRE(FromTimestamp(moved.due_time()) - FromTimestamp(order.due_time()) == hours{24});
    v1::ExplainDeadlineRequest explain;
    explain.set_order_id(order.order_id());
    const auto told = suite.Call(*suite.orders, &v1::WorkOrders::Stub::ExplainDeadline, explain);
    uint32_t minutes = 0;
    bool storm = false;
    for (const auto& day : told.days()) {
        minutes += day.counted_minutes();
        storm = storm || (day.layer() == "OVERRIDE" && day.name() == "typhoon");
    }
    REQUIRE(storm);
    REQUIRE(minutes == told.clock().allowed_minutes());
}

TEST_CASE("time: the service's thread warns, escalates and tells", "[workorder][database]") {
    Suite suite;
    const auto order = suite.Create(Suite::Complaint("east-1"));
    suite.worker.Round();
    REQUIRE_FALSE(suite.Told("OrderClockWarned"));
    suite.clock.Advance(hours{24 * 8});
    suite.worker.Round();
    REQUIRE(suite.Told("OrderClockWarned"));
    REQUIRE(suite.Told("OrderEscalated"));
    const auto late = suite.Get(order.order_id());
    REQUIRE(late.escalated_to() == "centre");
    REQUIRE(late.clocks(0).percent() > 100);
    const auto events = suite.Events().size();
    suite.worker.Round();
    REQUIRE(suite.Events().size() == events);  // once
}

TEST_CASE("progress: proved by code or caller, locked against guessing, and every question recorded",
          "[workorder][database]") {
    Suite suite;
    const auto order = suite.Create(Suite::Complaint());
    v1::AskProgressRequest ask;
    ask.mutable_proof()->set_number(order.number());
    ask.mutable_proof()->set_check_code(order.check_code());
    ask.mutable_proof()->set_asker("web 192.0.2.1");
    REQUIRE(suite.Call(*suite.progress, &v1::Progress::Stub::AskProgress, ask).sentence().find("待签收") !=
            std::string::npos);
    ask.mutable_proof()->set_check_code("000000x");
    for (int i = 0; i < 5; ++i) {
        suite.Call(*suite.progress, &v1::Progress::Stub::AskProgress, ask);
        REQUIRE(suite.refused == "ORDER_NOT_FOUND");
    }
    ask.mutable_proof()->set_check_code(order.check_code());
    suite.Call(*suite.progress, &v1::Progress::Stub::AskProgress, ask);
    REQUIRE(suite.refused == "TOO_MANY_ATTEMPTS");
    // The asker is locked for other orders too, but the order's own number is always let in.
    ask.mutable_proof()->set_number("20260302-000077");
    suite.Call(*suite.progress, &v1::Progress::Stub::AskProgress, ask);
    REQUIRE(suite.refused == "TOO_MANY_ATTEMPTS");
    ask.mutable_proof()->set_number(order.number());
    ask.mutable_proof()->set_caller_number("+8613800138000");
    suite.Call(*suite.progress, &v1::Progress::Stub::AskProgress, ask);
    REQUIRE(suite.refused.empty());
    suite.clock.Advance(std::chrono::minutes{16});
    ask.mutable_proof()->clear_caller_number();
    suite.Call(*suite.progress, &v1::Progress::Stub::AskProgress, ask);
    REQUIRE(suite.refused.empty());
    v1::ListQuestionsRequest list;
    list.set_order_id(order.order_id());
    REQUIRE(suite.Call(*suite.progress, &v1::Progress::Stub::ListQuestions, list).questions_size() == 9);
    v1::AskByCallerRequest caller;
    caller.set_caller_number("013800138000");
    REQUIRE(suite.Call(*suite.progress, &v1::Progress::Stub::AskByCaller, caller).orders_size() == 1);
    REQUIRE(suite.Told("ProgressAsked"));
}

TEST_CASE("progress: the customer urges and rates", "[workorder][database]") {
    Suite suite;
    const auto order = suite.Create(Suite::Complaint());
    v1::UrgeByCustomerRequest urge;
    urge.set_request_id("u1");
    urge.mutable_proof()->set_number(order.number());
    urge.mutable_proof()->set_caller_number("13800138000");
    urge.mutable_proof()->set_source(v1::SOURCE_IVR);
    REQUIRE(suite.Call(*suite.progress, &v1::Progress::Stub::UrgeByCustomer, urge).urge_count() == 1);
    REQUIRE(suite.Told("OrderUrged"));
    REQUIRE(suite.Get(order.order_id()).urgings(0).source() == v1::SOURCE_IVR);
    v1::RateByCustomerRequest rate;
    rate.set_request_id("r1");
    *rate.mutable_proof() = urge.proof();
    rate.set_score(5);
    suite.Call(*suite.progress, &v1::Progress::Stub::RateByCustomer, rate);
    REQUIRE(suite.refused == "STEP_NOT_ALLOWED");
    for (const auto step : {v1::ACCEPT, v1::FEED_BACK, v1::VERIFY, v1::CLOSE}) {
        suite.Take(order.order_id(), step);
    }
    suite.Call(*suite.progress, &v1::Progress::Stub::RateByCustomer, rate);
    REQUIRE(suite.Get(order.order_id()).rating().score() == 5);
    REQUIRE(suite.Told("OrderRated"));
}

TEST_CASE("notices: leased once, tried again after a failure, and the proof kept in the order",
          "[workorder][database]") {
    Suite suite;
    const auto order = suite.Create(Suite::Complaint());
    v1::TakeNoticesRequest take;
    take.set_medium(v1::MEDIUM_SMS);
    take.set_limit(10);
    const auto taken = suite.Call(*suite.notices, &v1::Notices::Stub::TakeNotices, take);
    REQUIRE(taken.notices_size() == 1);
    REQUIRE(taken.notices(0).address() == "13800138000");
    REQUIRE(suite.Call(*suite.notices, &v1::Notices::Stub::TakeNotices, take).notices_size() == 0);
    v1::ReportNoticeRequest report;
    report.set_notice_id(taken.notices(0).notice_id());
    report.set_state(v1::FAILED);
    const auto again = suite.Call(*suite.notices, &v1::Notices::Stub::ReportNotice, report);
    INFO(suite.message);
    REQUIRE(again.state() == v1::PENDING);
    REQUIRE(suite.Call(*suite.notices, &v1::Notices::Stub::TakeNotices, take).notices(0).tries() == 2);
    report.set_state(v1::DELIVERED);
    report.set_proof("DELIVRD 2603020900");
    suite.Call(*suite.notices, &v1::Notices::Stub::ReportNotice, report);
    report.set_state(v1::SENT);  // a late report takes nothing back
    suite.Call(*suite.notices, &v1::Notices::Stub::ReportNotice, report);
    const auto kept = suite.Get(order.order_id()).notices(0);
    REQUIRE(kept.state() == v1::DELIVERED);
    REQUIRE(kept.proof() == "DELIVRD 2603020900");
}

TEST_CASE("incident: one event gathers many orders and answers them all, once", "[workorder][database]") {
    Suite suite;
    constexpr int kOrders = 250;  // more than one round of the worker
    for (int i = 0; i < kOrders; ++i) {
        suite.Create(Suite::Complaint());
    }
    v1::OpenIncidentRequest open;
    open.set_request_id("i1");
    open.set_title("12路停运");
    const auto incident = suite.Call(*suite.orders, &v1::WorkOrders::Stub::OpenIncident, open);
    v1::GatherOrdersRequest gather;
    gather.set_actor("1001");
    gather.set_incident_id(incident.incident_id());
    gather.mutable_filter()->set_line("12");
    REQUIRE(suite.Call(*suite.orders, &v1::WorkOrders::Stub::GatherOrders, gather).orders() == kOrders);
    v1::AnswerIncidentRequest answer;
    answer.set_request_id("a1");
    answer.set_actor("1001");
    answer.set_incident_id(incident.incident_id());
    answer.set_text("已恢复运营");
    answer.set_close(true);
    suite.Call(*suite.orders, &v1::WorkOrders::Stub::AnswerIncident, answer);
    suite.Call(*suite.orders, &v1::WorkOrders::Stub::AnswerIncident, answer);
    for (int round = 0; round < 5; ++round) {
        suite.worker.Round();
    }
    v1::GetIncidentRequest get;
    get.set_incident_id(incident.incident_id());
    const auto done = suite.Call(*suite.orders, &v1::WorkOrders::Stub::GetIncident, get);
    REQUIRE(done.answered() == kOrders);
    REQUIRE_FALSE(done.running());
    v1::ListOrdersRequest closed;
    closed.set_state(v1::CLOSED);
    closed.set_page_size(500);
    REQUIRE(suite.Titles(closed).size() == kOrders);
    const auto events = suite.Events();
    REQUIRE(std::count(events.begin(), events.end(), "OrderClosed") == kOrders);
}

TEST_CASE("figures: on time, first response, satisfaction, reopened, and hot spots", "[workorder][database]") {
    Suite suite;
    std::vector<std::string> ids;
    for (int i = 0; i < 4; ++i) {
        auto wanted = Suite::Complaint(i == 3 ? "west" : "east");
        (*wanted.mutable_fields())["line"] = i == 3 ? "7" : "12";
        ids.push_back(suite.Create(wanted).order_id());
    }
    for (const int i : {0, 1}) {
        for (const auto step : {v1::ACCEPT, v1::FEED_BACK, v1::VERIFY, v1::CLOSE}) {
            suite.Take(ids[static_cast<size_t>(i)], step);
        }
    }
    v1::TakeStepRequest rate;
    rate.set_order_id(ids[0]);
    rate.set_step(v1::RATE);
    rate.set_score(2);
    suite.Take(rate);
    suite.clock.Advance(hours{24 * 9});
    v1::GetStatisticsRequest request;
    request.set_by(v1::BY_BRANCH);
    *request.mutable_from_time() = ToTimestamp(suite.clock.Now() - hours{24 * 10});
    *request.mutable_to_time() = ToTimestamp(suite.clock.Now());
    const auto rows = suite.Call(*suite.figures, &v1::WorkOrderFigures::Stub::GetStatistics, request);
    REQUIRE(rows.rows(0).key() == "east");
    REQUIRE(rows.rows(0).name() == "东区分公司");
    REQUIRE(rows.rows(0).due() == 3);
    REQUIRE(rows.rows(0).on_time() == 2);
    REQUIRE(rows.rows(0).overdue() == 1);
    REQUIRE(rows.total().created() == 4);
    REQUIRE(rows.total().response_on_time() == 2);
    REQUIRE(rows.total().rated() == 1);
    REQUIRE(rows.total().satisfied() == 0);
    v1::GetHotSpotsRequest spots;
    *spots.mutable_from_time() = request.from_time();
    *spots.mutable_to_time() = request.to_time();
    const auto hot = suite.Call(*suite.figures, &v1::WorkOrderFigures::Stub::GetHotSpots, spots);
    REQUIRE(hot.spots(0).key() == "12");
    REQUIRE(hot.spots(0).orders() == 3);
    REQUIRE(hot.spots(0).main_cause() == "未停靠");
    for (const auto by : {v1::BY_TYPE, v1::BY_AREA, v1::BY_LINE, v1::BY_CAUSE, v1::BY_SOURCE, v1::BY_DAY}) {
        request.set_by(by);
        REQUIRE(suite.Call(*suite.figures, &v1::WorkOrderFigures::Stub::GetStatistics, request).total().created() == 4);
    }
}

TEST_CASE("count: tabs of a branch", "[workorder][database]") {
    Suite suite;
    suite.Create(Suite::Complaint());
    suite.Take(suite.Create(Suite::Complaint()).order_id(), v1::ACCEPT);
    suite.Create(Suite::Complaint("west"));
    v1::CountOrdersRequest request;
    request.set_unit_id("east");
    const auto count = suite.Call(*suite.orders, &v1::WorkOrders::Stub::CountOrders, request);
    REQUIRE(count.to_accept() == 1);
    REQUIRE(count.in_hand() == 1);
    REQUIRE(count.open() == 2);
    suite.caller = {"liu", "", "west", {}};
    suite.Call(*suite.orders, &v1::WorkOrders::Stub::CountOrders, request);
    REQUIRE(suite.refused == "NOT_YOUR_UNIT");
}

}  // namespace
}  // namespace trunkline::workorder
