// An operator as small as tests need it: one type, one flow, three units, two texts.
#pragma once
#include <catch2/catch.hpp>

#include "testing/manual_clock.hpp"
#include "workorder/domain/steps.hpp"

namespace trunkline::workorder {

struct OfficeForTests {
    OfficeForTests() {
        type.id = "complaint";
        type.version = 1;
        type.kind = OrderType::kComplaint;
        type.name = "投诉";
        type.flow_id = "standard";
        Field line;
        line.id = line.name = "line";
        line.kind = FieldKind::kLine;
        Field cause;
        cause.id = cause.name = "cause";
        cause.kind = FieldKind::kCause;
        type.fields = {line, cause};
        type.limits = {{ClockKind::kTotal, 5, 0}, {ClockKind::kFirstResponse, 0, 240}, {ClockKind::kHandling, 4, 0}};
        type.urging = {2, 20, 3, 30};
        type.notify = {Step::kCreate, Step::kClose, Step::kAnswer, Step::kCloseByIncident};
        flow.id = "standard";
        flow.version = 1;
        flow.states = {{"to_dispatch", "待派单", Phase::kApproved, Owner::kCentre},
                       {"dispatched", "待签收", Phase::kDispatched, Owner::kBranch},
                       {"accepted", "处理中", Phase::kAccepted, Owner::kBranch},
                       {"fed_back", "待回访", Phase::kFedBack, Owner::kCentre},
                       {"verified", "待办结", Phase::kVerified, Owner::kCentre},
                       {"closed", "已办结", Phase::kClosed, Owner::kNobody}};
        const std::vector<ClockKind> branch{ClockKind::kFirstResponse, ClockKind::kHandling};
        Add("create_dispatched", Step::kCreate, {}, "dispatched", By::kAnyone).when = When::kBranchGiven;
        flow.steps.back().starts = branch;
        Add("create", Step::kCreate, {}, "to_dispatch", By::kAnyone);
        Add("dispatch", Step::kDispatch, {"to_dispatch"}, "dispatched", By::kCentre).starts = branch;
        Add("accept", Step::kAccept, {"dispatched"}, "accepted").stops = {ClockKind::kFirstResponse};
        Add("refuse", Step::kRefuse, {"dispatched"}, "to_dispatch").text_required = true;
        Add("forward", Step::kForward, {"dispatched", "accepted"}, "dispatched").text_required = true;
        FlowStep& fed = Add("feed_back", Step::kFeedBack, {"accepted"}, "fed_back");
        fed.text_required = fed.waits_for_helpers = true;
        fed.stops = {ClockKind::kHandling};
        Add("verify", Step::kVerify, {"fed_back"}, "verified", By::kCentre).answers_customer = true;
        Add("send_back", Step::kSendBack, {"fed_back"}, "accepted", By::kCentre).starts = {ClockKind::kHandling};
        Add("close", Step::kClose, {"verified"}, "closed", By::kCentre).required_fields = {"cause"};
        Add("close_late", Step::kClose, {"verified"}, "closed", By::kSystem).after_minutes = 420;
        Add("reopen", Step::kReopen, {"closed"}, "accepted", By::kCentre).starts = {ClockKind::kHandling,
                                                                                    ClockKind::kTotal};
        units = Organisation({{"east", "东区", "centre", false},
                              {"east-1", "一车队", "east", false},
                              {"west", "西区", "centre", false}});
        templates.Put({Step::kCreate, Medium::kSms, ""}, "工单{number}，{due}前");
        templates.Put({Step::kClose, Medium::kSms, ""}, "{number}：{text}");
        templates.Put({Step::kCloseByIncident, Medium::kSms, ""}, "{number}：{text}");
    }

    FlowStep& Add(const std::string& id, Step step, std::vector<std::string> from, const std::string& to,
                  By by = By::kOwner) {
        FlowStep made;
        made.id = made.name = id;
        made.step = step;
        made.from = std::move(from);
        made.to = to;
        made.by = by;
        flow.steps.push_back(made);
        return flow.steps.back();
    }

    Rules rules() const { return {type, flow, calendar, units, templates}; }
    NewOrder Wanted(const std::string& branch = "east", const std::string& id = "o1") const {
        NewOrder wanted;
        wanted.id = OrderId{id};
        wanted.number = "20260302-000001";
        wanted.title = "12路未停靠";
        wanted.fields = {{"line", "12"}};
        wanted.customer_number = "13800138000";
        wanted.branch = branch;
        return wanted;
    }
    Order Fresh(const std::string& branch = "east", const std::string& id = "o1") const {
        return CreateOrder(Wanted(branch, id), rules(), agent, clock.Now()).value().order;
    }
    Result<StepOutcome> Try(const Order& order, const StepRequest& request, const Who& who,
                            const Order* other = nullptr) const {
        return TakeStep({order, request, who, recent, other}, rules(), clock.Now());
    }
    Result<StepOutcome> Try(const Order& order, Step step, const Who& who, const std::string& text = "done") const {
        StepRequest request;
        request.step = step;
        request.text = text;
        return Try(order, request, who);
    }
    Order Take(const Order& order, Step step, const Who& who, const std::string& text = "done") const {
        const auto outcome = Try(order, step, who, text);
        INFO((outcome.ok() ? "" : outcome.error().message));
        REQUIRE(outcome.ok());
        return outcome->change.order;
    }
    // Closed, by way of everybody.
    Order Closed() const {
        Order order = Take(Take(Fresh(), Step::kAccept, east), Step::kFeedBack, east);
        StepRequest close;
        close.step = Step::kClose;
        close.fields = {{"cause", "未停靠"}};
        return Try(Take(order, Step::kVerify, agent), close, agent).value().change.order;
    }

    testing::ManualClock clock;
    TypeDefinition type;
    Flow flow;
    Organisation units;
    Templates templates;
    WorkingCalendar calendar = WorkingCalendar::Make(calendar::ChineseOfficeRules()).value();
    std::vector<LogEntry> recent;
    Who agent{"1001", "centre", {}, false};
    Who boss{"9001", "centre", {kApproveRight}, false};
    Who east{"zhang", "east", {}, false};
    Who west{"liu", "west", {}, false};
};

}  // namespace trunkline::workorder
