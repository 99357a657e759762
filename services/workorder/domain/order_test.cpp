// Every arrow of the flow, owners, deadlines, refusals.
#include "workorder/domain/order.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "testing/manual_clock.hpp"

namespace trunkline::workorder {
namespace {

using State = OrderState;

calendar::WorkingCalendar Office() { return calendar::WorkingCalendar::Make(calendar::ChineseOfficeRules()).value(); }

NewOrder Complaint() {
    return {OrderId{"o1"},   OrderType::kComplaint, "Bus 12 did not stop", "",
            ContactId{"c1"}, "13800138000",         "branch-east",         "1001"};
}

Order Fresh(const Clock& clock) { return CreateOrder(Complaint(), Office(), clock.Now()).value(); }

TEST_CASE("order: every arrow of the flow is allowed and no other", "[workorder]") {
    const std::set<std::tuple<State, Step, State>> allowed{
        {State::kDispatched, Step::kAccept, State::kAccepted}, {State::kAccepted, Step::kFeedBack, State::kFedBack},
        {State::kFedBack, Step::kVerify, State::kVerified},    {State::kFedBack, Step::kSendBack, State::kAccepted},
        {State::kVerified, Step::kClose, State::kClosed},      {State::kDispatched, Step::kNote, State::kDispatched},
        {State::kAccepted, Step::kNote, State::kAccepted},     {State::kFedBack, Step::kNote, State::kFedBack},
        {State::kVerified, Step::kNote, State::kVerified}};
    int arrows = 0;
    for (int state = 1; state <= 5; ++state) {
        for (int step = 1; step <= 7; ++step) {
            const auto next = Apply(State(state), Step(step));
            if (next.ok()) {
                ++arrows;
                REQUIRE(allowed.contains({State(state), Step(step), *next}));
            } else {
                REQUIRE(next.error().reason == "STEP_NOT_ALLOWED");
            }
        }
    }
    REQUIRE(arrows == 9);
}

TEST_CASE("order: a complaint is due at the end of the fifth working day", "[workorder]") {
    const testing::ManualClock clock;  // Monday 2 March 2026, 09:00 in Shanghai
    const Order order = Fresh(clock);
    REQUIRE(order.due - order.created == std::chrono::days{7} + std::chrono::minutes{8 * 60 + 30});
    REQUIRE(HandlingDays(OrderType::kConsultation) == 3);
    REQUIRE(HandlingDays(OrderType::kSuggestion) == 2);
}

TEST_CASE("order: from creation to closing there is one owner at any time and every step is logged", "[workorder]") {
    testing::ManualClock clock;
    Order order = Fresh(clock);
    REQUIRE(order.owner == "branch-east");
    const std::vector<std::pair<StepRequest, std::string>> steps{
        {{Step::kAccept, "branch-east", "", 0}, "branch-east"},
        {{Step::kFeedBack, "branch-east", "Driver was instructed", 0}, "centre"},
        {{Step::kSendBack, "1001", "Customer wants an apology", 0}, "branch-east"},
        {{Step::kFeedBack, "branch-east", "Apology sent", 0}, "centre"},
        {{Step::kVerify, "1001", "", 0}, "centre"},
        {{Step::kClose, "1001", "", 0}, ""}};
    for (const auto& [request, owner] : steps) {
        clock.Advance(std::chrono::minutes{1});
        order = TakeStep(order, request, clock.Now()).value();
        REQUIRE(order.owner == owner);
        REQUIRE(order.log.back().time == clock.Now());
    }
    REQUIRE(order.state == State::kClosed);
    REQUIRE(order.closed == clock.Now());
    REQUIRE(order.log.size() == 7);
    REQUIRE(order.revision == 7);
}

TEST_CASE("order: the second of two people saving at once is told who was faster", "[workorder]") {
    const testing::ManualClock clock;
    const Order order = Fresh(clock);
    const Order accepted = TakeStep(order, {Step::kAccept, "li", "", order.revision}, clock.Now()).value();
    const auto late = TakeStep(accepted, {Step::kAccept, "wang", "", order.revision}, clock.Now());
    REQUIRE(late.error().reason == "ORDER_CHANGED");
    REQUIRE(late.error().message.find("li") != std::string::npos);
}

TEST_CASE("order: what is missing is named", "[workorder]") {
    const testing::ManualClock clock;
    NewOrder wanted = Complaint();
    wanted.title.clear();
    REQUIRE(CreateOrder(wanted, Office(), clock.Now()).error().message.find("title") != std::string::npos);
    wanted = Complaint();
    wanted.description.assign(20'000, 'x');
    REQUIRE(CreateOrder(wanted, Office(), clock.Now()).error().reason == "FIELD_TOO_LONG");
    const Order accepted = TakeStep(Fresh(clock), {Step::kAccept, "li", "", 0}, clock.Now()).value();
    REQUIRE(TakeStep(accepted, {Step::kFeedBack, "li", "", 0}, clock.Now()).error().reason == "FIELD_MISSING");
    REQUIRE(TakeStep(accepted, {Step::kNote, "", "x", 0}, clock.Now()).error().message.find("actor") !=
            std::string::npos);
}

}  // namespace
}  // namespace trunkline::workorder
