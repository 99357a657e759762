// The whole service in one process over a real PostgreSQL, asked through its API.
#pragma once
#include <grpcpp/grpcpp.h>

#include <catch2/catch.hpp>

#include "bus/outbox.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "testing/manual_clock.hpp"
#include "workorder/adapters/alarm_worker.hpp"
#include "workorder/adapters/check_code.hpp"
#include "workorder/adapters/grpc_service.hpp"
#include "workorder/adapters/grpc_settings.hpp"
#include "workorder/adapters/grpc_work_orders.hpp"
#include "workorder/adapters/postgres_order_store.hpp"
#include "workorder/adapters/times.hpp"
#include "workorder/migrations.hpp"

namespace trunkline::workorder {

class SuiteForTests {
 public:
    explicit SuiteForTests(const std::string& operator_kind = "bus") {
        REQUIRE(pool->Migrate({bus::OutboxMigration()}).ok());
        REQUIRE(pool->Migrate(kMigrations).ok());
        REQUIRE(catalogue.Install(operator_kind, "test").ok());
        grpc::ServerBuilder builder;
        for (grpc::Service* api : std::initializer_list<grpc::Service*>{&order_api, &settings_api, &progress_api,
                                                                        &notice_api, &figure_api}) {
            builder.RegisterService(api);
        }
        server = builder.BuildAndStart();
        const auto channel = server->InProcessChannel({});
        orders = v1::WorkOrders::NewStub(channel);
        settings = v1::WorkOrderSettings::NewStub(channel);
        progress = v1::Progress::NewStub(channel);
        notices = v1::Notices::NewStub(channel);
        figures = v1::WorkOrderFigures::NewStub(channel);
    }

    // Calls as this user; an empty one is another service.
    rpc::Caller caller;
    std::string refused;  // reason of the last call, empty when it succeeded
    std::string message;

    template <class Response, class Stub, class Request>
    Response Call(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  const std::type_identity_t<Request>& request) {
        grpc::ClientContext context;
        rpc::SetCaller(context, caller);
        Response response;
        const grpc::Status status = (stub.*method)(&context, request, &response);
        refused = status.ok() ? "" : rpc::FromGrpc(status).reason;
        message = status.error_message();
        return response;
    }
    v1::Order Create(v1::CreateOrderRequest request) {
        request.set_request_id(ids.New());
        if (request.actor().empty()) {
            request.set_actor("1001");
        }
        return Call(*orders, &v1::WorkOrders::Stub::CreateOrder, request);
    }
    static v1::CreateOrderRequest Complaint(const std::string& branch = "east") {
        v1::CreateOrderRequest request;
        request.set_type(v1::COMPLAINT);
        request.set_title("12路公交车未停靠");
        request.set_description("司机未在人民广场站停车");
        request.set_branch(branch);
        request.set_contact_id("c1");
        request.set_customer_number("13800138000");
        (*request.mutable_fields())["line"] = "12";
        (*request.mutable_fields())["cause"] = "未停靠";
        return request;
    }
    v1::Order Take(v1::TakeStepRequest request) {
        if (request.request_id().empty()) {
            request.set_request_id(ids.New());
        }
        if (request.actor().empty()) {
            request.set_actor("1001");
        }
        return Call(*orders, &v1::WorkOrders::Stub::TakeStep, request);
    }
    v1::Order Take(const std::string& order, v1::Step step, const std::string& text = "done") {
        v1::TakeStepRequest request;
        request.set_order_id(order);
        request.set_step(step);
        request.set_text(text);
        return Take(request);
    }
    v1::Order Get(const std::string& order) {
        v1::GetOrderRequest request;
        request.set_order_id(order);
        return Call(*orders, &v1::WorkOrders::Stub::GetOrder, request);
    }
    std::vector<std::string> Titles(const v1::ListOrdersRequest& request) {
        std::vector<std::string> titles;
        const auto page = Call(*orders, &v1::WorkOrders::Stub::ListOrders, request);
        for (const auto& order : page.orders()) {
            titles.push_back(order.title());
        }
        return titles;
    }
    // Short names of the events so far.
    std::vector<std::string> Events() {
        return pool
            ->Run([](pqxx::work& transaction) {
                std::vector<std::string> types;
                for (const auto& row : transaction.exec("TABLE outbox ORDER BY sequence")) {
                    const auto type = row["type"].as<std::string>();
                    types.push_back(type.substr(type.rfind('.') + 1));
                }
                return types;
            })
            .value();
    }
    bool Told(const std::string& event) {
        const auto events = Events();
        return std::find(events.begin(), events.end(), event) != events.end();
    }

    std::unique_ptr<db::Pool> pool = testing::ThrowawayPostgres::Shared().NewSchema("workorder", 8);
    testing::ManualClock clock;
    UuidGenerator ids;
    int rings = 0;
    std::function<void()> ring = [this] { ++rings; };
    Catalogue catalogue{*pool, clock};
    PostgresOrderStore order_store{{*pool, "Asia/Shanghai", ids, ring}};
    ServiceStore store{{*pool, clock, ids, ring}};
    OrderReader reader{*pool};
    FiguresReader figures_reader{*pool, "Asia/Shanghai", clock};
    OrderDesk desk{{order_store, catalogue, clock, ids, NewCheckCode}};
    GrpcWorkOrders order_api{{desk, reader, catalogue, store, clock, [](std::string_view, bool) {}}};
    GrpcSettings settings_api{{catalogue, desk, reader, clock, ids}};
    GrpcProgress progress_api{{desk, reader, catalogue, store, [](std::string_view, bool) {}}};
    GrpcNotices notice_api{{desk, catalogue, store, reader}};
    GrpcFigures figure_api{figures_reader, catalogue};
    AlarmWorker worker{{desk, catalogue, store, reader}};
    std::unique_ptr<grpc::Server> server;
    std::unique_ptr<v1::WorkOrders::Stub> orders;
    std::unique_ptr<v1::WorkOrderSettings::Stub> settings;
    std::unique_ptr<v1::Progress::Stub> progress;
    std::unique_ptr<v1::Notices::Stub> notices;
    std::unique_ptr<v1::WorkOrderFigures::Stub> figures;
};

}  // namespace trunkline::workorder
