// The API trunkline.workorder.v1.WorkOrders.
#pragma once
#include "trunkline/workorder/v1/workorder.grpc.pb.h"
#include "workorder/adapters/catalogue.hpp"
#include "workorder/adapters/grpc_common.hpp"
#include "workorder/adapters/order_reader.hpp"
#include "workorder/adapters/service_store.hpp"
#include "workorder/app/order_desk.hpp"

namespace trunkline::workorder {

class GrpcWorkOrders final : public v1::WorkOrders::Service {
 public:
    struct Parts {
        OrderDesk& desk;
        OrderReader& reader;
        Catalogue& catalogue;
        ServiceStore& store;
        const Clock& clock;
        Observer observer;
    };
    explicit GrpcWorkOrders(Parts parts) : parts_(std::move(parts)) {}

    template <class Request, class Response>
    using Method = grpc::Status(grpc::ServerContext*, const Request*, Response*);

    grpc::Status CreateOrder(grpc::ServerContext*, const v1::CreateOrderRequest*, v1::Order*) override;
    grpc::Status TakeStep(grpc::ServerContext*, const v1::TakeStepRequest*, v1::Order*) override;
    grpc::Status DecideOrder(grpc::ServerContext*, const v1::TakeStepRequest*, v1::Order*) override;
    grpc::Status GetOrder(grpc::ServerContext*, const v1::GetOrderRequest*, v1::Order*) override;
    grpc::Status ListOrders(grpc::ServerContext*, const v1::ListOrdersRequest*, v1::ListOrdersResponse*) override;
    grpc::Status CountOrders(grpc::ServerContext*, const v1::CountOrdersRequest*, v1::CountOrdersResponse*) override;
    grpc::Status CheckForm(grpc::ServerContext*, const v1::CheckFormRequest*, v1::CheckFormResponse*) override;
    grpc::Status SuggestDuplicates(grpc::ServerContext*, const v1::SuggestDuplicatesRequest*,
                                   v1::SuggestDuplicatesResponse*) override;
    grpc::Status AddAttachment(grpc::ServerContext*, const v1::AddAttachmentRequest*, v1::Attachment*) override;
    grpc::Status GetAttachment(grpc::ServerContext*, const v1::GetAttachmentRequest*,
                               v1::GetAttachmentResponse*) override;
    grpc::Status PrintOrder(grpc::ServerContext*, const v1::PrintOrderRequest*, v1::PrintOrderResponse*) override;
    grpc::Status ExplainDeadline(grpc::ServerContext*, const v1::ExplainDeadlineRequest*,
                                 v1::ExplainDeadlineResponse*) override;
    grpc::Status RevealNumber(grpc::ServerContext*, const v1::RevealNumberRequest*, v1::RevealNumberResponse*) override;
    grpc::Status OpenIncident(grpc::ServerContext*, const v1::OpenIncidentRequest*, v1::Incident*) override;
    grpc::Status GatherOrders(grpc::ServerContext*, const v1::GatherOrdersRequest*, v1::Incident*) override;
    grpc::Status AnswerIncident(grpc::ServerContext*, const v1::AnswerIncidentRequest*, v1::Incident*) override;
    grpc::Status GetIncident(grpc::ServerContext*, const v1::GetIncidentRequest*, v1::Incident*) override;
    grpc::Status ListIncidents(grpc::ServerContext*, const v1::ListIncidentsRequest*,
                               v1::ListIncidentsResponse*) override;

 private:
    grpc::Status Step(grpc::ServerContext& context, const v1::TakeStepRequest& request, v1::Order* response);
    // NOT_FOUND when the caller may not see it.
    Result<FoundOrder> FindFor(const Who& who, const std::string& order_id);
    // A whole order of this scope as this caller sees it.
    grpc::Status Show(const std::string& order_id, const Who& who, v1::Order* response, const Scope& scope);
    // NOT_YOUR_UNIT when the incident has orders that the caller may not see.
    Status CheckWhole(const std::string& incident_id, const Scope& scope);
    grpc::Status Refuse(std::string_view action, const Error& error);

    Parts parts_;
};

// The days of a calendar as the API shows them.
v1::ExplainedDay ToProto(const calendar::DayAccount& day, const WorkingCalendar& calendar);

}  // namespace trunkline::workorder
