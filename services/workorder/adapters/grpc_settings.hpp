// The API trunkline.workorder.v1.WorkOrderSettings.
#pragma once
#include "trunkline/workorder/v1/settings.grpc.pb.h"
#include "workorder/adapters/catalogue.hpp"
#include "workorder/adapters/grpc_common.hpp"
#include "workorder/adapters/order_reader.hpp"
#include "workorder/app/order_desk.hpp"

namespace trunkline::workorder {

class GrpcSettings final : public v1::WorkOrderSettings::Service {
 public:
    struct Parts {
        Catalogue& catalogue;
        OrderDesk& desk;
        OrderReader& reader;
        const Clock& clock;
        IdGenerator& ids;
    };
    explicit GrpcSettings(Parts parts) : parts_(parts) {}

    grpc::Status ListTypes(grpc::ServerContext*, const v1::ListTypesRequest*, v1::ListTypesResponse*) override;
    grpc::Status GetType(grpc::ServerContext*, const v1::GetTypeRequest*, v1::OrderTypeDefinition*) override;
    grpc::Status SaveType(grpc::ServerContext*, const v1::SaveTypeRequest*, v1::OrderTypeDefinition*) override;
    grpc::Status PublishType(grpc::ServerContext*, const v1::PublishRequest*, v1::OrderTypeDefinition*) override;
    grpc::Status CheckType(grpc::ServerContext*, const v1::OrderTypeDefinition*, v1::CheckResponse*) override;
    grpc::Status ListFlows(grpc::ServerContext*, const v1::ListFlowsRequest*, v1::ListFlowsResponse*) override;
    grpc::Status GetFlow(grpc::ServerContext*, const v1::GetFlowRequest*, v1::FlowDefinition*) override;
    grpc::Status SaveFlow(grpc::ServerContext*, const v1::SaveFlowRequest*, v1::FlowDefinition*) override;
    grpc::Status PublishFlow(grpc::ServerContext*, const v1::PublishRequest*, v1::FlowDefinition*) override;
    grpc::Status CheckFlow(grpc::ServerContext*, const v1::FlowDefinition*, v1::CheckResponse*) override;
    grpc::Status ListVersions(grpc::ServerContext*, const v1::ListVersionsRequest*, v1::ListVersionsResponse*) override;
    grpc::Status ListCalendars(grpc::ServerContext*, const v1::ListCalendarsRequest*,
                               v1::ListCalendarsResponse*) override;
    grpc::Status PutCalendar(grpc::ServerContext*, const v1::PutCalendarRequest*, v1::CalendarDefinition*) override;
    grpc::Status OverrideCalendar(grpc::ServerContext*, const v1::OverrideCalendarRequest*,
                                  v1::CalendarDefinition*) override;
    grpc::Status ExplainWorkingTime(grpc::ServerContext*, const v1::ExplainWorkingTimeRequest*,
                                    v1::ExplainWorkingTimeResponse*) override;
    grpc::Status ListUnits(grpc::ServerContext*, const v1::ListUnitsRequest*, v1::ListUnitsResponse*) override;
    grpc::Status PutUnit(grpc::ServerContext*, const v1::PutUnitRequest*, v1::Unit*) override;
    grpc::Status ListCrews(grpc::ServerContext*, const v1::ListCrewsRequest*, v1::ListCrewsResponse*) override;
    grpc::Status PutCrew(grpc::ServerContext*, const v1::PutCrewRequest*, v1::Crew*) override;
    grpc::Status ListTemplates(grpc::ServerContext*, const v1::ListTemplatesRequest*,
                               v1::ListTemplatesResponse*) override;
    grpc::Status PutTemplate(grpc::ServerContext*, const v1::PutTemplateRequest*, v1::NoticeTemplate*) override;
    grpc::Status InstallDefaults(grpc::ServerContext*, const v1::InstallDefaultsRequest*,
                                 v1::InstallDefaultsResponse*) override;

 private:
    // Deadlines of open orders on a changed calendar.
    Status MoveDeadlines(const std::string& calendar_id);

    Parts parts_;
};

}  // namespace trunkline::workorder
