// Requests in, orders out.
#include "workorder/adapters/grpc_work_orders.hpp"

#include "workorder/adapters/order_codec.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

// The type that a kind alone means: the one of the same name.
std::string TypeOf(const v1::CreateOrderRequest& request) {
    std::string id = request.type_id();
    if (id.empty() && request.type() != v1::ORDER_TYPE_UNSPECIFIED && v1::OrderType_IsValid(request.type())) {
        id = v1::OrderType_Name(request.type());
        std::transform(id.begin(), id.end(), id.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    }
    return id;
}

CreateCall FromProto(const v1::CreateOrderRequest& request) {
    CreateCall call;
    call.request_id = request.request_id();
    call.type_id = TypeOf(request);
    call.attachment_ids = {request.attachment_ids().begin(), request.attachment_ids().end()};
    NewOrder& wanted = call.wanted;
    wanted.title = request.title();
    wanted.description = request.description();
    wanted.fields = {request.fields().begin(), request.fields().end()};
    wanted.contact = ContactId{request.contact_id()};
    wanted.customer_id = request.customer_id();
    wanted.customer_name = request.customer_name();
    wanted.customer_number = request.customer_number();
    wanted.branch = request.branch();
    wanted.source = request.source() == v1::SOURCE_UNSPECIFIED ? v1::SOURCE_AGENT : request.source();
    wanted.priority = static_cast<Priority>(request.priority());
    wanted.notice_medium = static_cast<Medium>(request.notice_medium());
    wanted.notice_address = request.notice_address();
    wanted.notice_ways = Ways(request.notice_ways());
    wanted.related = {request.related().begin(), request.related().end()};
    wanted.incident = request.incident_id();
    return call;
}

StepCall FromProto(const v1::TakeStepRequest& request) {
    StepCall call;
    call.request_id = request.request_id();
    call.order_id = request.order_id();
    call.other_id = request.other_order_id();
    call.attachment_ids = {request.attachment_ids().begin(), request.attachment_ids().end()};
    StepRequest& step = call.request;
    step.step = static_cast<Step>(request.step());
    step.step_id = request.step_id();
    step.text = request.text();
    step.revision = request.revision();
    step.fields = {request.fields().begin(), request.fields().end()};
    step.branch = request.branch();
    step.helpers = {request.helpers().begin(), request.helpers().end()};
    step.days = static_cast<int>(std::min<uint32_t>(request.working_days(), 100'000));
    if (request.has_until_time()) {
        step.until = FromTimestamp(request.until_time());
    }
    step.source = request.source();
    step.by_customer = request.by_customer();
    step.title = request.title();
    step.description = request.description();
    step.priority = static_cast<Priority>(request.priority());
    step.crew = request.crew_id();
    step.score = static_cast<int>(std::min<uint32_t>(request.score(), 100));
    if (request.has_done_time()) {
        step.done = FromTimestamp(request.done_time());
    }
    return call;
}

Error BadField(std::string message) { return {Code::kInvalidArgument, "BAD_FIELD", std::move(message)}; }

}  // namespace

grpc::Status GrpcWorkOrders::Refuse(std::string_view action, const Error& error) {
    parts_.observer(action, false);
    return rpc::ToGrpc(error);
}

Result<FoundOrder> GrpcWorkOrders::FindFor(const Who& who, const std::string& order_id) {
    return parts_.reader.Find(order_id, ScopeOf(who, *parts_.catalogue.Now()));
}

grpc::Status GrpcWorkOrders::Show(const std::string& order_id, const Who& who, v1::Order* response,
                                  const Scope& scope) {
    auto found = parts_.reader.Find(order_id, scope);
    if (!found.ok()) {
        return Refuse("read", found.error());
    }
    const auto settings = parts_.catalogue.Now();
    const Order order = FromStored(found->stored);
    *response = std::move(*found->stored.mutable_order());
    if (const auto rules = settings->For(order); rules.ok()) {
        AddCourse(order, *rules, who, parts_.clock.Now(), *response);
    }
    for (v1::LogEntry& entry : found->log) {
        *response->add_log() = std::move(entry);
    }
    for (v1::Notice& notice : found->notices) {
        *response->add_notices() = std::move(notice);
    }
    Mask(*response, who, settings->Type(order.type_id, order.type_version));
    return grpc::Status::OK;
}

grpc::Status GrpcWorkOrders::CreateOrder(grpc::ServerContext* context, const v1::CreateOrderRequest* request,
                                         v1::Order* response) {
    const Who who = WhoOf(*context, request->actor());
    if (who.trusted && request->actor().empty()) {
        return Refuse("create", {Code::kInvalidArgument, "FIELD_MISSING", "actor must not be empty"});
    }
    CreateCall call = FromProto(*request);
    if (call.type_id.empty()) {
        return Refuse("create",
                      BadField("type_id must be one of ListTypes, or type one of CONSULTATION, COMPLAINT ..."));
    }
    const auto created = parts_.desk.Create(std::move(call), who);
    if (!created.ok()) {
        return Refuse("create", created.error());
    }
    parts_.observer("create", true);
    // Its creator need not be of a unit that sees it.
    if (const auto shown = Show(created->order.id.str(), who, response, {}); !shown.ok()) {
        return shown;
    }
    response->set_check_code(created->check_code);
    return grpc::Status::OK;
}

grpc::Status GrpcWorkOrders::Step(grpc::ServerContext& context, const v1::TakeStepRequest& request,
                                  v1::Order* response) {
    const Who who = WhoOf(context, request.actor());
    if (who.trusted && request.actor().empty()) {
        return Refuse("step", {Code::kInvalidArgument, "FIELD_MISSING", "actor must not be empty"});
    }
    const bool internal =
        request.step() == v1::CLOSE_BY_INCIDENT || request.step() == v1::CREATE || request.step() == v1::WARN;
    if (!v1::Step_IsValid(request.step()) || internal ||
        (request.step() == v1::STEP_UNSPECIFIED && request.step_id().empty())) {
        return Refuse("step", BadField("step or step_id must be one of those in the order's `steps`"));
    }
    // What one may not see one may not change either.
    for (const std::string& order : {request.order_id(), request.other_order_id()}) {
        if (!who.trusted && !order.empty()) {
            if (const auto seen = FindFor(who, order); !seen.ok()) {
                return Refuse("step", seen.error());
            }
        }
    }
    const auto done = parts_.desk.Step(FromProto(request), who);
    if (!done.ok()) {
        return Refuse("step", done.error());
    }
    parts_.observer("step", true);
    // After a step the order may be out of the caller's sight; he still is told what became of it.
    return Show(done->id.str(), who, response, {});
}

grpc::Status GrpcWorkOrders::TakeStep(grpc::ServerContext* context, const v1::TakeStepRequest* request,
                                      v1::Order* response) {
    return Step(*context, *request, response);
}

grpc::Status GrpcWorkOrders::DecideOrder(grpc::ServerContext* context, const v1::TakeStepRequest* request,
                                         v1::Order* response) {
    if (request->step() != v1::APPROVE && request->step() != v1::REJECT && request->step() != v1::GRANT &&
        request->step() != v1::DENY) {
        return Refuse("step", BadField("step must be APPROVE, REJECT, GRANT or DENY"));
    }
    return Step(*context, *request, response);
}

grpc::Status GrpcWorkOrders::GetOrder(grpc::ServerContext* context, const v1::GetOrderRequest* request,
                                      v1::Order* response) {
    const Who who = WhoOf(*context, "");
    const auto shown = Show(request->order_id(), who, response, ScopeOf(who, *parts_.catalogue.Now()));
    if (shown.ok()) {
        parts_.observer("read", true);
    }
    return shown;
}

grpc::Status GrpcWorkOrders::ListOrders(grpc::ServerContext* context, const v1::ListOrdersRequest* request,
                                        v1::ListOrdersResponse* response) {
    const Who who = WhoOf(*context, "");
    const auto settings = parts_.catalogue.Now();
    auto page = parts_.reader.List(*request, ScopeOf(who, *settings), parts_.clock.Now());
    parts_.observer("read", page.ok());
    if (!page.ok()) {
        return rpc::ToGrpc(page.error());
    }
    *response = std::move(page).value();
    for (v1::Order& order : *response->mutable_orders()) {
        Mask(order, who, settings->Type(order.type_id(), static_cast<int>(order.type_version())));
    }
    return grpc::Status::OK;
}

grpc::Status GrpcWorkOrders::CountOrders(grpc::ServerContext* context, const v1::CountOrdersRequest* request,
                                         v1::CountOrdersResponse* response) {
    const auto settings = parts_.catalogue.Now();
    const Scope scope = ScopeOf(WhoOf(*context, ""), *settings);
    const std::string& unit = request->unit_id();
    if (!unit.empty() && !scope.empty() && std::find(scope.begin(), scope.end(), unit) == scope.end()) {
        return Refuse("read", {Code::kPermissionDenied, "NOT_YOUR_UNIT", "unit " + unit + " is not below yours"});
    }
    return Answer(parts_.reader.Count(unit, scope, parts_.clock.Now()), response);
}

grpc::Status GrpcWorkOrders::CheckForm(grpc::ServerContext* context, const v1::CheckFormRequest* request,
                                       v1::CheckFormResponse* response) {
    const auto settings = parts_.catalogue.Now();
    const TypeDefinition* type = settings->Type(request->type_id());
    std::set<std::string> required;
    Values values(request->fields().begin(), request->fields().end());
    if (!request->order_id().empty()) {
        const auto found = FindFor(WhoOf(*context, ""), request->order_id());
        if (!found.ok()) {
            return Refuse("read", found.error());
        }
        const Order order = FromStored(found->stored);
        type = settings->Type(order.type_id, order.type_version);
        const Flow* flow = settings->FlowOf(order.flow_id, order.flow_version);
        values.insert(order.fields.begin(), order.fields.end());
        for (const FlowStep& step : flow == nullptr ? std::vector<FlowStep>{} : flow->steps) {
            if (step.id == request->step_id()) {
                required = {step.required_fields.begin(), step.required_fields.end()};
            }
        }
    }
    if (type == nullptr) {
        return Refuse("read",
                      {Code::kNotFound, "SETTINGS_MISSING", "there is no published type " + request->type_id()});
    }
    for (const FieldError& error : workorder::CheckForm(type->fields, values, required)) {
        auto& told = *response->add_errors();
        told.set_field_id(error.field);
        told.set_reason(error.reason);
        told.set_message(error.message);
    }
    return grpc::Status::OK;
}

grpc::Status GrpcWorkOrders::SuggestDuplicates(grpc::ServerContext* context,
                                               const v1::SuggestDuplicatesRequest* request,
                                               v1::SuggestDuplicatesResponse* response) {
    const Who who = WhoOf(*context, "");
    const auto settings = parts_.catalogue.Now();
    const TypeDefinition* type = settings->Type(request->type_id());
    const Values values(request->fields().begin(), request->fields().end());
    OrderReader::Likeness likeness;
    likeness.type_id = request->type_id();
    likeness.customer_id = request->customer_id();
    likeness.customer_number = request->customer_number();
    likeness.title = request->title();
    int days = 7;
    if (type != nullptr) {
        likeness.line = ValueOfKind(type->fields, values, FieldKind::kLine);
        likeness.cause = ValueOfKind(type->fields, values, FieldKind::kCause);
        days = type->duplicate_days == 0 ? days : type->duplicate_days;
    }
    likeness.since = parts_.clock.Now() - std::chrono::days{days};
    auto alike = parts_.reader.Alike(likeness, ScopeOf(who, *settings));
    if (!alike.ok()) {
        return Refuse("read", alike.error());
    }
    *response = std::move(alike).value();
    for (v1::Duplicate& duplicate : *response->mutable_duplicates()) {
        v1::Order& order = *duplicate.mutable_order();
        Mask(order, who, settings->Type(order.type_id(), static_cast<int>(order.type_version())));
    }
    return grpc::Status::OK;
}

}  // namespace trunkline::workorder
