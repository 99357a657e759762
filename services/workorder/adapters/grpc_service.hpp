// The APIs Progress, Notices and WorkOrderFigures of trunkline.workorder.v1.
#pragma once
#include "trunkline/workorder/v1/service.grpc.pb.h"
#include "workorder/adapters/catalogue.hpp"
#include "workorder/adapters/crew_replies.hpp"
#include "workorder/adapters/figures_reader.hpp"
#include "workorder/adapters/grpc_common.hpp"
#include "workorder/adapters/order_reader.hpp"
#include "workorder/adapters/service_store.hpp"
#include "workorder/app/order_desk.hpp"

namespace trunkline::workorder {

class GrpcProgress final : public v1::Progress::Service {
 public:
    struct Parts {
        OrderDesk& desk;
        OrderReader& reader;
        Catalogue& catalogue;
        ServiceStore& store;
        Observer observer;
    };
    explicit GrpcProgress(Parts parts) : parts_(std::move(parts)) {}

    grpc::Status AskProgress(grpc::ServerContext*, const v1::AskProgressRequest*, v1::AskProgressResponse*) override;
    grpc::Status AskByCaller(grpc::ServerContext*, const v1::AskByCallerRequest*, v1::AskByCallerResponse*) override;
    grpc::Status UrgeByCustomer(grpc::ServerContext*, const v1::UrgeByCustomerRequest*,
                                v1::AskProgressResponse*) override;
    grpc::Status RateByCustomer(grpc::ServerContext*, const v1::RateByCustomerRequest*,
                                v1::AskProgressResponse*) override;
    grpc::Status ListQuestions(grpc::ServerContext*, const v1::ListQuestionsRequest*,
                               v1::ListQuestionsResponse*) override;

 private:
    grpc::Status Tell(const std::string& order_id, v1::AskProgressResponse* response);
    grpc::Status StepOfCustomer(const v1::Proof& proof, StepCall call, v1::AskProgressResponse* response);

    Parts parts_;
};

class GrpcNotices final : public v1::Notices::Service {
 public:
    explicit GrpcNotices(CrewParts parts) : parts_(parts) {}

    grpc::Status ListNotices(grpc::ServerContext*, const v1::ListNoticesRequest*, v1::ListNoticesResponse*) override;
    grpc::Status TakeNotices(grpc::ServerContext*, const v1::TakeNoticesRequest*, v1::ListNoticesResponse*) override;
    grpc::Status ReceiveCrewMessage(grpc::ServerContext*, const v1::ReceiveCrewMessageRequest*,
                                    v1::ReceiveCrewMessageResponse*) override;
    grpc::Status ReportNotice(grpc::ServerContext*, const v1::ReportNoticeRequest*, v1::Notice*) override;

 private:
    CrewParts parts_;
};

class GrpcFigures final : public v1::WorkOrderFigures::Service {
 public:
    GrpcFigures(FiguresReader& reader, Catalogue& catalogue) : reader_(reader), catalogue_(catalogue) {}

    grpc::Status GetStatistics(grpc::ServerContext*, const v1::GetStatisticsRequest*,
                               v1::GetStatisticsResponse*) override;
    grpc::Status GetHotSpots(grpc::ServerContext*, const v1::GetHotSpotsRequest*, v1::GetHotSpotsResponse*) override;

 private:
    FiguresReader& reader_;
    Catalogue& catalogue_;
};

}  // namespace trunkline::workorder
