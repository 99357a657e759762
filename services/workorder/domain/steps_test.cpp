// Steps: the way of an order, whose turn it is, clocks, helpers, urging, merging, what time brings.
#include "workorder/domain/steps.hpp"

#include <random>

#include "workorder/domain/office_for_tests.hpp"

namespace trunkline::workorder {
namespace {

using Office = OfficeForTests;
using std::chrono::hours;

std::string ReasonOf(const Result<StepOutcome>& outcome) { return outcome.ok() ? "" : outcome.error().reason; }

TEST_CASE("steps: from creation to closing there is one owner at any time and every step is logged", "[workorder]") {
    const Office office;
    REQUIRE(CheckFlow(office.flow, &office.type.fields).empty());
    Order order = office.Fresh();
    REQUIRE(order.owner == "east");
    REQUIRE(order.line == "12");
    order = office.Take(order, Step::kAccept, office.east);
    REQUIRE(order.handler == "zhang");
    order = office.Take(order, Step::kFeedBack, office.east, "已批评教育");
    REQUIRE(order.owner == "centre");
    order = office.Take(order, Step::kSendBack, office.agent);
    REQUIRE(order.owner == "east");
    order = office.Take(office.Take(order, Step::kFeedBack, office.east, "已致歉"), Step::kVerify, office.agent);
    REQUIRE(ReasonOf(office.Try(order, Step::kClose, office.agent)) == "BAD_FIELDS");
    order = office.Closed();
    REQUIRE(order.owner.empty());
    REQUIRE(order.closed == office.clock.Now());
    REQUIRE(order.revision == 5);
    for (const OrderClock& clock : order.clocks) {
        REQUIRE(clock.stop);
    }
}

TEST_CASE("steps: an order without a branch waits at the centre to be dispatched", "[workorder]") {
    const Office office;
    const Order order = office.Fresh("");
    REQUIRE(order.owner == "centre");
    StepRequest dispatch;
    dispatch.step = Step::kDispatch;
    REQUIRE(ReasonOf(office.Try(order, dispatch, office.agent)) == "UNKNOWN_UNIT");
    dispatch.branch = "west";
    dispatch.helpers = {"east"};
    const Order sent = office.Try(order, dispatch, office.agent).value().change.order;
    REQUIRE(sent.owner == "west");
    REQUIRE(sent.assists.size() == 1);
}

TEST_CASE("steps: only whose turn it is may act, and those above him", "[workorder]") {
    const Office office;
    const Order order = office.Fresh("east-1");
    REQUIRE(ReasonOf(office.Try(order, Step::kAccept, office.west)) == "NOT_YOUR_TURN");
    REQUIRE(office.Try(order, Step::kAccept, office.east).ok());
    REQUIRE(ReasonOf(office.Try(order, Step::kVerify, office.agent)) == "STEP_NOT_ALLOWED");
    REQUIRE(ReasonOf(office.Try(office.Closed(), Step::kNote, office.agent)) == "STEP_NOT_ALLOWED");
}

TEST_CASE("steps: the second of two people is told who was faster with what", "[workorder]") {
    Office office;
    const Order order = office.Fresh();
    const auto first = office.Try(order, Step::kAccept, office.east).value();
    office.recent = first.change.news.entries;
    StepRequest late;
    late.step = Step::kFeedBack;
    late.text = "x";
    late.revision = order.revision;
    const auto outcome = office.Try(first.change.order, late, office.east);
    REQUIRE(outcome.error().code == Code::kAborted);
    REQUIRE(outcome.error().message.find("zhang (ACCEPT at 2026-03-02 09:00)") != std::string::npos);
}

TEST_CASE("steps: the branch answers once every department that helps has answered", "[workorder]") {
    const Office office;
    Order order = office.Take(office.Fresh(), Step::kAccept, office.east);
    StepRequest ask;
    ask.step = Step::kHandOver;
    ask.text = "请核查录像";
    ask.helpers = {"west"};
    order = office.Try(order, ask, office.east).value().change.order;
    REQUIRE(ReasonOf(office.Try(order, Step::kFeedBack, office.east)) == "HELPERS_OPEN");
    REQUIRE(ReasonOf(office.Try(order, Step::kAssist, office.east)) == "NO_ASSIST");
    order = office.Take(order, Step::kAssist, office.west, "录像显示未停");
    REQUIRE(order.owner == "east");
    REQUIRE(order.assists[0].answer == "录像显示未停");
    REQUIRE(office.Try(order, Step::kFeedBack, office.east).ok());
}

TEST_CASE("steps: an extension and a suspension need a supervisor, then move the deadline", "[workorder]") {
    Office office;
    Order order = office.Take(office.Fresh(), Step::kAccept, office.east);
    StepRequest ask;
    ask.step = Step::kAskExtension;
    ask.text = "配件未到";
    ask.days = 2;
    order = office.Try(order, ask, office.east).value().change.order;
    REQUIRE(ReasonOf(office.Try(order, ask, office.east)) == "PETITION_OPEN");
    REQUIRE(ReasonOf(office.Try(order, Step::kGrant, office.agent)) == "RIGHT_MISSING");
    order = office.Take(order, Step::kGrant, office.boss);
    REQUIRE(office.calendar.Local(order.Due()) == "2026-03-11 17:30");

    ask.step = Step::kAskSuspension;
    ask.until = office.clock.Now() + hours{48};
    order = office.Take(office.Try(order, ask, office.east).value().change.order, Step::kGrant, office.boss);
    REQUIRE(ReasonOf(office.Try(order, Step::kFeedBack, office.east)) == "SUSPENDED");
    REQUIRE(NextAlarm(order, office.rules()) == ask.until);
    office.clock.Advance(hours{48});
    order = Tick(order, office.rules(), office.clock.Now()).value().order;
    REQUIRE_FALSE(order.suspended);
    REQUIRE(office.calendar.Local(order.Due()) == "2026-03-13 17:30");
}

TEST_CASE("steps: urging raises priority, shortens, and from the third on calls in the unit above", "[workorder]") {
    Office office;
    Order order = office.Fresh("east-1");
    StepRequest urge;
    urge.step = Step::kUrge;
    const TimePoint due = order.Due();
    for (int i = 1; i <= 3; ++i) {
        const auto outcome = office.Try(order, urge, office.agent).value();
        order = outcome.change.order;
        REQUIRE(order.urge_count == i);
        REQUIRE(outcome.change.news.urgings.size() == 1);
        REQUIRE(order.urgings.back().escalated == (i == 3));
    }
    REQUIRE(order.priority == Priority::kUrgent);
    REQUIRE(order.Due() < due);
    REQUIRE(order.escalated_to == "east");
    REQUIRE(order.owner == "east-1");
    urge.by_customer = true;
    order = office.Try(order, urge, office.agent).value().change.order;
    order = office.Try(order, urge, office.agent).value().change.order;
    REQUIRE(order.urge_count == 4);  // twice within half an hour is once
    REQUIRE(order.urgings.size() == 5);
}

TEST_CASE("steps: a merged order ends, and its customer hears what the other one's hears", "[workorder]") {
    const Office office;
    const Order main = office.Fresh("east", "o1");
    NewOrder wanted = office.Wanted("west", "o2");
    wanted.number = "20260302-000002";
    wanted.customer_number = "13900139000";
    const Order same = CreateOrder(wanted, office.rules(), office.agent, office.clock.Now()).value().order;
    StepRequest merge;
    merge.step = Step::kMerge;
    const auto outcome = office.Try(same, merge, office.agent, &main).value();
    REQUIRE(outcome.change.order.phase == Phase::kMerged);
    REQUIRE(outcome.change.order.merged_into == "o1");
    REQUIRE(outcome.other->order.merged == std::vector<std::string>{"o2"});
    StepRequest close;
    close.step = Step::kCloseByIncident;
    close.text = "已恢复";
    const auto closed = office.Try(outcome.other->order, close, office.agent).value().change;
    REQUIRE(closed.order.phase == Phase::kClosed);
    REQUIRE(closed.news.notices.size() == 2);
    REQUIRE(closed.news.notices[1].address == "13900139000");
    REQUIRE(closed.news.notices[1].text == "20260302-000002：已恢复");
    REQUIRE(ReasonOf(office.Try(same, merge, office.agent, &same)) == "FIELD_MISSING");
}

TEST_CASE("steps: reopening restores the old deadline and is allowed for thirty days", "[workorder]") {
    Office office;
    const Order closed = office.Closed();
    const TimePoint due = closed.Due();
    office.clock.Advance(hours{24 * 20});
    const Order order = office.Take(closed, Step::kReopen, office.agent, "客户不满意");
    REQUIRE(order.Due() == due);
    REQUIRE(IsLate(*order.Clock(ClockKind::kTotal), office.clock.Now()));
    REQUIRE(order.reopen_count == 1);
    REQUIRE_FALSE(order.answered);
    office.clock.Advance(hours{24 * 11});
    REQUIRE(ReasonOf(office.Try(closed, Step::kReopen, office.agent)) == "TOO_LATE");
}

TEST_CASE("steps: time warns at 50 and 80 percent, escalates at 100, and closes what is verified", "[workorder]") {
    Office office;
    Order order = office.Take(office.Fresh("east-1"), Step::kAccept, office.east);
    std::vector<std::pair<ClockKind, int>> warned;
    for (int round = 0; round < 20; ++round) {
        const auto alarm = NextAlarm(order, office.rules());
        if (!alarm) {
            break;
        }
        const auto change = Tick(order, office.rules(), *alarm).value();
        REQUIRE((change.news.warnings.size() + change.news.entries.size()) > 0);
        for (const Warning& warning : change.news.warnings) {
            warned.emplace_back(warning.clock, warning.percent);
        }
        order = change.order;
    }
    REQUIRE(warned.size() == 6);  // handling and total, three each
    REQUIRE(warned.back() == std::pair(ClockKind::kTotal, 100));
    REQUIRE(order.escalation_level == 2);
    REQUIRE(order.escalated_to == "centre");

    order =
        office.Take(office.Take(office.Take(office.Fresh(), Step::kAccept, office.east), Step::kFeedBack, office.east),
                    Step::kVerify, office.agent);
    const auto closed = Tick(order, office.rules(), office.clock.Now() + hours{30}).value();
    REQUIRE(closed.order.phase == Phase::kClosed);
    REQUIRE(closed.news.entries.back().actor == "system");
    REQUIRE(closed.news.notices.size() == 1);
}

TEST_CASE("steps: what is blocked says why", "[workorder]") {
    const Office office;
    int blocked = 0;
    for (const AvailableStep& step : AvailableSteps(office.Fresh(), office.rules(), office.west)) {
        if (step.step->step == Step::kAccept) {
            REQUIRE(step.blocked.find("东区") != std::string::npos);
            ++blocked;
        }
    }
    REQUIRE(blocked == 1);
}

TEST_CASE("steps: whatever steps are tried, there is one owner, the log has no holes and a closed order was answered",
          "[workorder][property]") {
    Office office;
    std::mt19937 random(11);
    int closed = 0;
    for (int round = 0; round < 300; ++round) {
        Order order = office.Fresh(random() % 2 == 0 ? "east" : "");
        for (int i = 0; i < 40; ++i) {
            StepRequest request;
            request.step = static_cast<Step>(2 + random() % 28);
            request.text = "x";
            request.branch = random() % 2 == 0 ? "east" : "west";
            request.helpers = {"west"};
            request.days = 1;
            request.until = office.clock.Now() + hours{5};
            request.score = 3;
            request.fields = {{"cause", "c"}};
            // Steps that fit now and then, so that orders come to their end too.
            const auto fitting = office.flow.From(order.state_id);
            if (random() % 3 != 0 && !fitting.empty()) {
                request.step = fitting[random() % fitting.size()]->step;
            }
            const Who who = random() % 2 == 0 ? office.boss : Who{"w", random() % 2 == 0 ? "east" : "west", {}, false};
            const auto outcome = office.Try(order, request, who);
            if (!outcome.ok()) {
                continue;
            }
            const Order& next = outcome->change.order;
            REQUIRE(next.revision == order.revision + outcome->change.news.entries.size());
            REQUIRE(next.owner.empty() == !next.IsOpen());
            REQUIRE((next.phase != Phase::kClosed || next.answered));
            REQUIRE(next.closed.has_value() == !next.IsOpen());
            closed += next.IsOpen() ? 0 : 1;
            order = next;
        }
    }
    REQUIRE(closed > 20);
}

}  // namespace
}  // namespace trunkline::workorder
