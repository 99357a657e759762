// What the tests of the SIP core share: a network in memory, two user agents on it, and a clock moved by hand.
#pragma once
#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sip/timer_wheel.hpp"
#include "sip/user_agent.hpp"
#include "testing/manual_clock.hpp"
#include "testing/sequential_ids.hpp"

namespace trunkline::sip::kit {

inline SocketAddress Address(const std::string& host, uint16_t port = 5060) {
    return SocketAddress::Parse(host, port).value();
}

// Keeps what is sent; a test reads it, drops it or carries it to another one.
class FakeTransport final : public Transport {
 public:
    struct Sent {
        Peer peer;
        Message message;
        std::string bytes;
    };

    explicit FakeTransport(std::string host) : host_(std::move(host)) {}

    void SetSink(TransportSink* sink) override { sink_ = sink; }
    Result<uint64_t> Send(const Peer& peer, std::string bytes) override {
        if (refuse) return Error{Code::kUnavailable, "SEND_FAILED", "The fake network is down."};
        sent.push_back({peer, ParseDatagram(bytes).message, bytes});
        return peer.connection;
    }
    Result<Hop> LocalAddress(Protocol protocol, const SocketAddress&) const override {
        return Hop{protocol, host_, 5060};
    }
    void CloseConnection(uint64_t connection) override { closed.push_back(connection); }

    void Deliver(const std::string& bytes, const Peer& source) {
        sink_->OnReceived(ParseDatagram(bytes), source, bytes.size());
    }
    void Lose(uint64_t connection) { sink_->OnConnectionLost(connection); }
    Peer Self() const { return Peer{Protocol::kUdp, Address(host_), 0, ""}; }
    const std::string& host() const { return host_; }

    bool refuse = false;
    std::deque<Sent> sent;
    std::vector<uint64_t> closed;

 private:
    std::string host_;
    TransportSink* sink_ = nullptr;
};

// Writes down what a user agent tells, one word list a line, and leaves the decisions to the test.
class Recorder final : public UserAgentHandler, public SessionHandler {
 public:
    std::vector<std::string> log;
    SessionId incoming;
    std::string invite_sdp;
    RequestId request;
    EndCause cause;
    std::optional<ReferRequest> refer;
    std::function<void(SessionId)> on_invite;
    std::function<void(SessionId)> on_offer;
    Admission admission = Admission::kAccept;

    bool Has(const std::string& line) const { return std::find(log.begin(), log.end(), line) != log.end(); }
    int Count(const std::string& line) const { return static_cast<int>(std::count(log.begin(), log.end(), line)); }

    Admission OnAdmission(const Message&, const Peer&) override { return admission; }
    void OnInvite(SessionId id, const Message& invite, const Peer&) override {
        incoming = id;
        invite_sdp = invite.body();
        log.push_back("invite " + invite.body());
        if (on_invite) on_invite(id);
    }
    void OnRegister(RequestId id, const Message&, const Peer&) override { request = id; }
    void OnRequest(RequestId id, const Message& message, const Peer&) override {
        request = id;
        log.push_back("request " + message.method());
    }
    void OnProvisional(SessionId, const Message& response, const std::string& sdp) override {
        log.push_back("provisional " + std::to_string(response.status()) + " " + sdp);
    }
    void OnAnswered(SessionId, const Message&, const std::string& sdp) override { log.push_back("answered " + sdp); }
    void OnConfirmed(SessionId) override { log.push_back("confirmed"); }
    void OnRemoteAnswer(SessionId, const std::string& sdp) override { log.push_back("remote answer " + sdp); }
    void OnOffer(SessionId id, const std::string& sdp) override {
        log.push_back("offer " + sdp);
        if (on_offer) on_offer(id);
    }
    void OnReofferDone(SessionId, int status, const std::string& sdp) override {
        log.push_back("reoffer " + std::to_string(status) + " " + sdp);
    }
    void OnEnded(SessionId, const EndCause& end) override {
        cause = end;
        log.push_back("ended " + std::to_string(end.status));
    }
    void OnRefer(SessionId, const ReferRequest& asked) override {
        refer = asked;
        log.push_back("refer " + asked.refer_to.uri.ToString());
    }
    void OnReferProgress(SessionId, int status, bool final) override {
        log.push_back("progress " + std::to_string(status) + (final ? " final" : ""));
    }
    void OnInfoDigit(SessionId, char digit, int millis) override {
        log.push_back(std::string("digit ") + digit + " " + std::to_string(millis));
    }
    void OnInfo(SessionId, const Message& message) override { log.push_back("info " + message.body()); }
};

// One side: a user agent on a fake transport.
struct Side {
    Side(Timers& timers, const std::string& host, const UserAgentSettings& settings)
        : transport(host), ids(host + "-"), agent({timers, transport, resolver, ids}, settings, recorder, recorder) {}

    FakeTransport transport;
    NumericResolver resolver;
    testing::SequentialIds ids;
    Recorder recorder;
    UserAgent agent;
};

// Alice (192.0.2.1) and Bob (192.0.2.2). Nothing travels before Carry or RunFor.
struct World {
    explicit World(const UserAgentSettings& settings = {})
        : alice(wheel, "192.0.2.1", settings), bob(wheel, "192.0.2.2", settings) {}

    // Carries all messages until both sides are silent. `lost` may take one away.
    void Carry() {
        for (bool moved = true; moved;) {
            moved = Move(alice, bob) | Move(bob, alice);
        }
    }
    bool Move(Side& from, Side& to) {
        if (from.transport.sent.empty()) return false;
        auto sent = std::move(from.transport.sent.front());
        from.transport.sent.pop_front();
        wire.push_back(sent.message.IsRequest() ? sent.message.method() : std::to_string(sent.message.status()));
        last[wire.back()] = sent.message;
        if (!lost || !lost(sent.message)) to.transport.Deliver(sent.bytes, from.transport.Self());
        return true;
    }
    // Lets time pass in steps of the wheel.
    void RunFor(Duration time) {
        for (Duration passed{}; passed < time; passed += std::chrono::milliseconds(10)) {
            clock.Advance(std::chrono::milliseconds(10));
            wheel.Advance();
            Carry();
        }
    }
    int OnWire(const std::string& what) const { return static_cast<int>(std::count(wire.begin(), wire.end(), what)); }

    SessionId Call(std::string sdp = "offer-1", std::optional<Account> account = std::nullopt) {
        InviteRequest request;
        request.to = ParseUri("sip:bob@192.0.2.2").value();
        request.from = ParseNameAddr("<sip:alice@192.0.2.1>").value();
        request.sdp = std::move(sdp);
        request.account = std::move(account);
        return alice.agent.Invite(std::move(request)).value();
    }
    // A call that is up; `first` of the pair is Alice's session.
    std::pair<SessionId, SessionId> Connect() {
        bob.recorder.on_invite = [this](SessionId id) { (void)bob.agent.Answer(id, "answer-1"); };
        const SessionId mine = Call();
        RunFor(std::chrono::milliseconds(50));
        return {mine, bob.recorder.incoming};
    }

    testing::ManualClock clock;
    TimerWheel wheel{clock};
    Side alice;
    Side bob;
    std::vector<std::string> wire;  // methods and statuses in the order in which they travelled
    std::map<std::string, Message> last;
    std::function<bool(const Message&)> lost;
};

}  // namespace trunkline::sip::kit
