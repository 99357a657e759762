// The parts of gateway_fixture.hpp. They live in a test file so that no product code carries them.
#include "trunk/adapters/gateway_fixture.hpp"

#include "media/journal.hpp"
#include "media/wav.hpp"

namespace trunkline::trunk::fixture {
namespace {

sip::Uri UriAt(const std::string& user, uint16_t port) {
    sip::Uri uri;
    uri.user = user;
    uri.host = "127.0.0.1";
    uri.port = port;
    return uri;
}

}  // namespace

TestPhone::TestPhone(media::Engine& engine, const MediaAddress& address, std::string name, int tone)
    : engine_(engine), address_(address), name_(std::move(name)), tone_(tone), leg_("phone-" + name_) {
    port_ = transport_.Listen(sip::Protocol::kUdp, "127.0.0.1", 0)->port();
    sip::UserAgentSettings settings;
    settings.contact_user = name_;
    user_agent_ = std::make_unique<sip::UserAgent>(sip::UserAgentPorts{reactor_.timers(), transport_, resolver_, ids_},
                                                   settings, *this, *this);
    thread_ = std::thread([this] { reactor_.Run(); });
}

TestPhone::~TestPhone() {
    reactor_.Stop();
    thread_.join();
}

std::string TestPhone::Uri() const { return UriAt(name_, port_).ToString(); }

void TestPhone::Run(const std::function<void()>& task) {
    (void)SipThread(reactor_).Ask([task] {
        task();
        return 0;
    });
}

void TestPhone::Call(uint16_t trunk_port, const std::string& number, const std::string& caller) {
    Run([=, this] {
        media_ = std::move(*LegMedia::Open(engine_, address_, leg_, true));
        sip::InviteRequest invite;
        invite.to = UriAt(number, trunk_port);
        invite.from.uri = UriAt(caller, port_);
        invite.sdp = media_->Offer(false);
        session_ = *user_agent_->Invite(std::move(invite));
    });
}

void TestPhone::Answer() {
    Run([this] {
        media_ = std::move(*LegMedia::Open(engine_, address_, leg_, true));
        (void)user_agent_->Answer(session_, *media_->AnswerTo(offer_));
        Speak();
    });
    state_.Change([](PhoneState& state) { state.is_up = true; });
}

void TestPhone::HangUp() {
    Run([this] { (void)user_agent_->End(session_); });
}

void TestPhone::Hold(bool hold) {
    Run([=, this] { (void)user_agent_->Reoffer(session_, media_->Offer(hold)); });
}

void TestPhone::Refer(const std::string& target) {
    Run([=, this] {
        sip::NameAddr refer_to;
        refer_to.uri = UriAt(target, 5060);
        (void)user_agent_->Refer(session_, refer_to);
    });
}

void TestPhone::SendDigits(const std::string& digits) { REQUIRE(engine_.SendDigits(leg_, digits).ok()); }

void TestPhone::Register(uint16_t trunk_port, const std::string& password) {
    Run([=, this] {
        auto request = sip::Message::Request("REGISTER", UriAt("", trunk_port));
        request.Add("From", "<" + UriAt(name_, trunk_port).ToString() + ">");
        request.Add("To", "<" + UriAt(name_, trunk_port).ToString() + ">");
        request.Add("Expires", "3600");
        sip::UserAgent::OutOfDialog registration;
        registration.request = std::move(request);
        registration.account = sip::Account{"trunkline", name_, password};
        user_agent_->Request(std::move(registration), [this](const sip::Message& response, const sip::Peer&) {
            state_.Change([&](PhoneState& state) { state.response_status = response.status(); });
        });
    });
}

void TestPhone::Speak() {
    if (tone_ > 0) {
        media::Tone tone;
        tone.first_hz = tone_;
        (void)engine_.Play(leg_, media::PlayId("tone"), {media::ToneClip{tone, 60'000}}, {true, false});
    }
}

void TestPhone::StartListening(const std::filesystem::path& folder) {
    folder_ = folder / (name_ + ids_.New());
    journal_closed_.Change([](bool& closed) { closed = false; });
    REQUIRE(engine_.Record(RecordingId(leg_.str()), folder_, {leg_}, {}).ok());
}

std::vector<int16_t> TestPhone::StopListening() {
    REQUIRE(engine_.StopRecording(RecordingId(leg_.str())).ok());
    journal_closed_.Await([](bool closed) { return closed; });
    const auto wav = folder_.string() + ".wav";
    REQUIRE(media::RenderWav(folder_, wav).ok());
    const auto stereo = media::ReadWav(wav);
    std::vector<int16_t> heard;
    for (size_t i = 0; i + 1 < stereo->samples.size(); i += 2) {
        heard.push_back(stereo->samples[i]);
    }
    return heard;
}

void TestPhone::OnMedia(const media::Event& event) {
    if (const auto* closed = std::get_if<media::RecordingClosed>(&event)) {
        if (closed->recording.str() == leg_.str()) {
            journal_closed_.Change([](bool& value) { value = true; });
        }
    } else if (const auto* digit = std::get_if<media::DigitPressed>(&event)) {
        if (digit->leg == leg_) {
            state_.Change([&](PhoneState& state) { state.digits += digit->digit; });
        }
    }
}

void TestPhone::RefuseCalls(int status) {
    Run([=, this] { refusal_ = status; });
}

void TestPhone::OnInvite(sip::SessionId id, const sip::Message& invite, const sip::Peer&) {
    if (refusal_ != 0) {
        (void)user_agent_->Reject(id, refusal_);
        state_.Change([](PhoneState& state) { ++state.refused; });
        return;
    }
    session_ = id;
    offer_ = invite.body();
    (void)user_agent_->Progress(id, 180, "Ringing");
    state_.Change([&](PhoneState& state) {
        state.is_ringing = true;
        state.invite_headers = invite.ToString();
    });
}

void TestPhone::OnRegister(sip::RequestId id, const sip::Message&, const sip::Peer&) {
    (void)user_agent_->Respond(id, 403);
}
void TestPhone::OnRequest(sip::RequestId id, const sip::Message&, const sip::Peer&) {
    (void)user_agent_->Respond(id, 403);
}
void TestPhone::OnProvisional(sip::SessionId, const sip::Message&, const std::string&) {
    state_.Change([](PhoneState& state) { state.is_ringing = true; });
}

void TestPhone::OnAnswered(sip::SessionId, const sip::Message&, const std::string& sdp) {
    const bool usable = media_->TakeAnswer(sdp).ok();
    Speak();
    state_.Change([&](PhoneState& state) { state.is_up = usable; });
}

void TestPhone::OnOffer(sip::SessionId id, const std::string& sdp) {
    const auto answer = media_->AnswerTo(sdp);
    if (answer.ok()) {
        (void)user_agent_->AnswerOffer(id, *answer);
    } else {
        (void)user_agent_->RefuseOffer(id);
    }
}

void TestPhone::OnReofferDone(sip::SessionId, int status, const std::string& sdp) {
    if (status == 200) {
        (void)media_->TakeAnswer(sdp);
    }
    state_.Change([&](PhoneState& state) { state.reoffer_status = status; });
}

void TestPhone::OnEnded(sip::SessionId, const sip::EndCause& cause) {
    media_.reset();
    state_.Change([&](PhoneState& state) {
        state.has_ended = true;
        state.is_up = false;
        state.end = cause;
    });
}

void TestPhone::OnRefer(sip::SessionId id, const sip::ReferRequest&) { (void)user_agent_->RefuseRefer(id, 603); }

void TestPhone::OnReferProgress(sip::SessionId, int status, bool) {
    state_.Change([&](PhoneState& state) { state.refer_status = status; });
}

TestApplication::TestApplication(int port, const std::string& name)
    : channel_(grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials())),
      stub_(v1::CallControl::NewStub(channel_)),
      stream_(stub_->Attach(&context_)) {
    v1::AttachRequest request;
    request.mutable_hello()->set_application(name);
    request.mutable_hello()->set_wants_registrations(true);
    stream_->Write(request);
    thread_ = std::thread([this] {
        v1::AttachResponse response;
        while (stream_->Read(&response)) {
            events_.Change([&](auto& events) {
                events.push_back(response);
                events.insert(events.end(), response.later().begin(), response.later().end());
            });
        }
    });
    // A call that comes before the link is there would be told in the snapshot instead of being offered.
    Await([](const auto& event) { return event.has_snapshot(); });
}

TestApplication::~TestApplication() {
    context_.TryCancel();
    thread_.join();
}

grpc::Status TestApplication::Finish() {
    thread_.join();
    thread_ = std::thread([] {});
    return stream_->Finish();
}

void TestApplication::Send(const std::string& call, uint64_t epoch, const std::function<void(v1::Command&)>& fill) {
    v1::AttachRequest request;
    v1::Command& command = *request.mutable_command();
    command.set_command_id("c" + std::to_string(++commands_));
    command.set_call_id(call);
    command.set_epoch(epoch);
    fill(command);
    stream_->Write(request);
}

v1::AttachResponse TestApplication::Await(const std::function<bool(const v1::AttachResponse&)>& fits) {
    const auto found = [&](const std::vector<v1::AttachResponse>& events) {
        return std::find_if(events.begin(), events.end(), fits);
    };
    const auto events = events_.Await([&](const auto& all) { return found(all) != all.end(); });
    return *found(events);
}

v1::Call TestApplication::AwaitCall() {
    return Await([](const auto& event) { return event.has_call_offered(); }).call_offered().call();
}

TestGateway::TestGateway()
    : phone_engine_({.threads = 1, .first_port = 41000, .last_port = 41999, .port_rest = {}}, clock_,
                    [this](const media::Event& event) {
                        const std::lock_guard lock(mutex_);
                        for (TestPhone* phone : listeners_) {
                            phone->OnMedia(event);
                        }
                    }) {
    phone_media_.allow_loopback = true;
    GatewaySettings settings;
    settings.udp_port = 0;
    settings.tcp_port = 0;
    settings.engine.first_port = 42000;
    settings.engine.last_port = 42999;
    settings.engine.port_rest = {};
    settings.legs.media.allow_loopback = true;
    settings.browser_grace = 2s;
    // A busy machine is no reason to refuse the calls of a test.
    settings.load = {.processor = 1e6, .lag_millis = 1e6, .free_ports = 1e-6, .free_disk = 1e-6};
    settings.nonce_secret = "0123456789abcdef";
    gateway_ = std::make_unique<Gateway>(settings, GatewayPorts{clock_, ids_, metrics_, prompts_, spool_, facts_});
    spool_.Start();
    gateway_->Start();
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &grpc_port_);
    builder.RegisterService(&gateway_->call_control());
    browser_phones_ = std::make_unique<GrpcBrowserPhones>(gateway_->sip(), gateway_->directory(), gateway_->browsers());
    builder.RegisterService(browser_phones_.get());
    server_ = builder.BuildAndStart();
}

TestGateway::~TestGateway() {
    server_->Shutdown(std::chrono::system_clock::now());
    gateway_->Stop();
    spool_.Stop();
}

void TestGateway::Attach(TestPhone& phone) {
    const std::lock_guard lock(mutex_);
    listeners_.push_back(&phone);
}

void TestGateway::Detach(TestPhone& phone) {
    const std::lock_guard lock(mutex_);
    std::erase(listeners_, &phone);
}

}  // namespace trunkline::trunk::fixture
