// A whole gateway on loopback: real SIP, real RTP, a real gRPC stream, and an application that the test plays.
#include <future>

#include "media/journal.hpp"
#include "media/tone.hpp"
#include "media/wav.hpp"
#include "trunk/adapters/gateway_fixture.hpp"

using namespace trunkline;
using namespace trunkline::trunk;
using namespace trunkline::trunk::fixture;

namespace {

constexpr int kCustomerTone = 500;
constexpr int kAgentTone = 900;
constexpr int kPromptTone = 1300;
constexpr size_t kSecond = 8000;

// A gateway with one trunk (this host), the number 96166 for "ivr" and phones 1001 and 1002.
struct Scene {
    TestGateway gateway;
    TestPhone customer{gateway.phones(), gateway.phone_media(), "customer", kCustomerTone};
    TestPhone agent{gateway.phones(), gateway.phone_media(), "1001", kAgentTone};
    TestPhone colleague{gateway.phones(), gateway.phone_media(), "1002", kAgentTone};

    Scene() {
        for (TestPhone* phone : {&customer, &agent, &colleague}) {
            gateway.Attach(*phone);
        }
        Directory directory;
        CarrierTrunk trunk;
        trunk.name = "carrier";
        trunk.host = "127.0.0.1";
        trunk.symmetric_media = true;
        directory.Put(trunk);
        directory.Put(Number{"96166", "ivr", {{"flow", "hotline"}}});
        directory.Put(Phone{"1001", "", agent.Uri()});
        directory.Put(Phone{"1002", "", colleague.Uri()});
        gateway.gateway().Open(std::move(directory));
    }
    ~Scene() {
        for (TestPhone* phone : {&customer, &agent, &colleague}) {
            gateway.Detach(*phone);
        }
    }
};

// Is the tone there in some second of what was heard?
bool Heard(const std::vector<int16_t>& samples, double hertz) {
    for (size_t at = 0; at + kSecond / 2 <= samples.size(); at += kSecond / 10) {
        if (media::HasTone(std::span(samples).subspan(at, kSecond / 2), hertz)) {
            return true;
        }
    }
    return false;
}

v1::Call Answered(Scene& scene, TestApplication& application) {
    scene.customer.Call(scene.gateway.sip_port(), "96166", "13800138000");
    const v1::Call call = application.AwaitCall();
    application.Send(call.call_id(), call.epoch(), [](v1::Command& command) { command.mutable_answer(); });
    scene.customer.state().Await([](const PhoneState& state) { return state.is_up; });
    return call;
}

void DialAgent(Scene& scene, TestApplication& application, const v1::Call& call, TestPhone& phone,
               const std::string& name) {
    application.Send(call.call_id(), call.epoch(), [&](v1::Command& command) {
        auto& dial = *command.mutable_dial();
        dial.set_leg_id("leg-" + name);
        dial.set_role(v1::Leg::AGENT);
        dial.set_phone(name);
        dial.set_caller_number(call.from_number());
        (*dial.mutable_headers())["X-Trunkline-Queue"] = "complaints";
    });
    phone.state().Await([](const PhoneState& state) { return state.is_ringing; });
    application.Await([&](const auto& event) { return event.leg_ringing().leg_id() == "leg-" + name; });
    phone.Answer();
    application.Await([&](const auto& event) { return event.leg_answered().leg_id() == "leg-" + name; });
    (void)scene;
}

void BridgeWith(TestApplication& application, const v1::Call& call, const std::string& leg) {
    application.Send(call.call_id(), call.epoch(), [&](v1::Command& command) {
        command.mutable_bridge()->add_leg_ids(call.legs(0).leg_id());
        command.mutable_bridge()->add_leg_ids(leg);
    });
    application.Await(
        [&](const auto& event) { return event.has_legs_bridged() && event.legs_bridged().leg_ids(1) == leg; });
}

// Sound takes real time: lets some of it pass.
void Listen(std::chrono::milliseconds length) { std::promise<void>().get_future().wait_for(length); }

}  // namespace

TEST_CASE("gateway: a caller hears the prompt and his keys are collected", "[trunk][gateway]") {
    Scene scene;
    TestApplication ivr(scene.gateway.grpc_port(), "ivr");
    const v1::Call call = Answered(scene, ivr);
    CHECK(call.from_number() == "13800138000");
    CHECK(call.to_number() == "96166");
    CHECK(call.data().at("flow") == "hotline");

    scene.customer.StartListening(scene.gateway.folder());
    ivr.Send(call.call_id(), call.epoch(), [](v1::Command& command) {
        auto& play = *command.mutable_play();
        play.add_items()->mutable_tone()->set_hertz(kPromptTone);
        play.mutable_items(0)->mutable_tone()->mutable_duration()->set_seconds(30);
        play.set_barge_in(true);
        play.mutable_collect()->set_max_digits(2);
    });
    Listen(1500ms);
    scene.customer.SendDigits("7");
    Listen(300ms);
    scene.customer.SendDigits("#");
    const auto collected = ivr.Await([](const auto& event) { return event.has_digits_collected(); });
    CHECK(collected.digits_collected().digits() == "7#");
    CHECK(collected.digits_collected().reason() == v1::AttachResponse::DigitsCollected::COMPLETE);
    CHECK(Heard(scene.customer.StopListening(), kPromptTone));

    ivr.Send(call.call_id(), call.epoch(), [](v1::Command& command) { command.mutable_hang_up(); });
    scene.customer.state().Await([](const PhoneState& state) { return state.has_ended; });
    const auto ended = ivr.Await([](const auto& event) { return event.has_call_ended(); });
    CHECK(ended.call_ended().call().end_cause().reason() == "APPLICATION_HANG_UP");
}

TEST_CASE("gateway: customer and agent hear each other and the recording has both sides", "[trunk][gateway]") {
    Scene scene;
    TestApplication ivr(scene.gateway.grpc_port(), "ivr");
    TestApplication acd(scene.gateway.grpc_port(), "acd");
    const v1::Call offered = Answered(scene, ivr);
    ivr.Send(offered.call_id(), offered.epoch(), [](v1::Command& command) {
        command.mutable_hand_over()->set_application("acd");
        (*command.mutable_hand_over()->mutable_data())["queue"] = "complaints";
    });
    const v1::Call call = acd.AwaitCall();
    CHECK(call.epoch() == offered.epoch() + 1);
    CHECK(call.data().at("queue") == "complaints");

    DialAgent(scene, acd, call, scene.agent, "1001");
    const auto agent = scene.agent.state().Await([](const PhoneState&) { return true; });
    CHECK(agent.invite_headers.find("X-Trunkline-Queue: complaints") != std::string::npos);
    CHECK(agent.invite_headers.find("13800138000") != std::string::npos);
    acd.Send(call.call_id(), call.epoch(), [](v1::Command& command) {
        command.mutable_start_recording()->set_recording_id("recording-1");
        command.mutable_start_recording()->set_required(true);
    });
    BridgeWith(acd, call, "leg-1001");
    scene.customer.StartListening(scene.gateway.folder());
    scene.agent.StartListening(scene.gateway.folder());
    Listen(2s);
    CHECK(Heard(scene.customer.StopListening(), kAgentTone));
    CHECK(Heard(scene.agent.StopListening(), kCustomerTone));

    scene.customer.HangUp();
    scene.agent.state().Await([](const PhoneState& state) { return state.has_ended; });
    acd.Await([](const auto& event) { return event.has_call_ended(); });
    const auto journals = scene.gateway.journals().Await([](const auto& all) { return !all.empty(); });
    const v1::Journal& journal = journals[0];
    CHECK(journal.contact_id() == call.contact_id());
    CHECK(journal.size_bytes() > 10'000);
    const auto wav = scene.gateway.folder() / "call.wav";
    REQUIRE(media::RenderWav(scene.gateway.spool().PathOf(RecordingId("recording-1")), wav).ok());
    const auto stereo = media::ReadWav(wav);
    std::vector<int16_t> left;
    std::vector<int16_t> right;
    for (size_t i = 0; i + 1 < stereo->samples.size(); i += 2) {
        left.push_back(stereo->samples[i]);
        right.push_back(stereo->samples[i + 1]);
    }
    CHECK(Heard(left, kCustomerTone));
    CHECK(Heard(right, kAgentTone));
    CHECK_FALSE(Heard(left, kAgentTone));
}

TEST_CASE("gateway: a phone holds, resumes and asks for a transfer", "[trunk][gateway]") {
    Scene scene;
    TestApplication ivr(scene.gateway.grpc_port(), "ivr");
    const v1::Call call = Answered(scene, ivr);
    DialAgent(scene, ivr, call, scene.agent, "1001");
    BridgeWith(ivr, call, "leg-1001");

    scene.agent.Hold(true);
    ivr.Await([](const auto& event) { return event.leg_held().leg_id() == "leg-1001"; });
    scene.agent.Hold(false);
    ivr.Await([](const auto& event) { return event.leg_resumed().leg_id() == "leg-1001"; });

    scene.agent.Refer("1002");
    const auto asked = ivr.Await([](const auto& event) { return event.has_transfer_requested(); });
    CHECK(asked.transfer_requested().target() == "1002");
    ivr.Send(call.call_id(), call.epoch(), [](v1::Command& command) {
        command.mutable_answer_transfer()->set_leg_id("leg-1001");
        command.mutable_answer_transfer()->set_accept(true);
    });
    DialAgent(scene, ivr, call, scene.colleague, "1002");
    BridgeWith(ivr, call, "leg-1002");
    ivr.Send(call.call_id(), call.epoch(), [](v1::Command& command) {
        command.mutable_report_transfer()->set_leg_id("leg-1001");
        command.mutable_report_transfer()->set_sip_status(200);
    });
    scene.agent.state().Await([](const PhoneState& state) { return state.refer_status == 200; });
    ivr.Send(call.call_id(), call.epoch(),
             [](v1::Command& command) { command.mutable_hang_up_leg()->set_leg_id("leg-1001"); });
    scene.agent.state().Await([](const PhoneState& state) { return state.has_ended; });
    scene.customer.StartListening(scene.gateway.folder());
    Listen(1s);
    CHECK(Heard(scene.customer.StopListening(), kAgentTone));
}

TEST_CASE("gateway: an application that comes back finds its call in the snapshot", "[trunk][gateway]") {
    Scene scene;
    auto ivr = std::make_unique<TestApplication>(scene.gateway.grpc_port(), "ivr");
    const v1::Call call = Answered(scene, *ivr);
    ivr->Send(call.call_id(), call.epoch(),
              [](v1::Command& command) { (*command.mutable_set_data()->mutable_data())["ivr.node"] = "menu"; });
    // Commands are carried out in order: the refusal of the second says that the first is done.
    ivr->Send(call.call_id(), call.epoch(),
              [](v1::Command& command) { command.mutable_hang_up_leg()->set_leg_id("nobody"); });
    ivr->Await([](const auto& event) { return event.has_command_failed(); });
    ivr.reset();
    TestApplication again(scene.gateway.grpc_port(), "ivr");
    const auto first = again.Await([](const auto& event) { return event.has_snapshot(); });
    REQUIRE(first.snapshot().calls_size() == 1);
    CHECK(first.snapshot().calls(0).call_id() == call.call_id());
    CHECK(first.snapshot().calls(0).data().at("ivr.node") == "menu");
    CHECK(first.snapshot().calls(0).legs(0).state() == v1::Leg::UP);
    CHECK(first.sequence() == 1);

    TestApplication newest(scene.gateway.grpc_port(), "ivr");
    const auto status = again.Finish();
    CHECK(status.error_code() == grpc::StatusCode::ABORTED);
    CHECK(status.error_details() == "SUPERSEDED");
}

TEST_CASE("gateway: a caller who gives up while an agent's phone rings stops the ringing", "[trunk][gateway]") {
    Scene scene;
    TestApplication ivr(scene.gateway.grpc_port(), "ivr");
    const v1::Call call = Answered(scene, ivr);
    ivr.Send(call.call_id(), call.epoch(), [&](v1::Command& command) {
        command.mutable_dial()->set_leg_id("leg-1");
        command.mutable_dial()->set_role(v1::Leg::AGENT);
        command.mutable_dial()->set_phone("1001");
    });
    scene.agent.state().Await([](const PhoneState& state) { return state.is_ringing; });
    scene.customer.HangUp();
    const auto agent = scene.agent.state().Await([](const PhoneState& state) { return state.has_ended; });
    CHECK(agent.end.kind == sip::EndCause::Kind::kRemoteCancel);
    const auto leg = ivr.Await([](const auto& event) { return event.has_leg_ended(); });
    CHECK(leg.leg_ended().cause().reason() == "CANCELLED");
    const auto ended = ivr.Await([](const auto& event) { return event.has_call_ended(); });
    CHECK(ended.call_ended().call().end_cause().reason() == "REMOTE_HANG_UP");
}

TEST_CASE("gateway: an unknown number is answered with 404", "[trunk][gateway]") {
    Scene scene;
    scene.customer.Call(scene.gateway.sip_port(), "12345", "13800138000");
    const auto state = scene.customer.state().Await([](const PhoneState& each) { return each.has_ended; });
    CHECK(state.end.status == 404);
}

TEST_CASE("gateway: a phone registers with its password, and applications hear of it", "[trunk][gateway]") {
    Scene scene;
    TestApplication acd(scene.gateway.grpc_port(), "acd");
    const auto snapshot = acd.Await([](const auto& event) { return event.has_snapshot(); });
    CHECK(snapshot.snapshot().registered_phones_size() == 2);
    const std::string secret = sip::DigestSecret(sip::DigestAlgorithm::kMd5, "customer", "trunkline", "right");
    REQUIRE(scene.gateway.gateway()
                .sip()
                .Ask([&] {
                    scene.gateway.gateway().PutPhone({"customer", secret, ""});
                })
                .ok());

    scene.customer.Register(scene.gateway.sip_port(), "wrong");
    scene.customer.state().Await([](const PhoneState& state) { return state.response_status == 401; });
    scene.customer.Register(scene.gateway.sip_port(), "right");
    scene.customer.state().Await([](const PhoneState& state) { return state.response_status == 200; });
    const auto changed = acd.Await([](const auto& event) { return event.has_phone_registration_changed(); });
    CHECK(changed.phone_registration_changed().phone() == "customer");
    CHECK(changed.phone_registration_changed().registered());
}

TEST_CASE("gateway: a stranger's INVITE is challenged and goes nowhere", "[trunk][gateway]") {
    Scene scene;
    REQUIRE(scene.gateway.gateway()
                .sip()
                .Ask([&] { (void)scene.gateway.gateway().directory().DeleteTrunk("carrier"); })
                .ok());
    scene.customer.Call(scene.gateway.sip_port(), "96166", "13800138000");
    const auto state = scene.customer.state().Await([](const PhoneState& each) { return each.has_ended; });
    CHECK(state.end.status == 401);
}

TEST_CASE("gateway: a call that nobody serves is drained by ending it", "[trunk][gateway]") {
    Scene scene;
    TestApplication ivr(scene.gateway.grpc_port(), "ivr");
    Answered(scene, ivr);
    scene.gateway.gateway().Drain(std::chrono::steady_clock::now() + 300ms);
    scene.customer.state().Await([](const PhoneState& state) { return state.has_ended; });
    scene.colleague.Call(scene.gateway.sip_port(), "96166", "13800138001");
    const auto state = scene.colleague.state().Await([](const PhoneState& each) { return each.has_ended; });
    CHECK(state.end.status == 503);
}
