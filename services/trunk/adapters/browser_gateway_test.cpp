// A telephone in a browser on a whole gateway: real gRPC, real ICE and DTLS, a real SIP customer. The page is played by
// the browser's end that libs/media tests with.
#include "media/browser_peer_for_tests.hpp"
#include "trunk/adapters/gateway_fixture.hpp"
#include "trunk/adapters/grpc_browser_phones.hpp"

using namespace trunkline;
using namespace trunkline::trunk;
using namespace trunkline::trunk::fixture;

namespace {

constexpr int kCustomerTone = 500;
constexpr int kAgentTone = 900;

// What the answer says in a=name:value.
std::string AttributeOf(const std::string& sdp, const std::string& name) {
    const size_t at = sdp.find("a=" + name + ":");
    REQUIRE(at != std::string::npos);
    const size_t from = at + name.size() + 3;
    return sdp.substr(from, sdp.find('\r', from) - from);
}

// A page: one Watch, and the browser's end of the media.
class TestPage {
 public:
    TestPage(int port, std::string phone)
        : phone_(std::move(phone)),
          stub_(v1::BrowserPhones::NewStub(
              grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials()))) {
        v1::WatchRequest request;
        request.set_phone(phone_);
        stream_ = stub_->Watch(&context_, request);
        thread_ = std::thread([this] {
            v1::WatchResponse response;
            while (stream_->Read(&response)) {
                events_.Change([&](auto& events) { events.push_back(response); });
            }
            const grpc::Status status = stream_->Finish();
            ended_.Change([&](auto& ended) { ended = status; });
        });
    }
    ~TestPage() { Close(); }

    void Close() {
        if (thread_.joinable()) {
            context_.TryCancel();
            thread_.join();
        }
    }

    v1::WatchResponse Await(const std::function<bool(const v1::WatchResponse&)>& fits) {
        const auto found = [&](const std::vector<v1::WatchResponse>& events) {
            return std::find_if(events.begin(), events.end(), fits);
        };
        const auto events = events_.Await([&](const auto& all) { return found(all) != all.end(); });
        return *found(events);
    }
    v1::PhoneLeg AwaitLeg(v1::PhoneLeg::State state) {
        return Await([&](const auto& event) { return event.leg_changed().state() == state; }).leg_changed();
    }
    grpc::Status AwaitEnd() {
        return *ended_.Await([](const auto& ended) { return ended.has_value(); });
    }

    grpc::Status Offer(const std::string& offer, std::string* answer) {
        const auto snapshot = Await([](const auto& event) { return event.has_snapshot(); }).snapshot();
        v1::ConnectRequest request;
        request.set_phone(phone_);
        request.set_session_id(snapshot.session_id());
        request.set_sdp_offer(offer);
        v1::ConnectResponse response;
        grpc::ClientContext context;
        const grpc::Status status = stub_->Connect(&context, request, &response);
        *answer = response.sdp_answer();
        return status;
    }
    // Offer, answer, ICE, DTLS.
    void Connect() {
        const std::string offer = "v=0\r\no=- " + std::to_string(reinterpret_cast<uintptr_t>(this)) +
                                  " 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
                                  "m=audio 9 UDP/TLS/RTP/SAVPF 8 126\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=ice-ufrag:" +
                                  peer.browser.ufrag +
                                  "\r\na=ice-pwd:passwordOf22Letters22x\r\na=fingerprint:sha-256 " +
                                  peer.browser.fingerprint() +
                                  "\r\na=setup:actpass\r\na=rtcp-mux\r\na=sendrecv\r\na=rtpmap:8 PCMA/8000\r\n"
                                  "a=rtpmap:126 telephone-event/8000\r\n";
        std::string answer;
        const grpc::Status status = Offer(offer, &answer);
        INFO(status.error_message());
        REQUIRE(status.ok());
        const std::string candidate = AttributeOf(answer, "candidate");
        const size_t port_at = candidate.find("127.0.0.1 ") + 10;
        peer.engine = *rtp::MakeAddress("127.0.0.1", static_cast<uint16_t>(std::stoi(candidate.substr(port_at))));
        peer.browser.TakeAnswer(AttributeOf(answer, "ice-ufrag"), AttributeOf(answer, "ice-pwd"),
                                AttributeOf(answer, "fingerprint").substr(8));
        REQUIRE(peer.Shake());
        Await([](const auto& event) { return event.media_changed().state() == v1::BrowserMedia::CONNECTED; });
    }
    // Speaks and listens until the tone is heard; false after 5 s.
    bool Hears(double hertz) {
        for (int i = 0; i < 250; ++i) {
            peer.Say();
            if (i % 50 == 0) {
                peer.browser.Check();
            }
            poll(nullptr, 0, media::kFrameMillis);
            peer.Listen();
            if (peer.heard.size() >= 4000) {
                const auto tail = std::span(peer.heard).last(2000);
                if (media::ToneLevel(tail, hertz) > 2000) {
                    return true;
                }
            }
        }
        return false;
    }
    template <class Request>
    grpc::Status Ask(grpc::Status (v1::BrowserPhones::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                     google::protobuf::Empty*),
                     const std::string& leg) {
        Request request;
        request.set_phone(phone_);
        request.set_leg_id(leg);
        google::protobuf::Empty nothing;
        grpc::ClientContext context;
        return (stub_.get()->*method)(&context, request, &nothing);
    }

    media::testing::BrowserPeer peer{kAgentTone};

 private:
    std::string phone_;
    std::unique_ptr<v1::BrowserPhones::Stub> stub_;
    grpc::ClientContext context_;
    std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> stream_;
    Watched<std::vector<v1::WatchResponse>> events_;
    Watched<std::optional<grpc::Status>> ended_;
    std::thread thread_;
};

struct Scene {
    TestGateway gateway;
    TestPhone customer{gateway.phones(), gateway.phone_media(), "customer", kCustomerTone};
    TestApplication acd{gateway.grpc_port(), "acd"};

    Scene() {
        gateway.Attach(customer);
        Directory directory;
        CarrierTrunk trunk;
        trunk.name = "carrier";
        trunk.host = "127.0.0.1";
        trunk.symmetric_media = true;
        directory.Put(trunk);
        directory.Put(Number{"96166", "acd", {}});
        directory.Put(Phone{"1001", "", ""});
        gateway.gateway().Open(std::move(directory));
    }
    ~Scene() { gateway.Detach(customer); }

    // The customer is answered and the phone 1001 rings.
    v1::Call Ring() {
        customer.Call(gateway.sip_port(), "96166", "13800138000");
        const v1::Call call = acd.AwaitCall();
        acd.Send(call.call_id(), call.epoch(), [](v1::Command& command) { command.mutable_answer(); });
        customer.state().Await([](const PhoneState& state) { return state.is_up; });
        acd.Send(call.call_id(), call.epoch(), [&](v1::Command& command) {
            auto& dial = *command.mutable_dial();
            dial.set_leg_id("agent");
            dial.set_role(v1::Leg::AGENT);
            dial.set_phone("1001");
            dial.set_caller_number("13800138000");
            (*dial.mutable_headers())["X-Trunkline-Queue"] = "complaints";
        });
        acd.Await([](const auto& event) { return event.leg_ringing().leg_id() == "agent"; });
        return call;
    }
    void Bridge(const v1::Call& call) {
        acd.Await([](const auto& event) { return event.leg_answered().leg_id() == "agent"; });
        acd.Send(call.call_id(), call.epoch(), [&](v1::Command& command) {
            command.mutable_bridge()->add_leg_ids(call.legs(0).leg_id());
            command.mutable_bridge()->add_leg_ids("agent");
        });
    }
};

}  // namespace

TEST_CASE("browser: a page makes the phone reachable, a call rings on it, both hear each other", "[trunk][browser]") {
    Scene scene;
    TestPage page(scene.gateway.grpc_port(), "1001");
    page.Connect();
    const auto registered = scene.acd.Await([](const auto& event) { return event.has_phone_registration_changed(); });
    CHECK(registered.phone_registration_changed().phone() == "1001");
    const v1::Call call = scene.Ring();
    const v1::PhoneLeg leg = page.AwaitLeg(v1::PhoneLeg::RINGING);
    CHECK(leg.leg_id() == "agent");
    CHECK(leg.call_id() == call.call_id());
    CHECK(leg.contact_id() == call.contact_id());
    CHECK(leg.caller_number() == "13800138000");
    CHECK(leg.data().at("X-Trunkline-Queue") == "complaints");
    CHECK(page.Ask(&v1::BrowserPhones::Stub::AnswerLeg, "another").error_details() == "UNKNOWN_LEG");
    REQUIRE(page.Ask(&v1::BrowserPhones::Stub::AnswerLeg, "agent").ok());
    scene.customer.StartListening(scene.gateway.folder());
    scene.Bridge(call);
    CHECK(page.Hears(kCustomerTone));
    CHECK(media::HasTone(scene.customer.StopListening(), kAgentTone));

    REQUIRE(page.Ask(&v1::BrowserPhones::Stub::HoldLeg, "agent").ok());
    scene.acd.Await([](const auto& event) { return event.leg_held().leg_id() == "agent"; });
    REQUIRE(page.Ask(&v1::BrowserPhones::Stub::ResumeLeg, "agent").ok());
    scene.acd.Await([](const auto& event) { return event.leg_resumed().leg_id() == "agent"; });

    REQUIRE(page.Ask(&v1::BrowserPhones::Stub::HangUpLeg, "agent").ok());
    CHECK(page.AwaitLeg(v1::PhoneLeg::ENDED).end_cause().reason() == "REMOTE_HANG_UP");
    scene.acd.Await([](const auto& event) { return event.leg_ended().cause().reason() == "REMOTE_HANG_UP"; });
}

TEST_CASE("browser: a second page takes the call over", "[trunk][browser]") {
    Scene scene;
    TestPage first(scene.gateway.grpc_port(), "1001");
    first.Connect();
    const v1::Call call = scene.Ring();
    REQUIRE(first.Ask(&v1::BrowserPhones::Stub::AnswerLeg, "agent").ok());
    scene.Bridge(call);
    CHECK(first.Hears(kCustomerTone));
    TestPage second(scene.gateway.grpc_port(), "1001");
    second.Connect();
    first.Await([](const auto& event) { return event.has_superseded(); });
    CHECK(first.AwaitEnd().error_details() == "SUPERSEDED");
    const auto snapshot = second.Await([](const auto& event) { return event.has_snapshot(); }).snapshot();
    REQUIRE(snapshot.legs_size() == 1);
    CHECK(snapshot.legs(0).state() == v1::PhoneLeg::UP);
    CHECK(second.Hears(kCustomerTone));
    std::string ignored;
    CHECK(first.Offer("v=0", &ignored).error_details() == "SUPERSEDED");
}

TEST_CASE("browser: without a page for the grace the leg ends and the phone is gone", "[trunk][browser]") {
    Scene scene;
    TestPage page(scene.gateway.grpc_port(), "1001");
    page.Connect();
    const v1::Call call = scene.Ring();
    REQUIRE(page.Ask(&v1::BrowserPhones::Stub::AnswerLeg, "agent").ok());
    scene.Bridge(call);
    page.Close();
    const auto ended = scene.acd.Await([](const auto& event) { return event.leg_ended().leg_id() == "agent"; });
    CHECK(ended.leg_ended().cause().reason() == "MEDIA_TIMEOUT");
    scene.acd.Await([](const auto& event) {
        return event.has_phone_registration_changed() && !event.phone_registration_changed().registered();
    });
    // The customer stays.
    CHECK_FALSE(scene.customer.state().Await([](const PhoneState&) { return true; }).has_ended);
}

TEST_CASE("browser: an unknown phone, a bad offer, an unknown leg are refused by name", "[trunk][browser]") {
    Scene scene;
    TestPage stranger(scene.gateway.grpc_port(), "1009");
    CHECK(stranger.AwaitEnd().error_details() == "UNKNOWN_PHONE");
    TestPage page(scene.gateway.grpc_port(), "1001");
    std::string answer;
    CHECK(page.Offer("v=0\r\n", &answer).error_details() == "INVALID");
    scene.Ring();
    CHECK(page.Ask(&v1::BrowserPhones::Stub::AnswerLeg, "agent").error_details() == "NO_MEDIA");
    CHECK(page.Ask(&v1::BrowserPhones::Stub::RejectLeg, "agent").ok());
    scene.acd.Await([](const auto& event) { return event.leg_ended().cause().reason() == "REJECTED"; });
}
