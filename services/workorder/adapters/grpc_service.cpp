// Requests in, answers out.
#include "workorder/adapters/grpc_service.hpp"

#include "workorder/adapters/order_codec.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

// What is read aloud or sent: no more than the customer may know.
std::string Sentence(const v1::AskProgressResponse& progress, const std::string& due) {
    std::string text = "您的工单" + progress.number() + "，" + progress.type_name() + "，目前" + progress.state_name();
    if (!progress.has_close_time()) {
        return text + "，由" + progress.branch_name() + "办理，预计" + due + "前办结。";
    }
    return text + (progress.answer().empty() ? "。" : "，处理结果：" + progress.answer());
}

}  // namespace

grpc::Status GrpcProgress::Tell(const std::string& order_id, v1::AskProgressResponse* response) {
    const auto found = parts_.reader.Find(order_id, {});
    if (!found.ok()) {
        return rpc::ToGrpc(found.error());
    }
    const auto settings = parts_.catalogue.Now();
    const v1::Order& order = found->stored.order();
    response->set_number(order.number());
    response->set_title(order.title());
    response->set_type_name(order.type_name());
    response->set_state(order.state());
    response->set_state_name(order.state_name());
    response->set_branch_name(settings->units().NameOf(order.branch().empty() ? kCentre : order.branch()));
    *response->mutable_create_time() = order.create_time();
    *response->mutable_due_time() = order.due_time();
    if (order.has_close_time()) {
        *response->mutable_close_time() = order.close_time();
    }
    // A branch's answer that nobody has verified is not told yet.
    if (order.answered()) {
        response->set_answer(order.answer());
    }
    response->set_urge_count(order.urge_count());
    const WorkingCalendar* calendar = settings->Calendar(order.calendar_id());
    response->set_sentence(
        Sentence(*response, calendar == nullptr ? "" : calendar->Local(FromTimestamp(order.due_time()))));
    return grpc::Status::OK;
}

grpc::Status GrpcProgress::AskProgress(grpc::ServerContext*, const v1::AskProgressRequest* request,
                                       v1::AskProgressResponse* response) {
    const auto order = parts_.store.Prove(request->proof());
    parts_.observer("question", order.ok());
    return order.ok() ? Tell(*order, response) : rpc::ToGrpc(order.error());
}

grpc::Status GrpcProgress::AskByCaller(grpc::ServerContext* context, const v1::AskByCallerRequest* request,
                                       v1::AskByCallerResponse* response) {
    // A person at a desk types any number, so he gets what he may see anyway.
    const auto orders = parts_.store.OrdersOfCaller(*request, ScopeOf(WhoOf(*context, ""), *parts_.catalogue.Now()));
    parts_.observer("question", orders.ok());
    if (!orders.ok()) {
        return rpc::ToGrpc(orders.error());
    }
    for (const std::string& order : *orders) {
        if (const auto told = Tell(order, response->add_orders()); !told.ok()) {
            return told;
        }
    }
    return grpc::Status::OK;
}

grpc::Status GrpcProgress::StepOfCustomer(const v1::Proof& proof, StepCall call, v1::AskProgressResponse* response) {
    const auto order = parts_.store.Prove(proof);
    if (!order.ok()) {
        parts_.observer("question", false);
        return rpc::ToGrpc(order.error());
    }
    call.order_id = *order;
    call.request.source = proof.source();
    call.request.by_customer = true;
    const auto done = parts_.desk.Step(std::move(call), Who{"customer", "", {}, true});
    parts_.observer("step", done.ok());
    return done.ok() ? Tell(*order, response) : rpc::ToGrpc(done.error());
}

grpc::Status GrpcProgress::UrgeByCustomer(grpc::ServerContext*, const v1::UrgeByCustomerRequest* request,
                                          v1::AskProgressResponse* response) {
    StepCall call;
    call.request_id = request->request_id();
    call.request.step = Step::kUrge;
    call.request.text = request->text();
    return StepOfCustomer(request->proof(), std::move(call), response);
}

grpc::Status GrpcProgress::RateByCustomer(grpc::ServerContext*, const v1::RateByCustomerRequest* request,
                                          v1::AskProgressResponse* response) {
    StepCall call;
    call.request_id = request->request_id();
    call.request.step = Step::kRate;
    call.request.text = request->text();
    call.request.score = static_cast<int>(std::min<uint32_t>(request->score(), 100));
    return StepOfCustomer(request->proof(), std::move(call), response);
}

grpc::Status GrpcProgress::ListQuestions(grpc::ServerContext* context, const v1::ListQuestionsRequest* request,
                                         v1::ListQuestionsResponse* response) {
    const auto found = parts_.reader.Find(request->order_id(), ScopeOf(WhoOf(*context, ""), *parts_.catalogue.Now()));
    if (!found.ok()) {
        return rpc::ToGrpc(found.error());
    }
    return Answer(parts_.store.ListQuestions(found->stored.order().order_id(), request->page_size()), response);
}

grpc::Status GrpcNotices::ListNotices(grpc::ServerContext* context, const v1::ListNoticesRequest* request,
                                      v1::ListNoticesResponse* response) {
    const Who who = WhoOf(*context, "");
    const auto done = Answer(parts_.store.ListNotices(*request, ScopeOf(who, *parts_.catalogue.Now())), response);
    for (v1::Notice& notice : *response->mutable_notices()) {
        Mask(notice, who);
    }
    return done;
}

grpc::Status GrpcNotices::TakeNotices(grpc::ServerContext*, const v1::TakeNoticesRequest* request,
                                      v1::ListNoticesResponse* response) {
    return Answer(parts_.store.TakeNotices(request->medium(), request->limit()), response);
}

grpc::Status GrpcNotices::ReportNotice(grpc::ServerContext*, const v1::ReportNoticeRequest* request,
                                       v1::Notice* response) {
    return Answer(parts_.store.ReportNotice(*request), response);
}

grpc::Status GrpcNotices::ReceiveCrewMessage(grpc::ServerContext*, const v1::ReceiveCrewMessageRequest* request,
                                             v1::ReceiveCrewMessageResponse* response) {
    return Answer(TakeCrewMessage(parts_, *request), response);
}

grpc::Status GrpcFigures::GetStatistics(grpc::ServerContext* context, const v1::GetStatisticsRequest* request,
                                        v1::GetStatisticsResponse* response) {
    const auto settings = catalogue_.Now();
    const auto done = Answer(reader_.Statistics(*request, ScopeOf(WhoOf(*context, ""), *settings)), response);
    for (v1::StatisticsRow& row : *response->mutable_rows()) {
        const TypeDefinition* type = request->by() <= v1::BY_TYPE ? settings->Type(row.key()) : nullptr;
        row.set_name(type != nullptr                  ? type->name
                     : request->by() == v1::BY_BRANCH ? settings->units().NameOf(row.key())
                                                      : row.key());
    }
    return done;
}

grpc::Status GrpcFigures::GetHotSpots(grpc::ServerContext* context, const v1::GetHotSpotsRequest* request,
                                      v1::GetHotSpotsResponse* response) {
    return Answer(reader_.HotSpots(*request, ScopeOf(WhoOf(*context, ""), *catalogue_.Now())), response);
}

}  // namespace trunkline::workorder
