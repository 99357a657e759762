// Who may see what, asked over gRPC as the gateway asks: with a caller, his rights, and a real PostgreSQL behind.
#include <grpcpp/grpcpp.h>

#include "customer/adapters/grpc_memberships.hpp"
#include "customer/adapters/postgres_office.hpp"

namespace trunkline::customer {
namespace {

constexpr const char* kClear = "customer.numbers.clear";

rpc::Caller UserWith(std::set<std::string> rights) { return {"user_1", "1001", "centre", std::move(rights)}; }

struct Counter : Office {
    Counter() {
        grpc::ServerBuilder builder;
        builder.RegisterService(&api);
        builder.RegisterService(&cards);
        server = builder.BuildAndStart();
        customers_stub = v1::Customers::NewStub(server->InProcessChannel({}));
        cards_stub = v1::Memberships::NewStub(server->InProcessChannel({}));
    }
    ~Counter() { server->Shutdown(); }

    grpc::Status RevealAs(const rpc::Caller& caller, const Customer& customer, const std::string& reason,
                          v1::PhoneNumber* shown) {
        grpc::ClientContext context;
        rpc::SetCaller(context, caller);
        v1::RevealNumberRequest request;
        request.set_customer_id(customer.id.str());
        request.set_number_id(customer.numbers.at(0).number_id);
        request.set_reason(reason);
        return customers_stub->RevealNumber(&context, request, shown);
    }
    std::pair<grpc::Status, std::string> ExportAs(const rpc::Caller& caller, bool clear, const std::string& reason) {
        grpc::ClientContext context;
        rpc::SetCaller(context, caller);
        v1::ExportCustomersRequest request;
        request.set_clear_numbers(clear);
        request.set_reason(reason);
        const auto reader = customers_stub->ExportCustomers(&context, request);
        std::string csv;
        for (v1::ExportPart part; reader->Read(&part);) {
            csv += part.csv();
        }
        return {reader->Finish(), csv};
    }
    grpc::Status ReadCard(const std::string& number, const std::string& card, v1::ReadStatementResponse* answer) {
        grpc::ClientContext context;
        v1::ReadStatementRequest request;
        request.set_number(number);
        request.set_card_number(card);
        return cards_stub->ReadStatement(&context, request, answer);
    }
    int64_t Audited() { return Count("SELECT count(*) FROM audit"); }

    GrpcCustomers api{{customers, imports, erasures, history, *pool, tools}, [](std::string_view, bool, Duration) {}};
    GrpcMemberships cards{accounts, clock, [](std::string_view, bool, Duration) {}};
    std::unique_ptr<grpc::Server> server;
    std::unique_ptr<v1::Customers::Stub> customers_stub;
    std::unique_ptr<v1::Memberships::Stub> cards_stub;
};

TEST_CASE("rights: a number in clear needs the right and a reason, and who saw it is kept",
          "[customer][rights][database]") {
    Counter counter;
    const Customer zhang = counter.Make("张伟", {"13800138000"});
    v1::PhoneNumber shown;
    const int64_t before = counter.Audited();
    const auto refused = counter.RevealAs(UserWith({"customer.customers.read"}), zhang, "callback", &shown);
    CHECK(refused.error_code() == grpc::StatusCode::PERMISSION_DENIED);
    CHECK(shown.clear().empty());
    CHECK(counter.RevealAs(UserWith({kClear}), zhang, " ", &shown).error_code() == grpc::StatusCode::INVALID_ARGUMENT);
    CHECK(shown.clear().empty());
    CHECK(counter.Audited() == before);
    REQUIRE(counter.RevealAs(UserWith({kClear}), zhang, "callback", &shown).ok());
    CHECK(shown.clear() == "138 0013 8000");
    CHECK(counter.Audited() == before + 1);
    CHECK(counter.Count("SELECT count(*) FROM audit WHERE actor = 'user_1'") == 1);
}

TEST_CASE("rights: an export has masks, and clear numbers only by right and with a reason",
          "[customer][rights][database]") {
    Counter counter;
    counter.Make("张伟", {"13800138000"});
    const auto [masked, text] = counter.ExportAs(UserWith({"customer.customers.export"}), false, "");
    REQUIRE(masked.ok());
    CHECK(text.find("张伟") != std::string::npos);
    CHECK(text.find("138****8000") != std::string::npos);
    CHECK(text.find("0013") == std::string::npos);
    const int64_t before = counter.Audited();
    const auto [refused, nothing] = counter.ExportAs(UserWith({"customer.customers.export"}), true, "audit");
    CHECK(refused.error_code() == grpc::StatusCode::PERMISSION_DENIED);
    CHECK(nothing.empty());
    const auto [blank, still] = counter.ExportAs(UserWith({"customer.customers.export", kClear}), true, " \n");
    CHECK(blank.error_code() == grpc::StatusCode::INVALID_ARGUMENT);
    CHECK(still.empty());
    CHECK(counter.Audited() == before);
    const auto [clear, csv] = counter.ExportAs(UserWith({"customer.customers.export", kClear}), true, "audit");
    REQUIRE(clear.ok());
    CHECK(csv.find("138 0013 8000") != std::string::npos);
    CHECK(counter.Audited() == before + 1);
    CHECK(counter.Events().back() == "CustomersExported");
}

TEST_CASE("cards: a statement is read to the number of its owner, and to nobody else", "[customer][ledger][database]") {
    Counter counter;
    Account wanted;
    wanted.customer = counter.Make("张伟", {"13800138000"}).id;
    wanted.card_number = "88880001";
    const Account card = counter.accounts.Open("1001", counter.Request(), wanted).value();
    StatementLine texts;
    texts.reason = "ticket";
    REQUIRE(counter.accounts.Post("1001", counter.Request(), card.id, {PostingKind::kEarn, 100, {}}, texts).ok());
    counter.Make("王芳", {"13900139000"});
    v1::ReadStatementResponse answer;
    REQUIRE(counter.ReadCard("+86 138 0013 8000", "", &answer).ok());
    CHECK(answer.accounts() == 1);
    CHECK(answer.text().starts_with("尾号0001的卡，余额100积分。"));
    REQUIRE(counter.ReadCard("13800138000", "88880001", &answer).ok());
    CHECK(counter.ReadCard("13900139000", "88880001", &answer).error_code() == grpc::StatusCode::NOT_FOUND);
    CHECK(counter.ReadCard("13800138000", "88880009", &answer).error_code() == grpc::StatusCode::NOT_FOUND);
    CHECK(counter.ReadCard("anonymous", "88880001", &answer).error_code() == grpc::StatusCode::INVALID_ARGUMENT);
    CHECK(counter.ReadCard("", "88880001", &answer).error_code() == grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace trunkline::customer
