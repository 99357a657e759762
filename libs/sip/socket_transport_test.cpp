// Real sockets on the loopback: calls over UDP, TCP and TLS, framing, limits, and the reactor's mailbox and timers.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "sip/socket_transport.hpp"
#include "sip/test_kit.hpp"

namespace trunkline::sip {
namespace {
using namespace std::chrono_literals;

// A user agent on real sockets; one reactor for all of a test.
struct Host {
    Host(Reactor& reactor, const TransportSettings& settings, Protocol protocol)
        : transport(reactor, settings), agent({reactor.timers(), transport, resolver, ids}, {}, recorder, recorder) {
        auto bound = transport.Listen(protocol, "127.0.0.1", 0);
        REQUIRE(bound.ok());
        address = *bound;
    }
    SocketTransport transport;
    NumericResolver resolver;
    UuidGenerator ids;
    kit::Recorder recorder;
    UserAgent agent;
    SocketAddress address;
};

template <class Condition>
bool RunUntil(Reactor& reactor, Condition done) {
    for (int i = 0; i < 500 && !done(); ++i) reactor.RunOnce(10ms);
    return done();
}

SessionId Call(Host& from, const Host& to, Protocol protocol, const std::string& host = "127.0.0.1") {
    InviteRequest request;
    request.to = ParseUri("sip:bob@127.0.0.1").value();
    request.sdp = "offer";
    request.next_hop = Hop{protocol, host, to.address.port()};
    return from.agent.Invite(std::move(request)).value();
}

// A key and a certificate for 127.0.0.1, made by the openssl program.
struct Pem {
    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("sip-tls-" + std::to_string(getpid()));
    std::string certificate = (folder / "cert.pem").string();
    std::string key = (folder / "key.pem").string();
    explicit Pem(const std::string& name) {
        std::filesystem::create_directories(folder);
        const std::string command =
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -addext subjectAltName=" + name +
            " -keyout " + key + " -out " + certificate + " 2>/dev/null";
        REQUIRE(std::system(command.c_str()) == 0);
    }
    ~Pem() { std::filesystem::remove_all(folder); }
};

void CallOver(Protocol protocol, const TransportSettings& settings) {
    SystemClock clock;
    Reactor reactor(clock);
    Host alice(reactor, settings, protocol);
    Host bob(reactor, settings, protocol);
    bob.recorder.on_invite = [&](SessionId id) { (void)bob.agent.Answer(id, "answer"); };
    const SessionId call = Call(alice, bob, protocol);
    REQUIRE(RunUntil(reactor, [&] { return bob.recorder.Has("confirmed"); }));
    CHECK(alice.recorder.Has("answered answer"));
    REQUIRE(bob.agent.End(bob.recorder.incoming).ok());
    REQUIRE(RunUntil(reactor, [&] { return alice.agent.session_count() == 0 && bob.agent.session_count() == 0; }));
    CHECK(alice.recorder.cause.kind == EndCause::Kind::kRemoteBye);
    CHECK_FALSE(alice.agent.View(call));
}

TEST_CASE("sip sockets: a call over UDP", "[sip]") { CallOver(Protocol::kUdp, {}); }

TEST_CASE("sip sockets: a call over TCP", "[sip]") { CallOver(Protocol::kTcp, {}); }

TEST_CASE("sip sockets: a call over TLS with a certificate that is trusted", "[sip]") {
    const Pem pem("IP:127.0.0.1");
    TransportSettings settings;
    settings.tls = {pem.certificate, pem.key, pem.certificate};
    CallOver(Protocol::kTls, settings);
}

TEST_CASE("sip sockets: a certificate of another name or of an unknown signer is refused", "[sip]") {
    const bool wrong_name = GENERATE(true, false);
    const Pem pem(wrong_name ? "IP:127.0.0.9" : "IP:127.0.0.1");
    TransportSettings server;
    server.tls = {pem.certificate, pem.key, ""};
    TransportSettings client = server;
    if (wrong_name) client.tls.ca_file = pem.certificate;
    SystemClock clock;
    Reactor reactor(clock);
    Host alice(reactor, client, Protocol::kTls);
    Host bob(reactor, server, Protocol::kTls);
    Call(alice, bob, Protocol::kTls);
    REQUIRE(RunUntil(reactor, [&] { return alice.agent.session_count() == 0; }));
    CHECK(alice.recorder.cause.kind == EndCause::Kind::kTransport);
    CHECK(bob.recorder.log.empty());
}

TEST_CASE("sip sockets: a port that is taken is named in the error, so is a certificate that is not there", "[sip]") {
    SystemClock clock;
    Reactor reactor(clock);
    SocketTransport transport(reactor, {});
    const auto first = transport.Listen(Protocol::kUdp, "127.0.0.1", 0);
    REQUIRE(first.ok());
    const auto second = transport.Listen(Protocol::kUdp, "127.0.0.1", first->port());
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().reason == "BIND_FAILED");
    CHECK(second.error().message.find(first->ToString()) != std::string::npos);
    TransportSettings settings;
    settings.tls.certificate_file = "/no/such.pem";
    SocketTransport secure(reactor, settings);
    const auto tls = secure.Listen(Protocol::kTls, "127.0.0.1", 0);
    REQUIRE_FALSE(tls.ok());
    CHECK(tls.error().message.find("/no/such.pem") != std::string::npos);
}

// A plain TCP client that blocks at most 10 ms at a time.
struct RawClient {
    explicit RawClient(const SocketAddress& to) : descriptor(socket(AF_INET, SOCK_STREAM, 0)) {
        const timeval limit{0, 10000};
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        REQUIRE(connect(descriptor, to.raw(), to.length()) == 0);
    }
    ~RawClient() { close(descriptor); }
    void Send(const std::string& bytes) {
        REQUIRE(send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()));
    }
    // True when the peer has closed; what came is in `received`.
    bool Read() {
        char buffer[4096];
        const ssize_t count = recv(descriptor, buffer, sizeof buffer, 0);
        if (count > 0) received.append(buffer, static_cast<size_t>(count));
        return count == 0 || (count < 0 && errno == ECONNRESET);
    }
    int descriptor;
    std::string received;
};

std::string Options(const std::string& branch) {
    return "OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bK" + branch +
           "\r\nMax-Forwards: 70\r\nFrom: <sip:a@127.0.0.1>;tag=1\r\nTo: <sip:b@127.0.0.1>\r\nCall-ID: " + branch +
           "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
}

TEST_CASE("sip sockets: a stream in single bytes, two requests in one segment, and a keep-alive", "[sip]") {
    SystemClock clock;
    Reactor reactor(clock);
    Host host(reactor, {}, Protocol::kTcp);
    RawClient client(host.address);
    for (const char letter : Options("one")) {
        client.Send(std::string(1, letter));
        reactor.RunOnce(1ms);
    }
    client.Send(Options("two") + Options("three") + "\r\n\r\n");
    const auto answers = [&] {
        size_t count = 0;
        for (size_t at = 0; (at = client.received.find("SIP/2.0 200", at)) != std::string::npos; ++at) ++count;
        return count;
    };
    CHECK(RunUntil(reactor, [&] {
        client.Read();
        return answers() == 3 && client.received.ends_with("\r\n\r\n\r\n");
    }));
}

TEST_CASE("sip sockets: a request that is cut off by the end of the stream is refused with 400", "[sip]") {
    SystemClock clock;
    Reactor reactor(clock);
    Host host(reactor, {}, Protocol::kTcp);
    RawClient client(host.address);
    const std::string whole = Options("cut");
    client.Send(whole.substr(0, whole.size() - 2));
    shutdown(client.descriptor, SHUT_WR);
    CHECK(RunUntil(reactor, [&] { return client.Read(); }));
    CHECK(client.received.substr(0, 11) == "SIP/2.0 400");
}

TEST_CASE("sip sockets: a peer that does not finish its message is closed after 30 s, one that works is kept",
          "[sip]") {
    testing::ManualClock clock;
    Reactor reactor(clock);
    Host host(reactor, {}, Protocol::kTcp);
    RawClient silent(host.address);
    RawClient slow(host.address);
    RawClient good(host.address);
    slow.Send("OPTIONS sip:x SIP/2.0\r\n");
    good.Send(Options("good"));
    REQUIRE(RunUntil(reactor, [&] {
        good.Read();
        return host.transport.connection_count() == 3 && !good.received.empty();
    }));
    clock.Advance(31s);
    CHECK(RunUntil(reactor, [&] { return host.transport.connection_count() == 1; }));
    CHECK(RunUntil(reactor, [&] { return silent.Read() && slow.Read(); }));
}

TEST_CASE("sip sockets: one address has 50 connections at most", "[sip]") {
    SystemClock clock;
    Reactor reactor(clock);
    Host host(reactor, {}, Protocol::kTcp);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 51; ++i) clients.push_back(std::make_unique<RawClient>(host.address));
    CHECK(RunUntil(reactor, [&] {
        reactor.RunOnce(1ms);
        return clients.back()->Read();
    }));
    CHECK(host.transport.connection_count() == 50);
}

TEST_CASE("sip reactor: tasks of other threads run in order, timers never early, Stop ends Run", "[sip]") {
    SystemClock clock;
    Reactor reactor(clock);
    std::vector<int> order;
    const SteadyTime begin = clock.SteadyNow();
    SteadyTime fired;
    const auto stop_when_done = [&] {
        if (order.size() == 1000 && fired != SteadyTime{}) reactor.Stop();
    };
    reactor.timers().Start(30ms, [&] {
        fired = clock.SteadyNow();
        stop_when_done();
    });
    std::thread other([&] {
        for (int i = 0; i < 1000; ++i) {
            reactor.Post([&, i] {
                order.push_back(i);
                stop_when_done();
            });
        }
    });
    reactor.Run();
    other.join();
    CHECK(fired - begin >= 30ms);
    CHECK(std::is_sorted(order.begin(), order.end()));
    CHECK(order.size() == 1000);
}

TEST_CASE("sip timer wheel: order, cancelling inside a call-back, long delays and a long stop", "[sip]") {
    testing::ManualClock clock;
    TimerWheel wheel(clock);
    std::string fired;
    wheel.Start(20ms, [&] { fired += "b"; });
    wheel.Start(10ms, [&] { fired += "a"; });
    TimerId victim = 0;
    wheel.Start(30ms, [&] { wheel.Cancel(victim); });
    victim = wheel.Start(30ms, [&] { fired += "x"; });  // due at the same tick, after its canceller
    wheel.Start(100s, [&] { fired += "z"; });           // more than two turns
    clock.Advance(9ms);
    wheel.Advance();
    CHECK(fired.empty());
    clock.Advance(91ms);
    wheel.Advance();
    CHECK(fired == "ab");
    clock.Advance(99s);
    wheel.Advance();
    CHECK(fired == "ab");
    clock.Advance(1s);
    wheel.Advance();
    CHECK(fired == "abz");
    CHECK(wheel.running() == 0);
    wheel.Cancel(victim);
    Timer timer(wheel);
    timer.Start(10ms, [&] { timer.Start(10ms, [&] { fired += "!"; }); });
    clock.Advance(1h);
    wheel.Advance();
    clock.Advance(10ms);
    wheel.Advance();
    CHECK(fired == "abz!");
}

}  // namespace
}  // namespace trunkline::sip
