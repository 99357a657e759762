// Everything that lives on the SIP thread, and the media engine, put together: one object to start, drain and stop.
#pragma once
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "media/engine.hpp"
#include "service/host.hpp"
#include "sip/socket_transport.hpp"
#include "sip/user_agent.hpp"
#include "trunk/adapters/application_links.hpp"
#include "trunk/adapters/carrier_lines.hpp"
#include "trunk/adapters/engine_lines.hpp"
#include "trunk/adapters/engine_media.hpp"
#include "trunk/adapters/leg_switch.hpp"
#include "trunk/adapters/load_probe.hpp"
#include "trunk/adapters/outbound_lines.hpp"
#include "trunk/adapters/sinks.hpp"
#include "trunk/adapters/sip_gate.hpp"
#include "trunk/adapters/spool_recorder.hpp"

namespace trunkline::trunk {

struct GatewaySettings {
    std::string sip_listen = "127.0.0.1";  // numeric
    std::optional<uint16_t> udp_port;      // 0 takes a free one; nothing: not served
    std::optional<uint16_t> tcp_port;
    std::optional<uint16_t> tls_port;
    sip::TransportSettings transport;
    sip::UserAgentSettings user_agent;
    sip::RegistrarSettings registrar;
    media::EngineOptions engine;
    SipLegsSettings legs;
    std::string realm = "trunkline";
    std::string nonce_secret;  // at least 16 random bytes
    std::chrono::milliseconds grace{30'000};
    // How long a phone in a browser is waited for, and its calls live, without a page.
    std::chrono::milliseconds browser_grace{25'000};
    size_t most_calls = 2000;
    LoadLimits load;
};

// What outlives the gateway.
struct GatewayPorts {
    const Clock& clock;
    IdGenerator& ids;
    Metrics& metrics;
    const PromptStore& prompts;
    Spool& spool;
    BusFacts& facts;
};

class Gateway final : public service::Component {
 public:
    // Opens the listeners; throws std::runtime_error naming address and port.
    Gateway(GatewaySettings settings, GatewayPorts ports);
    ~Gateway() override;

    void Start() override;
    // No new calls; waits for the live ones, and ends them at the deadline.
    void Drain(std::chrono::steady_clock::time_point deadline) override;
    void Stop() override;

    // The directory was read: calls may come.
    void Open(Directory directory);
    grpc::Service& call_control() { return call_control_; }
    SipThread sip() { return SipThread(reactor_); }
    // The port that is listened on; 0 when the protocol is not served.
    uint16_t port(sip::Protocol protocol) const;

    // On the SIP thread only.
    // As Directory::Put and DeletePhone; applications are told when it makes the phone reachable or not.
    void PutPhone(Phone phone);
    void DeletePhone(const std::string& name);
    Directory& directory() { return directory_; }
    PhoneBook& phones() { return phones_; }
    CarrierLines& carriers() { return carriers_; }
    CallController& calls() { return calls_; }
    BrowserPhones& browsers() { return browsers_; }
    sip::Timers& timers() { return reactor_.timers(); }
    const Clock& clock() const { return ports_.clock; }

 private:
    class Timers;
    void Listen();
    void OnMedia(const media::Event& event);
    void OnLegClosed(const media::LegClosed& closed);
    void Tick();
    void TakeLoad();
    void ChangePhone(const std::string& name, const std::function<void()>& change);

    const GatewaySettings settings_;
    const GatewayPorts ports_;
    sip::Reactor reactor_;
    sip::SocketTransport transport_;
    sip::SystemResolver resolver_;
    Directory directory_;
    PhoneBook phones_;
    DigestGate digest_;
    media::Engine engine_;
    EngineMedia media_;
    SpoolRecorder recorder_;
    LoadGuard load_;
    LoadProbe probe_;
    OutboundLines outbound_;
    SipLegs legs_;
    EngineLines lines_;
    BrowserPhones browsers_;
    LegSwitch switch_;
    std::unique_ptr<Timers> digit_timers_;
    ApplicationLinks links_;
    CallMetrics call_metrics_;
    CallController calls_;
    SipGate gate_;
    sip::UserAgent user_agent_;
    CarrierLines carriers_;
    GrpcCallControl call_control_;
    sip::Timer tick_;
    int ticks_ = 0;
    std::map<sip::Protocol, uint16_t> bound_;

    std::mutex mutex_;
    std::condition_variable idle_;
    size_t live_calls_ = 0;  // guarded by mutex_; as of the last tick
    std::thread thread_;
};

}  // namespace trunkline::trunk
