// Calls to numbers over real SIP: the next trunk when one fails, the carrier's view of numbers, the rules of the group.
#include "trunk/adapters/gateway_fixture.hpp"

using namespace trunkline;
using namespace trunkline::trunk;
using namespace trunkline::trunk::fixture;

namespace {

constexpr int kBranchTone = 900;

// A caller who is being served by "acd", and two carriers for calls to numbers.
struct OutboundScene {
    TestGateway gateway;
    TestPhone customer{gateway.phones(), gateway.phone_media(), "customer", 500};
    TestPhone first{gateway.phones(), gateway.phone_media(), "first", kBranchTone};
    TestPhone second{gateway.phones(), gateway.phone_media(), "second", kBranchTone};
    std::unique_ptr<TestApplication> application;
    v1::Call call;

    explicit OutboundScene(std::vector<DialRule> rules = {{"", true}}) {
        for (TestPhone* phone : {&customer, &first, &second}) {
            gateway.Attach(*phone);
        }
        Directory directory;
        directory.Put(Carrier("first", first.port()));
        directory.Put(Carrier("second", second.port()));
        directory.Put(TrunkGroup{"out", {{"first", 1, 1}, {"second", 2, 1}}, std::move(rules)});
        directory.Put(Number{"96166", "acd", {}});
        gateway.gateway().Open(std::move(directory));
        application = std::make_unique<TestApplication>(gateway.grpc_port(), "acd");
        customer.Call(gateway.sip_port(), "96166", "13800138000");
        call = application->AwaitCall();
    }
    ~OutboundScene() {
        for (TestPhone* phone : {&customer, &first, &second}) {
            gateway.Detach(*phone);
        }
    }

    static CarrierTrunk Carrier(const std::string& name, uint16_t port) {
        CarrierTrunk trunk;
        trunk.name = name;
        trunk.host = "127.0.0.1";
        trunk.port = port;
        trunk.symmetric_media = true;
        trunk.line.called_rewrites = {{"0", name == "first" ? "10" : "20"}};
        trunk.line.caller_numbers = {"075596166"};
        return trunk;
    }

    void Dial(const std::string& leg, const std::string& number) {
        application->Send(call.call_id(), call.epoch(), [&](v1::Command& command) {
            auto& dial = *command.mutable_dial();
            dial.set_leg_id(leg);
            dial.set_role(v1::Leg::OUTSIDE);
            dial.mutable_outside()->set_number(number);
            dial.mutable_outside()->set_group("out");
            dial.set_caller_number("13800138000");
        });
    }
    std::string FailureReason() {
        return application->Await([](const auto& event) { return event.has_command_failed(); })
            .command_failed()
            .reason();
    }
    void Rings(TestPhone& phone) {
        phone.state().Await([](const PhoneState& state) { return state.is_ringing; });
    }
};

}  // namespace

TEST_CASE("gateway: a call that the first trunk cannot carry goes out by the second, unnoticed", "[trunk][gateway]") {
    OutboundScene scene;
    scene.first.RefuseCalls(503);
    scene.Dial("leg-branch", "075512345");
    scene.Rings(scene.second);
    const std::string invite =
        scene.second.state().Await([](const auto& state) { return state.is_ringing; }).invite_headers;
    CHECK(invite.find("sip:2075512345@") != std::string::npos);
    CHECK(invite.find("075596166") != std::string::npos);
    CHECK(invite.find("13800138000") == std::string::npos);
    scene.second.Answer();
    scene.application->Await([](const auto& event) { return event.leg_answered().leg_id() == "leg-branch"; });

    // The first one rests now.
    scene.Dial("leg-next", "075512345");
    scene.application->Await([](const auto& event) {
        return event.leg_ringing().leg_id() == "leg-next" || event.leg_ended().leg_id() == "leg-next";
    });
    CHECK(scene.first.state().Await([](const auto&) { return true; }).refused == 1);
}

TEST_CASE("gateway: a busy number is not dialled again over another trunk", "[trunk][gateway]") {
    OutboundScene scene;
    scene.first.RefuseCalls(486);
    scene.Dial("leg-branch", "075512345");
    const auto ended = scene.application->Await([](const auto& event) { return event.has_leg_ended(); });
    CHECK(ended.leg_ended().cause().reason() == "BUSY");
    CHECK_FALSE(scene.second.state().Await([](const auto&) { return true; }).is_ringing);
}

TEST_CASE("gateway: when every trunk fails the application hears of the last failure", "[trunk][gateway]") {
    OutboundScene scene;
    scene.first.RefuseCalls(503);
    scene.second.RefuseCalls(500);
    scene.Dial("leg-branch", "075512345");
    const auto ended = scene.application->Await([](const auto& event) { return event.has_leg_ended(); });
    CHECK(ended.leg_ended().cause().sip_status() == 500);
}

TEST_CASE("gateway: a forbidden number and one call too many are refused by name", "[trunk][gateway]") {
    OutboundScene scene({{"0", true, 0, 0, 1}, {"00", false}});
    scene.Dial("leg-abroad", "0044207");
    CHECK(scene.FailureReason() == "NUMBER_NOT_ALLOWED");
    scene.Dial("leg-one", "075512345");
    scene.Rings(scene.first);
    scene.Dial("leg-two", "075512345");
    scene.application->Await([](const auto& event) { return event.command_failed().reason() == "DIAL_LIMIT"; });
}

TEST_CASE("gateway: a call as long as its rule allows is ended", "[trunk][gateway]") {
    OutboundScene scene({{"", true, 0, 0, 0, std::chrono::milliseconds(200)}});
    scene.Dial("leg-branch", "075512345");
    scene.Rings(scene.first);
    scene.first.Answer();
    const auto ended = scene.application->Await([](const auto& event) { return event.has_leg_ended(); });
    CHECK(ended.leg_ended().cause().reason() == "DIAL_LIMIT");
    scene.first.state().Await([](const PhoneState& state) { return state.has_ended; });
}

TEST_CASE("gateway: a carrier that fills its trunk is refused with 503", "[trunk][gateway]") {
    OutboundScene scene;
    (void)scene.gateway.gateway().sip().Ask([&] {
        CarrierTrunk trunk = OutboundScene::Carrier("first", scene.first.port());
        trunk.line.capacity = 1;
        scene.gateway.gateway().directory().Put(trunk);
    });
    // The customer's call came by the first trunk and fills it.
    scene.first.Call(scene.gateway.sip_port(), "96166", "13600136000");
    CHECK(scene.first.state().Await([](const PhoneState& state) { return state.has_ended; }).end.status == 503);
    scene.second.Call(scene.gateway.sip_port(), "96166", "13600136001");
    scene.application->Await(
        [&](const auto& event) { return event.call_offered().call().from_number() == "13600136001"; });
}
