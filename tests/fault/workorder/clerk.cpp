// The ways an order can go.
#include "clerk.hpp"

#include <cstdio>
#include <cstdlib>

#include "clock/clock.hpp"
#include "google/protobuf/util/time_util.h"
#include "rpc/rpc.hpp"
#include "trunkline/workorder/v1/settings.grpc.pb.h"

namespace trunkline::workorder {
namespace {

using google::protobuf::util::TimeUtil;

void ToEast(v1::TakeStepRequest& request) { request.set_branch("east"); }
void ForADay(v1::TakeStepRequest& request) {
    *request.mutable_until_time() = TimeUtil::SecondsToTimestamp(ToUnixMillis(SystemClock().Now()) / 1000 + 24 * 3600);
}

}  // namespace

Clerk::Clerk(const std::string& address, std::string name, Aim& aim, const std::atomic<bool>& stop)
    : orders_(v1::WorkOrders::NewStub(rpc::Connect(address, {}))),
      address_(address),
      name_(std::move(name)),
      aim_(aim),
      stop_(stop) {}

bool Clerk::Repeat(const std::function<grpc::Status(grpc::ClientContext&)>& call) {
    while (!stop_) {
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

void Clerk::MeetAim(v1::Step step) {
    int wanted = step;
    aim_.step.compare_exchange_strong(wanted, v1::STEP_UNSPECIFIED);
}

std::optional<v1::Order> Clerk::Create(const std::string& type_id) {
    v1::CreateOrderRequest request;
    request.set_request_id(name_ + "/" + std::to_string(++requests_));
    request.set_actor(name_);
    request.set_type_id(type_id);
    request.set_title("12路未停靠");
    request.set_branch("east");
    request.set_customer_number("13800138000");
    if (type_id == "card_service") {
        (*request.mutable_fields())["card"] = "1";
        (*request.mutable_fields())["matter"] = "扣费异常";
    }
    v1::Order order;
    MeetAim(v1::CREATE);
    const bool made = Repeat([&](auto& context) { return orders_->CreateOrder(&context, request, &order); });
    return made ? std::optional(order) : std::nullopt;
}

bool Clerk::Take(const v1::Order& order, v1::Step step, const Fill& fill) {
    v1::TakeStepRequest request;
    request.set_request_id(name_ + "/" + std::to_string(++requests_));
    request.set_actor(name_);
    request.set_order_id(order.order_id());
    request.set_step(step);
    request.set_text("done");
    if (fill) {
        fill(request);
    }
    v1::Order answer;
    MeetAim(step);
    return Repeat([&](auto& context) { return orders_->TakeStep(&context, request, &answer); });
}

bool Clerk::MakeCrew() {
    const auto settings = v1::WorkOrderSettings::NewStub(rpc::Connect(address_, {}));
    v1::PutCrewRequest request;
    request.mutable_crew()->set_crew_id("crew-1");
    request.mutable_crew()->set_name("一班");
    request.mutable_crew()->set_unit_id("east");
    request.mutable_crew()->set_number("13700137001");
    v1::Crew crew;
    return Repeat([&](auto& context) { return settings->PutCrew(&context, request, &crew); });
}

std::optional<v1::Order> Clerk::Begin(const std::string& type_id) {
    auto order = Create(type_id);
    if (order) {
        ledger_->Acknowledge(order->order_id());
    }
    return order;
}

bool Clerk::Do(const v1::Order& order, v1::Step step, const Fill& fill) {
    const bool done = Take(order, step, fill);
    if (done) {
        ledger_->Acknowledge(order.order_id());
    }
    return done;
}

bool Clerk::LongWay() {
    const auto order = Begin("complaint");
    const auto step = [&](v1::Step kind, const Fill& fill = {}) { return order && Do(*order, kind, fill); };
    return step(v1::ACCEPT) && step(v1::NOTE) && step(v1::HANDLE) &&
           step(v1::SEND_CREW, [](auto& r) { r.set_crew_id("crew-1"); }) &&
           step(v1::HAND_OVER, [](auto& r) { r.add_helpers("west"); }) &&
           step(v1::ASSIST, [](auto& r) { r.add_helpers("west"); }) && step(v1::URGE) &&
           step(v1::EDIT, [](auto& r) { r.set_title("12路越站"); }) &&
           step(v1::ASK_EXTENSION, [](auto& r) { r.set_working_days(2); }) && step(v1::GRANT) &&
           step(v1::ASK_SUSPENSION, ForADay) && step(v1::DENY) && step(v1::ASK_SUSPENSION, ForADay) &&
           step(v1::GRANT) && step(v1::RESUME) && step(v1::ESCALATE) && step(v1::ANSWER) && step(v1::FEED_BACK) &&
           step(v1::SEND_BACK) && step(v1::FEED_BACK) && step(v1::RETURN) && step(v1::FEED_BACK) && step(v1::VERIFY) &&
           step(v1::CLOSE) && step(v1::RATE, [](auto& r) { r.set_score(4); }) && step(v1::REOPEN) &&
           step(v1::FEED_BACK) && step(v1::VERIFY) && step(v1::CLOSE);
}

bool Clerk::ShortWays() {
    const auto refused = Begin("complaint");
    const bool withdrawn = refused && Do(*refused, v1::REFUSE) && Do(*refused, v1::DISPATCH, ToEast) &&
                           Do(*refused, v1::FORWARD, [](auto& r) { r.set_branch("west"); }) &&
                           Do(*refused, v1::WITHDRAW);
    const auto approved = withdrawn ? Begin("card_service") : std::nullopt;
    const auto rejected = approved && Do(*approved, v1::APPROVE) ? Begin("card_service") : std::nullopt;
    return rejected && Do(*rejected, v1::REJECT);
}

// Two orders that change together: the second one's log grows by the first one's steps.
bool Clerk::PairWay() {
    const auto main = Begin("complaint");
    const auto other = main ? Begin("complaint") : std::nullopt;
    for (const v1::Step step : {v1::RELATE, v1::MERGE}) {
        if (!other || !Do(*other, step, [&](auto& r) { r.set_other_order_id(main->order_id()); })) {
            return false;
        }
        ledger_->Acknowledge(main->order_id(), true);
    }
    return true;
}

// Closed by the service itself, once the incident is answered.
bool Clerk::IncidentWay() {
    const auto order = Begin("complaint");
    v1::OpenIncidentRequest open;
    open.set_request_id(name_ + "/" + std::to_string(++requests_));
    open.set_actor(name_);
    open.set_title("12路停运");
    v1::Incident incident;
    if (!order || !Repeat([&](auto& context) { return orders_->OpenIncident(&context, open, &incident); })) {
        return false;
    }
    v1::GatherOrdersRequest gather;
    gather.set_actor(name_);
    gather.set_incident_id(incident.incident_id());
    gather.add_order_ids(order->order_id());
    v1::AnswerIncidentRequest answer;
    answer.set_request_id(name_ + "/" + std::to_string(++requests_));
    answer.set_actor(name_);
    answer.set_incident_id(incident.incident_id());
    answer.set_text("已恢复");
    answer.set_close(true);
    v1::GetOrderRequest get;
    get.set_order_id(order->order_id());
    v1::Order now;
    if (!Repeat([&](auto& context) { return orders_->GatherOrders(&context, gather, &incident); }) ||
        !Repeat([&](auto& context) { return orders_->AnswerIncident(&context, answer, &incident); })) {
        return false;
    }
    MeetAim(v1::CLOSE_BY_INCIDENT);
    do {
        if (!Repeat([&](auto& context) { return orders_->GetOrder(&context, get, &now); })) {
            return false;
        }
    } while (now.state() != v1::CLOSED);
    // Gathering repeats as a new wish, so its count is read, not reckoned.
    for (int i = 1; i < now.log_size(); ++i) {
        ledger_->Acknowledge(order->order_id());
    }
    return true;
}

void Clerk::Work(Ledger& ledger) {
    ledger_ = &ledger;
    bool going = MakeCrew();
    while (going && !stop_) {
        going = ShortWays() && PairWay() && IncidentWay() && LongWay();
    }
}

}  // namespace trunkline::workorder
