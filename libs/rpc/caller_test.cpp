// A caller crosses from one service to the next whole.
#include "rpc/caller.hpp"

#include <grpcpp/test/client_context_test_peer.h>
#include <grpcpp/test/server_context_test_spouse.h>

#include <catch2/catch.hpp>

namespace trunkline::rpc {
namespace {

Caller Across(const Caller& caller) {
    grpc::ClientContext sent;
    SetCaller(sent, caller);
    grpc::ServerContext received;
    grpc::testing::ServerContextTestSpouse spouse(&received);
    for (const auto& [key, value] : grpc::testing::ClientContextTestPeer(&sent).GetSendInitialMetadata()) {
        spouse.AddClientMetadata(key, value);
    }
    return CallerOf(received);
}

TEST_CASE("rpc: a user's ids and rights cross to the next service") {
    const Caller caller = Across({"user_1", "1001", "branch_3", {"acd.agents.read", "customer.numbers.clear"}});
    CHECK(caller.user_id == "user_1");
    CHECK(caller.agent_id == "1001");
    CHECK(caller.unit_id == "branch_3");
    CHECK(caller.May("customer.numbers.clear"));
    CHECK_FALSE(caller.May("customer.numbers"));
    CHECK(caller.Name() == "user_1");
}

TEST_CASE("rpc: a right that is held in some units crosses with its units") {
    Caller caller{"user_1", "", "", {}};
    AddRight(caller, "workorder.orders.read@east");
    AddRight(caller, "workorder.orders.read@west");
    AddRight(caller, "acd.agents.read");
    caller.user_name = "李娜";
    const Caller received = Across(caller);
    CHECK(received.user_name == "李娜");
    CHECK(received.May("workorder.orders.read"));
    CHECK(received.May("workorder.orders.read", "west"));
    CHECK_FALSE(received.May("workorder.orders.read", "north"));
    CHECK(received.May("acd.agents.read", "north"));
}

TEST_CASE("rpc: a call without a user is a service's and may do everything") {
    const Caller caller = Across({});
    CHECK_FALSE(caller.IsUser());
    CHECK(caller.May("anything"));
    CHECK(caller.Name() == "system");
}

TEST_CASE("rpc: a user without rights may do nothing") {
    CHECK_FALSE(Across({"user_1", "", "", {}}).May("acd.agents.read"));
}

}  // namespace
}  // namespace trunkline::rpc
