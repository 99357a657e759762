// Requests in, settings out.
#include "workorder/adapters/grpc_settings.hpp"

#include "workorder/adapters/definition_codec.hpp"
#include "workorder/adapters/grpc_work_orders.hpp"
#include "workorder/adapters/numbers.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

template <class Value, class List>
grpc::Status Fill(Result<std::vector<Value>> values, List* list) {
    if (!values.ok()) {
        return rpc::ToGrpc(values.error());
    }
    for (Value& value : *values) {
        *list->Add() = std::move(value);
    }
    return grpc::Status::OK;
}

void Fill(const std::vector<Fault>& faults, v1::CheckResponse* response) {
    for (const Fault& fault : faults) {
        *response->add_faults() = ToProto(fault);
    }
}

std::string ActorOf(const grpc::ServerContext* context, const std::string& given) {
    return WhoOf(*context, given).actor;
}

}  // namespace

grpc::Status GrpcSettings::ListTypes(grpc::ServerContext*, const v1::ListTypesRequest* request,
                                     v1::ListTypesResponse* response) {
    if (auto done = Fill(parts_.catalogue.Types(false), response->mutable_types()); !done.ok()) {
        return done;
    }
    if (!request->with_retired()) {
        auto& types = *response->mutable_types();
        types.erase(std::remove_if(types.begin(), types.end(), [](const auto& type) { return type.retired(); }),
                    types.end());
    }
    return request->with_drafts() ? Fill(parts_.catalogue.Types(true), response->mutable_drafts()) : grpc::Status::OK;
}

grpc::Status GrpcSettings::GetType(grpc::ServerContext*, const v1::GetTypeRequest* request,
                                   v1::OrderTypeDefinition* response) {
    return Answer(parts_.catalogue.FindType(request->type_id(), static_cast<int>(request->version()), request->draft()),
                  response);
}

grpc::Status GrpcSettings::SaveType(grpc::ServerContext* context, const v1::SaveTypeRequest* request,
                                    v1::OrderTypeDefinition* response) {
    return Answer(parts_.catalogue.SaveType(request->type(), ActorOf(context, request->actor())), response);
}

grpc::Status GrpcSettings::PublishType(grpc::ServerContext* context, const v1::PublishRequest* request,
                                       v1::OrderTypeDefinition* response) {
    v1::PublishRequest owned = *request;
    owned.set_actor(ActorOf(context, request->actor()));
    return Answer(parts_.catalogue.PublishType(owned), response);
}

grpc::Status GrpcSettings::CheckType(grpc::ServerContext*, const v1::OrderTypeDefinition* request,
                                     v1::CheckResponse* response) {
    Fill(parts_.catalogue.Check(*request), response);
    return grpc::Status::OK;
}

grpc::Status GrpcSettings::ListFlows(grpc::ServerContext*, const v1::ListFlowsRequest* request,
                                     v1::ListFlowsResponse* response) {
    if (auto done = Fill(parts_.catalogue.Flows(false), response->mutable_flows());
        !done.ok() || !request->with_drafts()) {
        return done;
    }
    return Fill(parts_.catalogue.Flows(true), response->mutable_drafts());
}

grpc::Status GrpcSettings::GetFlow(grpc::ServerContext*, const v1::GetFlowRequest* request,
                                   v1::FlowDefinition* response) {
    return Answer(parts_.catalogue.FindFlow(request->flow_id(), static_cast<int>(request->version()), request->draft()),
                  response);
}

grpc::Status GrpcSettings::SaveFlow(grpc::ServerContext* context, const v1::SaveFlowRequest* request,
                                    v1::FlowDefinition* response) {
    return Answer(parts_.catalogue.SaveFlow(request->flow(), ActorOf(context, request->actor())), response);
}

grpc::Status GrpcSettings::PublishFlow(grpc::ServerContext* context, const v1::PublishRequest* request,
                                       v1::FlowDefinition* response) {
    v1::PublishRequest owned = *request;
    owned.set_actor(ActorOf(context, request->actor()));
    return Answer(parts_.catalogue.PublishFlow(owned), response);
}

grpc::Status GrpcSettings::CheckFlow(grpc::ServerContext*, const v1::FlowDefinition* request,
                                     v1::CheckResponse* response) {
    Fill(parts_.catalogue.Check(*request), response);
    return grpc::Status::OK;
}

grpc::Status GrpcSettings::ListVersions(grpc::ServerContext*, const v1::ListVersionsRequest* request,
                                        v1::ListVersionsResponse* response) {
    const bool type = !request->type_id().empty();
    return Fill(parts_.catalogue.Versions(type ? "type" : "flow", type ? request->type_id() : request->flow_id()),
                response->mutable_versions());
}

grpc::Status GrpcSettings::ListCalendars(grpc::ServerContext*, const v1::ListCalendarsRequest*,
                                         v1::ListCalendarsResponse* response) {
    if (auto done = Fill(parts_.catalogue.Calendars(), response->mutable_calendars()); !done.ok()) {
        return done;
    }
    for (const v1::CalendarDefinition& calendar : response->calendars()) {
        const auto made = FromProto(calendar);
        if (!made.ok() || !calendar.statutory()) {
            continue;
        }
        // The table of the next year is announced in November.
        const auto today = made->LocalDate(parts_.clock.Now());
        const int first = static_cast<int>(today.year());
        const int last = first + (static_cast<unsigned>(today.month()) >= 11 ? 1 : 0);
        for (int year = first; year <= last; ++year) {
            if (!made->KnowsYear(year)) {
                response->add_warnings("calendar " + calendar.calendar_id() + ": the holiday table of " +
                                       std::to_string(year) + " is missing, weekdays are used instead");
            }
        }
    }
    return grpc::Status::OK;
}

Status GrpcSettings::MoveDeadlines(const std::string& calendar_id) {
    v1::ListOrdersRequest open;
    open.set_open_only(true);
    open.set_page_size(500);
    do {
        const auto page = parts_.reader.List(open, {}, parts_.clock.Now());
        if (!page.ok()) {
            return page.error();
        }
        for (const v1::Order& order : page->orders()) {
            if (order.calendar_id() == calendar_id) {
                if (Status moved = parts_.desk.FollowCalendar(order.order_id()); !moved.ok()) {
                    return moved;
                }
            }
        }
        open.set_page_token(page->next_page_token());
    } while (!open.page_token().empty());
    return {};
}

grpc::Status GrpcSettings::PutCalendar(grpc::ServerContext*, const v1::PutCalendarRequest* request,
                                       v1::CalendarDefinition* response) {
    const auto stored = parts_.catalogue.PutCalendar(request->calendar());
    if (stored.ok()) {
        if (Status moved = MoveDeadlines(request->calendar().calendar_id()); !moved.ok()) {
            return rpc::ToGrpc(moved);
        }
    }
    return Answer(stored, response);
}

grpc::Status GrpcSettings::OverrideCalendar(grpc::ServerContext* context, const v1::OverrideCalendarRequest* request,
                                            v1::CalendarDefinition* response) {
    const auto stored = parts_.catalogue.ChangeCalendar(request->calendar_id(), [&](v1::CalendarDefinition& calendar) {
        auto& overrides = *calendar.mutable_overrides();
        if (!request->remove_override_id().empty()) {
            overrides.erase(
                std::remove_if(overrides.begin(), overrides.end(),
                               [&](const auto& given) { return given.override_id() == request->remove_override_id(); }),
                overrides.end());
            return;
        }
        auto& added = *overrides.Add();
        added.set_override_id(parts_.ids.New());
        *added.mutable_from_time() = request->from_time();
        *added.mutable_to_time() = request->to_time();
        added.set_open(request->open());
        added.set_reason(request->reason());
        added.set_actor(ActorOf(context, request->actor()));
    });
    if (stored.ok()) {
        if (Status moved = MoveDeadlines(request->calendar_id()); !moved.ok()) {
            return rpc::ToGrpc(moved);
        }
    }
    return Answer(stored, response);
}

grpc::Status GrpcSettings::ExplainWorkingTime(grpc::ServerContext*, const v1::ExplainWorkingTimeRequest* request,
                                              v1::ExplainWorkingTimeResponse* response) {
    const auto settings = parts_.catalogue.Now();
    const WorkingCalendar* calendar = settings->Calendar(request->calendar_id());
    if (calendar == nullptr) {
        return rpc::ToGrpc(
            Error{Code::kNotFound, "CALENDAR_NOT_FOUND", "there is no calendar " + request->calendar_id()});
    }
    const TimePoint start = request->has_start_time() ? FromTimestamp(request->start_time()) : parts_.clock.Now();
    Result<TimePoint> end = FromTimestamp(request->end_time());
    if (request->working_days() > 0) {
        end = calendar->EndOfWorkingDay(start, static_cast<int>(std::min<uint32_t>(request->working_days(), 3000)));
    } else if (request->working_minutes() > 0) {
        end = calendar->Add(start, std::chrono::minutes{request->working_minutes()});
    }
    if (!end.ok() || *end < start || *end - start > std::chrono::days{3660}) {
        return rpc::ToGrpc(end.ok() ? Error{Code::kInvalidArgument, "BAD_PERIOD",
                                            "give working_minutes, working_days or an end_time after the start"}
                                    : end.error());
    }
    *response->mutable_end_time() = ToTimestamp(*end);
    response->set_working_minutes(static_cast<uint32_t>(
        std::chrono::duration_cast<std::chrono::minutes>(calendar->Between(start, *end)).count()));
    for (const auto& day : calendar->Explain(start, *end)) {
        *response->add_days() = ToProto(day, *calendar);
    }
    return grpc::Status::OK;
}

grpc::Status GrpcSettings::ListUnits(grpc::ServerContext*, const v1::ListUnitsRequest*,
                                     v1::ListUnitsResponse* response) {
    return Fill(parts_.catalogue.Units(), response->mutable_units());
}

grpc::Status GrpcSettings::PutUnit(grpc::ServerContext*, const v1::PutUnitRequest* request, v1::Unit* response) {
    return Answer(parts_.catalogue.PutUnit(request->unit()), response);
}

grpc::Status GrpcSettings::ListCrews(grpc::ServerContext* context, const v1::ListCrewsRequest*,
                                     v1::ListCrewsResponse* response) {
    const auto done = Fill(parts_.catalogue.Crews(), response->mutable_crews());
    for (v1::Crew& crew : *response->mutable_crews()) {
        crew.set_number(WhoOf(*context, "").trusted ? crew.number() : Masked(crew.number()));
    }
    return done;
}

grpc::Status GrpcSettings::PutCrew(grpc::ServerContext* context, const v1::PutCrewRequest* request,
                                   v1::Crew* response) {
    const auto done = Answer(parts_.catalogue.PutCrew(request->crew()), response);
    response->set_number(WhoOf(*context, "").trusted ? response->number() : Masked(response->number()));
    return done;
}

grpc::Status GrpcSettings::ListTemplates(grpc::ServerContext*, const v1::ListTemplatesRequest* request,
                                         v1::ListTemplatesResponse* response) {
    auto done = Fill(parts_.catalogue.Templates(), response->mutable_templates());
    if (!request->type_id().empty()) {
        auto& texts = *response->mutable_templates();
        texts.erase(std::remove_if(texts.begin(), texts.end(),
                                   [&](const auto& text) { return text.type_id() != request->type_id(); }),
                    texts.end());
    }
    return done;
}

grpc::Status GrpcSettings::PutTemplate(grpc::ServerContext*, const v1::PutTemplateRequest* request,
                                       v1::NoticeTemplate* response) {
    return Answer(parts_.catalogue.PutTemplate(request->template_()), response);
}

grpc::Status GrpcSettings::InstallDefaults(grpc::ServerContext* context, const v1::InstallDefaultsRequest* request,
                                           v1::InstallDefaultsResponse* response) {
    const auto added = parts_.catalogue.Install(request->operator_(), ActorOf(context, request->actor()));
    if (!added.ok()) {
        return rpc::ToGrpc(added.error());
    }
    response->set_added(static_cast<uint32_t>(*added));
    return grpc::Status::OK;
}

}  // namespace trunkline::workorder
