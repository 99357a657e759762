// The rest of WorkOrders: files, paper, explanations, numbers in clear, incidents.
#include "workorder/adapters/definition_codec.hpp"
#include "workorder/adapters/grpc_work_orders.hpp"
#include "workorder/adapters/order_codec.hpp"
#include "workorder/adapters/order_form.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

constexpr uint32_t kGatherPage = 500;
constexpr int kGatherLimit = 5000;

std::string Clock24(TimePoint time, const WorkingCalendar& calendar) { return calendar.Local(time).substr(11); }

// Which calendar an order is reckoned on, or an error when it is gone.
Result<const WorkingCalendar*> CalendarOf(const Settings& settings, const std::string& calendar_id) {
    const WorkingCalendar* calendar = settings.Calendar(calendar_id);
    if (calendar == nullptr) {
        return Error{Code::kNotFound, "CALENDAR_NOT_FOUND", "there is no calendar " + calendar_id};
    }
    return calendar;
}

// Words for what moved the deadline.
void TellStory(const FoundOrder& found, const OrderClock& clock, const WorkingCalendar& calendar,
               v1::ExplainDeadlineResponse& response) {
    response.add_story("started " + calendar.Local(clock.start) + ", " +
                       (clock.limit.days > 0 ? std::to_string(clock.limit.days) + " working days"
                                             : std::to_string(clock.limit.minutes) + " working minutes") +
                       ", first due " + calendar.Local(clock.first_due));
    for (const v1::LogEntry& entry : found.log) {
        const bool moves = entry.step() == v1::GRANT || entry.step() == v1::RESUME || entry.step() == v1::URGE ||
                           entry.step() == v1::REOPEN || entry.step() == v1::SEND_BACK;
        if (moves) {
            response.add_story(calendar.Local(FromTimestamp(entry.time())) + " " + v1::Step_Name(entry.step()) +
                               " by " + entry.actor() + (entry.detail().empty() ? "" : ": " + entry.detail()));
        }
    }
    response.add_story("due " + calendar.Local(clock.due));
}

}  // namespace

v1::ExplainedDay ToProto(const calendar::DayAccount& day, const WorkingCalendar& calendar) {
    static constexpr std::array kLayers{"WEEKLY", "STATUTORY_OFF", "MAKE_UP", "EXCEPTION", "OVERRIDE"};
    v1::ExplainedDay proto;
    proto.set_date(ToText(day.date));
    proto.set_layer(kLayers.at(static_cast<size_t>(day.layer)));
    proto.set_name(day.name);
    for (const calendar::Interval& open : day.open) {
        const std::string end = Clock24(open.to, calendar);
        proto.add_spans(Clock24(open.from, calendar) + "-" + (end == "00:00" ? "24:00" : end));
    }
    proto.set_counted_minutes(
        static_cast<uint32_t>(std::chrono::duration_cast<std::chrono::minutes>(day.counted).count()));
    return proto;
}

grpc::Status GrpcWorkOrders::AddAttachment(grpc::ServerContext* context, const v1::AddAttachmentRequest* request,
                                           v1::Attachment* response) {
    v1::AddAttachmentRequest owned = *request;
    owned.set_actor(WhoOf(*context, request->actor()).actor);
    return Answer(parts_.store.AddAttachment(owned), response);
}

grpc::Status GrpcWorkOrders::GetAttachment(grpc::ServerContext* context, const v1::GetAttachmentRequest* request,
                                           v1::GetAttachmentResponse* response) {
    const Who who = WhoOf(*context, "");
    auto file = parts_.store.FindAttachment(request->attachment_id());
    if (!file.ok()) {
        return Refuse("read", file.error());
    }
    // Before a step names it, only who sent it; afterwards whoever sees the order.
    const bool own = who.trusted || file->actor == who.actor;
    if (file->order_id.empty() ? !own : !FindFor(who, file->order_id).ok()) {
        return Refuse("read",
                      {Code::kNotFound, "ATTACHMENT_NOT_FOUND", "there is no attachment " + request->attachment_id()});
    }
    *response = std::move(file->content);
    return grpc::Status::OK;
}

grpc::Status GrpcWorkOrders::PrintOrder(grpc::ServerContext* context, const v1::PrintOrderRequest* request,
                                        v1::PrintOrderResponse* response) {
    v1::Order order;
    const Who who = WhoOf(*context, "");
    const auto settings = parts_.catalogue.Now();
    if (const auto shown = Show(request->order_id(), who, &order, ScopeOf(who, *settings)); !shown.ok()) {
        return shown;
    }
    const auto calendar = CalendarOf(*settings, order.calendar_id());
    if (!calendar.ok()) {
        return Refuse("read", calendar.error());
    }
    const TypeDefinition* type = settings->Type(order.type_id(), static_cast<int>(order.type_version()));
    auto printed = PrintForm({order, type, settings->units(), **calendar});
    if (!printed.ok()) {
        return Refuse("read", printed.error());
    }
    response->set_file_name(order.number() + ".pdf");
    response->set_content_type("application/pdf");
    response->set_content(std::move(printed).value());
    return grpc::Status::OK;
}

grpc::Status GrpcWorkOrders::ExplainDeadline(grpc::ServerContext* context, const v1::ExplainDeadlineRequest* request,
                                             v1::ExplainDeadlineResponse* response) {
    const auto found = FindFor(WhoOf(*context, ""), request->order_id());
    if (!found.ok()) {
        return Refuse("read", found.error());
    }
    const Order order = FromStored(found->stored);
    const auto kind =
        request->clock() == v1::CLOCK_KIND_UNSPECIFIED ? ClockKind::kTotal : static_cast<ClockKind>(request->clock());
    const OrderClock* clock = order.Clock(kind);
    const auto settings = parts_.catalogue.Now();
    const auto calendar = CalendarOf(*settings, order.calendar_id);
    if (clock == nullptr || !calendar.ok()) {
        return Refuse("read", clock == nullptr ? Error{Code::kNotFound, "NO_CLOCK", "this order has no such clock"}
                                               : calendar.error());
    }
    *response->mutable_clock() = ToProto(*clock, **calendar, parts_.clock.Now());
    response->set_calendar_id(order.calendar_id);
    for (const auto& day : (*calendar)->Explain(clock->start, clock->due)) {
        *response->add_days() = ToProto(day, **calendar);
    }
    TellStory(*found, *clock, **calendar, *response);
    return grpc::Status::OK;
}

grpc::Status GrpcWorkOrders::RevealNumber(grpc::ServerContext* context, const v1::RevealNumberRequest* request,
                                          v1::RevealNumberResponse* response) {
    const Who who = WhoOf(*context, "");
    if (request->reason().empty() || request->reason().size() > 500) {
        return Refuse("read", {Code::kInvalidArgument, "FIELD_MISSING", "reason must be given, up to 500 bytes"});
    }
    const auto found = FindFor(who, request->order_id());
    if (!found.ok()) {
        return Refuse("read", found.error());
    }
    const v1::Order& order = found->stored.order();
    if (!who.May(kClearRight)) {
        return Refuse("read",
                      {Code::kPermissionDenied, "RIGHT_MISSING", std::string("this needs the right ") + kClearRight});
    }
    if (Status recorded = parts_.store.RecordReveal(order, who.actor, request->reason()); !recorded.ok()) {
        return Refuse("read", recorded.error());
    }
    response->set_customer_number(order.customer_number());
    response->set_notice_address(order.notice_address());
    *response->mutable_notice_ways() = order.notice_ways();
    const TypeDefinition* type = parts_.catalogue.Now()->Type(order.type_id(), static_cast<int>(order.type_version()));
    for (const Field& field : type == nullptr ? Fields{} : type->fields) {
        if (const auto value = order.fields().find(field.id); value != order.fields().end() && IsPrivate(field.kind)) {
            (*response->mutable_fields())[field.id] = value->second;
        }
    }
    return grpc::Status::OK;
}

grpc::Status GrpcWorkOrders::OpenIncident(grpc::ServerContext* context, const v1::OpenIncidentRequest* request,
                                          v1::Incident* response) {
    v1::OpenIncidentRequest owned = *request;
    const Who who = WhoOf(*context, request->actor());
    owned.set_actor(who.actor);
    return Answer(parts_.store.OpenIncident(owned, who.Unit()), response);
}

grpc::Status GrpcWorkOrders::GatherOrders(grpc::ServerContext* context, const v1::GatherOrdersRequest* request,
                                          v1::Incident* response) {
    const Who who = WhoOf(*context, request->actor());
    const Scope scope = ScopeOf(who, *parts_.catalogue.Now());
    if (const auto incident = parts_.store.FindIncident(request->incident_id(), scope); !incident.ok()) {
        return Refuse("step", incident.error());
    }
    std::vector<std::string> orders(request->order_ids().begin(), request->order_ids().end());
    for (const std::string& order : orders) {
        if (const auto seen = parts_.reader.Find(order, scope); !seen.ok()) {
            return Refuse("step", seen.error());
        }
    }
    v1::ListOrdersRequest filter = request->filter();
    filter.set_open_only(true);
    filter.set_page_size(kGatherPage);
    while (request->has_filter() && static_cast<int>(orders.size()) < kGatherLimit) {
        const auto page = parts_.reader.List(filter, scope, parts_.clock.Now());
        if (!page.ok()) {
            return Refuse("step", page.error());
        }
        for (const v1::Order& order : page->orders()) {
            orders.push_back(order.order_id());
        }
        filter.set_page_token(page->next_page_token());
        if (filter.page_token().empty()) {
            break;
        }
    }
    for (const std::string& order : orders) {
        StepCall call;
        const std::string verb = request->remove() ? "leave/" : "join/";
        call.request_id = verb + request->incident_id() + "/" + order;
        // Joining again after leaving is a new wish.
        call.request_id += "/" + std::to_string(ToUnixMillis(parts_.clock.Now()));
        call.order_id = order;
        call.request.step = workorder::Step::kRelate;
        call.request.incident = request->remove() ? "-" : request->incident_id();
        if (const auto done = parts_.desk.Step(std::move(call), who); !done.ok()) {
            return Refuse("step", done.error());
        }
    }
    return Answer(parts_.store.FindIncident(request->incident_id(), scope), response);
}

Status GrpcWorkOrders::CheckWhole(const std::string& incident_id, const Scope& scope) {
    const auto seen = parts_.store.FindIncident(incident_id, scope);
    const auto whole = parts_.store.FindIncident(incident_id, {});
    if (!seen.ok() || !whole.ok()) {
        return seen.ok() ? whole.error() : seen.error();
    }
    if (seen->orders() != whole->orders()) {
        return Error{Code::kPermissionDenied, "NOT_YOUR_UNIT",
                     "the incident has orders of other units; the centre must answer it"};
    }
    return {};
}

grpc::Status GrpcWorkOrders::AnswerIncident(grpc::ServerContext* context, const v1::AnswerIncidentRequest* request,
                                            v1::Incident* response) {
    v1::AnswerIncidentRequest owned = *request;
    const Who who = WhoOf(*context, request->actor());
    owned.set_actor(who.actor);
    if (Status whole = CheckWhole(request->incident_id(), ScopeOf(who, *parts_.catalogue.Now())); !whole.ok()) {
        return Refuse("step", whole.error());
    }
    return Answer(parts_.store.BeginAnswer(owned), response);
}

grpc::Status GrpcWorkOrders::GetIncident(grpc::ServerContext* context, const v1::GetIncidentRequest* request,
                                         v1::Incident* response) {
    const Scope scope = ScopeOf(WhoOf(*context, ""), *parts_.catalogue.Now());
    return Answer(parts_.store.FindIncident(request->incident_id(), scope), response);
}

grpc::Status GrpcWorkOrders::ListIncidents(grpc::ServerContext* context, const v1::ListIncidentsRequest* request,
                                           v1::ListIncidentsResponse* response) {
    const Scope scope = ScopeOf(WhoOf(*context, ""), *parts_.catalogue.Now());
    return Answer(parts_.store.ListIncidents(*request, scope), response);
}

}  // namespace trunkline::workorder
