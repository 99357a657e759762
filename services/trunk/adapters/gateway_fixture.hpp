// For tests: a whole gateway on loopback, phones with real SIP and RTP, and an application that a test scripts.
#pragma once
#include <grpcpp/grpcpp.h>

#include <catch2/catch.hpp>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "trunk/adapters/gateway.hpp"
#include "trunk/adapters/grpc_browser_phones.hpp"
#include "trunk/adapters/grpc_services.hpp"

namespace trunkline::trunk::fixture {

using namespace std::chrono_literals;
inline constexpr auto kPatience = 10s;

// Something that threads change and a test waits for.
template <class T>
class Watched {
 public:
    void Change(const std::function<void(T&)>& change) {
        const std::lock_guard lock(mutex_);
        change(value_);
        changed_.notify_all();
    }
    // The state once `holds`; fails the test after kPatience.
    T Await(const std::function<bool(const T&)>& holds) {
        std::unique_lock lock(mutex_);
        const bool came = changed_.wait_for(lock, kPatience, [&] { return holds(value_); });
        if (!came) {
            FAIL("what the test waits for did not come");
        }
        return value_;
    }

 private:
    std::mutex mutex_;
    std::condition_variable changed_;
    T value_{};
};

// A folder that is gone afterwards.
class Folder {
 public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("trunk-test-" + UuidGenerator().New())) {
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

 private:
    std::filesystem::path path_;
};

struct PhoneState {
    bool is_ringing = false;
    bool is_up = false;
    bool has_ended = false;
    int reoffer_status = 0;
    int refer_status = 0;
    int response_status = 0;  // of a request outside of a call
    int refused = 0;          // INVITEs
    std::string invite_headers;
    sip::EndCause end;
    std::string digits;
};

// A SIP phone: answers or places one call; says one tone; journals what it hears.
class TestPhone final : public sip::UserAgentHandler, public sip::SessionHandler {
 public:
    // `tone` is what it says; 0: nothing.
    TestPhone(media::Engine& engine, const MediaAddress& address, std::string name, int tone);
    ~TestPhone() override;

    std::string Uri() const;
    uint16_t port() const { return port_; }
    void Call(uint16_t trunk_port, const std::string& number, const std::string& caller);
    void Answer();
    void HangUp();
    // Answers every INVITE from now on with this status.
    void RefuseCalls(int status);
    void Hold(bool hold);
    void Refer(const std::string& target);
    void SendDigits(const std::string& digits);
    void Register(uint16_t trunk_port, const std::string& password);
    // Hears until the journal is closed; what it heard is then rendered.
    void StartListening(const std::filesystem::path& folder);
    std::vector<int16_t> StopListening();
    void OnMedia(const media::Event& event);

    Watched<PhoneState>& state() { return state_; }

    void OnInvite(sip::SessionId id, const sip::Message& invite, const sip::Peer& source) override;
    void OnRegister(sip::RequestId id, const sip::Message& request, const sip::Peer& source) override;
    void OnRequest(sip::RequestId id, const sip::Message& request, const sip::Peer& source) override;
    void OnProvisional(sip::SessionId id, const sip::Message& response, const std::string& sdp) override;
    void OnAnswered(sip::SessionId id, const sip::Message& response, const std::string& sdp) override;
    void OnOffer(sip::SessionId id, const std::string& sdp) override;
    void OnReofferDone(sip::SessionId id, int status, const std::string& sdp) override;
    void OnEnded(sip::SessionId id, const sip::EndCause& cause) override;
    void OnRefer(sip::SessionId id, const sip::ReferRequest& request) override;
    void OnReferProgress(sip::SessionId id, int status, bool final) override;

 private:
    void Speak();
    void Run(const std::function<void()>& task);

    media::Engine& engine_;
    const MediaAddress address_;
    const std::string name_;
    const int tone_;
    const LegId leg_;
    SystemClock clock_;
    UuidGenerator ids_;
    sip::Reactor reactor_{clock_};
    sip::SocketTransport transport_{reactor_, {}};
    sip::NumericResolver resolver_;
    std::unique_ptr<sip::UserAgent> user_agent_;
    uint16_t port_ = 0;
    std::unique_ptr<LegMedia> media_;
    sip::SessionId session_;
    int refusal_ = 0;
    std::string offer_;
    std::filesystem::path folder_;
    Watched<bool> journal_closed_;
    Watched<PhoneState> state_;
    std::thread thread_;
};

// An application on a real gRPC stream. The test sends commands and waits for events.
class TestApplication {
 public:
    TestApplication(int port, const std::string& name);
    ~TestApplication();

    void Send(const std::string& call, uint64_t epoch, const std::function<void(v1::Command&)>& fill);
    // The first event from `from` on that fits.
    v1::AttachResponse Await(const std::function<bool(const v1::AttachResponse&)>& fits);
    // The call of the first CallOffered.
    v1::Call AwaitCall();
    grpc::Status Finish();

 private:
    std::shared_ptr<grpc::Channel> channel_;
    std::unique_ptr<v1::CallControl::Stub> stub_;
    grpc::ClientContext context_;
    std::unique_ptr<grpc::ClientReaderWriter<v1::AttachRequest, v1::AttachResponse>> stream_;
    Watched<std::vector<v1::AttachResponse>> events_;
    int commands_ = 0;
    std::thread thread_;
};

// The gateway with everything around it that needs no database.
class TestGateway {
 public:
    TestGateway();
    ~TestGateway();

    Gateway& gateway() { return *gateway_; }
    media::Engine& phones() { return phone_engine_; }
    const MediaAddress& phone_media() const { return phone_media_; }
    int grpc_port() const { return grpc_port_; }
    uint16_t sip_port() const { return gateway_->port(sip::Protocol::kUdp); }
    Spool& spool() { return spool_; }
    // What the spool told finished.
    Watched<std::vector<v1::Journal>>& journals() { return journals_; }
    PromptStore& prompts() { return prompts_; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    // Phones hear their media's events through this.
    void Attach(TestPhone& phone);
    void Detach(TestPhone& phone);

 private:
    Folder folder_;
    SystemClock clock_;
    UuidGenerator ids_;
    prometheus::Registry registry_;
    db::Pool pool_{db::PoolConfig{}};  // never connected: facts wait in the writer's queue
    Metrics metrics_{registry_};
    bus::FactWriter writer_{pool_, registry_, "trunk"};
    BusFacts facts_{writer_};
    PromptStore prompts_{folder_.path() / "prompts"};
    Watched<std::vector<v1::Journal>> journals_;
    Spool spool_{folder_.path() / "spool",
                 [this](const v1::Journal& journal) { journals_.Change([&](auto& all) { all.push_back(journal); }); }};
    std::mutex mutex_;
    std::vector<TestPhone*> listeners_;
    MediaAddress phone_media_;
    media::Engine phone_engine_;
    std::unique_ptr<Gateway> gateway_;
    std::unique_ptr<GrpcBrowserPhones> browser_phones_;
    std::unique_ptr<grpc::Server> server_;
    int grpc_port_ = 0;
};

}  // namespace trunkline::trunk::fixture
