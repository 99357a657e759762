// Every arrow of the four transaction state machines (RFC 3261 section 17, RFC 6026), with a clock moved by hand.
#include <catch2/catch.hpp>

#include "sip/test_kit.hpp"
#include "sip/transactions.hpp"

namespace trunkline::sip {
namespace {
using namespace std::chrono_literals;

// The transaction layer of one host, its user being the test.
struct Layer final : TransactionUser {
    Admission OnAdmission(const Message&, const Peer&) override { return admission; }
    void OnRequest(ServerId id, const Message& request, const Peer&) override {
        requests.push_back(request);
        server = id;
    }
    std::string LocalTag(uint64_t) const override { return "mine"; }
    void OnCancel(ServerId, uint64_t owner) override { cancelled = owner; }
    void OnAck(const Message& ack, const Peer&) override { acks.push_back(ack); }

    void RunFor(Duration time) {
        for (Duration passed{}; passed < time; passed += 10ms) {
            clock.Advance(10ms);
            wheel.Advance();
        }
    }
    size_t sent() const { return transport.sent.size(); }
    const Message& LastSent() const { return transport.sent.back().message; }
    void Receive(const Message& message, Protocol protocol = Protocol::kUdp) {
        Peer source = remote;
        source.protocol = protocol;
        source.connection = protocol == Protocol::kUdp ? 0 : 7;
        transport.Deliver(message.ToString(), source);
    }
    ClientId Send(const std::string& method, Protocol protocol = Protocol::kUdp) {
        Message request = Message::Request(method, ParseUri("sip:b@192.0.2.2").value());
        request.Add("Max-Forwards", "70");
        request.Add("From", "<sip:a@192.0.2.1>;tag=1");
        request.Add("To", "<sip:b@192.0.2.2>");
        request.Add("Call-ID", "c1");
        request.Add("CSeq", "1 " + method);
        Peer peer = remote;
        peer.protocol = protocol;
        peer.connection = protocol == Protocol::kUdp ? 0 : 7;
        return layer.Send(request, peer,
                          [this](const Message& response, const Peer&) { responses.push_back(response.status()); });
    }
    void Answer(int status, const std::string& tag = "t") {
        const Message* request = nullptr;
        for (const auto& item : transport.sent) {
            if (item.message.IsRequest() && item.message.method() != "ACK") request = &item.message;
        }
        Receive(MakeResponse(*request, status, "Reason", tag));
    }
    static Message Request(const std::string& method, const std::string& branch = "z9hG4bKr1") {
        Message request = Message::Request(method, ParseUri("sip:a@192.0.2.1").value());
        request.Add("Via", "SIP/2.0/UDP 192.0.2.2:5060;branch=" + branch);
        request.Add("Max-Forwards", "70");
        request.Add("From", "<sip:b@192.0.2.2>;tag=r");
        request.Add("To", "<sip:a@192.0.2.1>");
        request.Add("Call-ID", "c2");
        request.Add("CSeq", "1 " + method);
        request.Add("Contact", "<sip:b@192.0.2.2>");
        return request;
    }
    void Respond(int status) { layer.Respond(server, MakeResponse(requests.back(), status, "Reason", "t")); }

    Admission admission = Admission::kAccept;
    std::vector<Message> requests;
    std::vector<Message> acks;
    std::vector<int> responses;
    ServerId server = 0;
    uint64_t cancelled = 0;
    Peer remote{Protocol::kUdp, kit::Address("192.0.2.2"), 0, ""};
    testing::ManualClock clock;
    TimerWheel wheel{clock};
    kit::FakeTransport transport{"192.0.2.1"};
    testing::SequentialIds ids;
    TransactionContext context{wheel, transport, {}, {}};
    Transactions layer{context, ids, *this};
};

TEST_CASE("sip client: an INVITE over UDP is sent again by timer A and times out by B", "[sip]") {
    Layer test;
    test.Send("INVITE");
    test.RunFor(31900ms);
    CHECK(test.sent() == 7);  // 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 s
    CHECK(test.responses.empty());
    test.RunFor(200ms);
    CHECK(test.responses == std::vector<int>{408});
    CHECK(test.layer.client_count() == 0);
}

TEST_CASE("sip client: other requests are sent again by timer E up to T2 and time out by F", "[sip]") {
    Layer test;
    test.Send("OPTIONS");
    test.RunFor(31900ms);
    CHECK(test.sent() == 11);  // 0, 0.5, 1.5, 3.5, then each 4 s
    test.RunFor(200ms);
    CHECK(test.responses == std::vector<int>{408});
}

TEST_CASE("sip client: over a stream nothing is sent again", "[sip]") {
    Layer test;
    test.Send("INVITE", Protocol::kTcp);
    test.Send("OPTIONS", Protocol::kTcp);
    test.RunFor(33s);
    CHECK(test.sent() == 2);
    CHECK(test.responses == std::vector<int>{408, 408});
}

TEST_CASE("sip client: a provisional response stops timers A and B of an INVITE", "[sip]") {
    Layer test;
    test.Send("INVITE");
    test.Answer(180);
    test.RunFor(120s);
    CHECK(test.sent() == 1);
    CHECK(test.responses == std::vector<int>{180});
    CHECK(test.layer.client_count() == 1);
}

TEST_CASE("sip client: a provisional response slows timer E to T2 and F still ends it", "[sip]") {
    Layer test;
    test.Send("OPTIONS");
    test.Answer(100);
    test.RunFor(31900ms);
    CHECK(test.sent() == 9);  // 0, 0.5, then each 4 s
    test.RunFor(200ms);
    CHECK(test.responses == std::vector<int>{100, 408});
}

TEST_CASE("sip client: a refused INVITE is acknowledged by the transaction, again for each copy, until D", "[sip]") {
    Layer test;
    test.Send("INVITE");
    test.Answer(486);
    REQUIRE(test.LastSent().method() == "ACK");
    CHECK(test.LastSent().TopVia()->Branch() == test.transport.sent[0].message.TopVia()->Branch());
    test.Answer(486);
    CHECK(test.sent() == 3);
    CHECK(test.responses == std::vector<int>{486});
    test.RunFor(31900ms);
    CHECK(test.layer.client_count() == 1);
    test.RunFor(200ms);
    CHECK(test.layer.client_count() == 0);
}

TEST_CASE("sip client: every 2xx of an INVITE reaches the user until M, from each branch", "[sip]") {
    Layer test;
    test.Send("INVITE");
    test.Answer(200, "one");
    test.Answer(200, "one");
    test.Answer(200, "two");
    CHECK(test.responses == std::vector<int>{200, 200, 200});
    CHECK(test.sent() == 1);
    test.RunFor(32100ms);
    CHECK(test.layer.client_count() == 0);
}

TEST_CASE("sip client: a final response ends other requests, copies are absorbed until K", "[sip]") {
    Layer test;
    test.Send("OPTIONS");
    test.Answer(200);
    test.Answer(200);
    CHECK(test.responses == std::vector<int>{200});
    CHECK(test.context.counters.absorbed == 1);
    test.RunFor(5100ms);
    CHECK(test.layer.client_count() == 0);
    test.Answer(200);
    CHECK(test.context.counters.dropped == 1);
}

TEST_CASE("sip client: a network that refuses and a connection that breaks are 503", "[sip]") {
    Layer test;
    test.transport.refuse = true;
    test.Send("INVITE");
    CHECK(test.responses.empty());  // never inside the call
    test.RunFor(20ms);
    CHECK(test.responses == std::vector<int>{503});
    test.transport.refuse = false;
    test.Send("OPTIONS", Protocol::kTcp);
    test.transport.Lose(7);
    CHECK(test.responses == std::vector<int>{503, 503});
    CHECK(test.layer.client_count() == 0);
}

TEST_CASE("sip client: a cancelled INVITE without a final response ends after 64 T1", "[sip]") {
    Layer test;
    const ClientId id = test.Send("INVITE");
    test.Answer(180);
    test.layer.Cancel(id, "SIP;cause=200");
    REQUIRE(test.LastSent().method() == "CANCEL");
    CHECK(test.LastSent().Get("Reason") == "SIP;cause=200");
    test.RunFor(33s);
    CHECK(test.responses == std::vector<int>{180, 408});
    CHECK(test.layer.client_count() == 0);
}

TEST_CASE("sip server: an INVITE gets 100 at once and copies get the last response", "[sip]") {
    Layer test;
    test.Receive(Layer::Request("INVITE"));
    REQUIRE(test.sent() == 1);
    CHECK(test.LastSent().status() == 100);
    test.Respond(180);
    test.Receive(Layer::Request("INVITE"));
    CHECK(test.sent() == 3);
    CHECK(test.LastSent().status() == 180);
    CHECK(test.requests.size() == 1);
}

TEST_CASE("sip server: a refusal is sent again by G until the ACK, and gone after I", "[sip]") {
    Layer test;
    test.Receive(Layer::Request("INVITE"));
    test.Respond(486);
    test.RunFor(8s);
    CHECK(test.sent() == 6);  // 100, then 486 at 0, 0.5, 1.5, 3.5, 7.5 s
    Message ack = Layer::Request("ACK");
    test.Receive(ack);
    test.RunFor(4900ms);
    CHECK(test.sent() == 6);
    CHECK(test.layer.server_count() == 1);
    test.RunFor(200ms);
    CHECK(test.layer.server_count() == 0);
    CHECK(test.acks.empty());
}

TEST_CASE("sip server: a refusal that nobody acknowledges is given up by H", "[sip]") {
    Layer test;
    test.Receive(Layer::Request("INVITE"));
    test.Respond(486);
    test.RunFor(32100ms);
    CHECK(test.layer.server_count() == 0);
}

TEST_CASE("sip server: after a 2xx copies of the INVITE are absorbed until L and the ACK is the user's", "[sip]") {
    Layer test;
    test.Receive(Layer::Request("INVITE"));
    test.Respond(200);
    test.Receive(Layer::Request("INVITE"));
    CHECK(test.sent() == 2);
    test.Respond(200);  // the user sends it again
    CHECK(test.sent() == 3);
    CHECK_FALSE(test.layer.Respond(test.server, MakeResponse(test.requests[0], 486, "Busy", "t")));
    test.Receive(Layer::Request("ACK", "z9hG4bKother"));
    CHECK(test.acks.size() == 1);
    test.RunFor(32100ms);
    CHECK(test.layer.server_count() == 0);
}

TEST_CASE("sip server: other requests are silent until the user answers, then answered from memory until J", "[sip]") {
    Layer test;
    test.Receive(Layer::Request("OPTIONS"));
    test.Receive(Layer::Request("OPTIONS"));
    CHECK(test.sent() == 0);
    test.Respond(200);
    test.Receive(Layer::Request("OPTIONS"));
    CHECK(test.sent() == 2);
    CHECK(test.requests.size() == 1);
    test.RunFor(32100ms);
    CHECK(test.layer.server_count() == 0);
}

TEST_CASE("sip server: over a stream nothing lingers after the final response", "[sip]") {
    Layer test;
    Message options = Layer::Request("OPTIONS");
    options.Set("Via", "SIP/2.0/TCP 192.0.2.2:5060;branch=z9hG4bKr1");
    test.Receive(options, Protocol::kTcp);
    test.Respond(200);
    CHECK(test.transport.sent.back().peer.connection == 7);
    test.RunFor(20ms);
    CHECK(test.layer.server_count() == 0);
}

TEST_CASE("sip server: CANCEL finds its INVITE, is answered itself, and 481 without one", "[sip]") {
    Layer test;
    test.Receive(Layer::Request("INVITE"));
    test.layer.SetOwner(test.server, 42);
    test.Receive(Layer::Request("CANCEL"));
    CHECK(test.LastSent().status() == 200);
    CHECK(test.LastSent().To()->Tag() == "mine");
    CHECK(test.cancelled == 42);
    test.Receive(Layer::Request("CANCEL", "z9hG4bKnone"));
    CHECK(test.LastSent().status() == 481);
}

TEST_CASE("sip server: CANCEL after the final response changes nothing", "[sip]") {
    Layer test;
    test.Receive(Layer::Request("INVITE"));
    test.layer.SetOwner(test.server, 42);
    test.Respond(200);
    test.Receive(Layer::Request("CANCEL"));
    CHECK(test.LastSent().status() == 200);
    CHECK(test.cancelled == 0);
}

TEST_CASE("sip server: one request that came by two ways is merged with 482", "[sip]") {
    Layer test;
    test.Receive(Layer::Request("INVITE", "z9hG4bKway1"));
    test.Receive(Layer::Request("INVITE", "z9hG4bKway2"));
    CHECK(test.requests.size() == 1);
    CHECK(test.LastSent().status() == 482);
}

TEST_CASE("sip server: requests without a branch are matched as RFC 2543 asks", "[sip]") {
    Layer test;
    Message invite = Layer::Request("INVITE");
    invite.Set("Via", "SIP/2.0/UDP 192.0.2.2:5060");
    test.Receive(invite);
    test.Receive(invite);
    CHECK(test.requests.size() == 1);
    test.Respond(486);
    Message ack = Layer::Request("ACK");
    ack.Set("Via", "SIP/2.0/UDP 192.0.2.2:5060");
    test.Receive(ack);
    const size_t before = test.sent();
    test.RunFor(2s);
    CHECK(test.sent() == before);
}

TEST_CASE("sip server: an overloaded host answers 503 without state, or not at all", "[sip]") {
    Layer test;
    test.admission = Admission::kBusy;
    test.Receive(Layer::Request("INVITE"));
    CHECK(test.LastSent().status() == 503);
    CHECK(test.LastSent().Find("Retry-After") == nullptr);
    CHECK(test.layer.server_count() == 0);
    test.admission = Admission::kDrop;
    test.Receive(Layer::Request("INVITE", "z9hG4bKr2"));
    CHECK(test.sent() == 1);
    CHECK(test.context.counters.refused_busy == 1);
}

TEST_CASE("sip server: responses go where the request came from, with received and rport", "[sip]") {
    Layer test;
    Message options = Layer::Request("OPTIONS");
    options.Set("Via", "SIP/2.0/UDP 10.0.0.9:5062;branch=z9hG4bKnat;rport, SIP/2.0/UDP 10.0.0.8;branch=z9hG4bKold");
    test.remote.address = kit::Address("203.0.113.5", 40123);
    test.Receive(options);
    test.Respond(200);
    CHECK(test.transport.sent.back().peer.address == kit::Address("203.0.113.5", 40123));
    const auto via = test.LastSent().TopVia();
    CHECK(*FindParam(via->params, "received") == "203.0.113.5");
    CHECK(*FindParam(via->params, "rport") == "40123");
    CHECK(test.LastSent().GetList("Via").size() == 2);
    options.Set("Via", "SIP/2.0/UDP 10.0.0.9:5062;branch=z9hG4bKnat2");
    options.Set("Call-ID", "c9");
    test.Receive(options);
    test.Respond(200);
    CHECK(test.transport.sent.back().peer.address == kit::Address("203.0.113.5", 5062));
}

TEST_CASE("sip server: a malformed request is refused with no more bytes than it had", "[sip]") {
    Layer test;
    Parsed parsed;
    parsed.verdict = Parsed::Verdict::kReject;
    parsed.message = Layer::Request("OPTIONS");
    parsed.status = 400;
    parsed.reason = "A reason phrase that is long enough to make the whole answer longer than the request was";
    test.layer.OnReceived(parsed, test.remote, 230);
    REQUIRE(test.sent() == 1);
    CHECK(test.transport.sent[0].bytes.size() <= 230);
    CHECK(test.transport.sent[0].bytes.substr(0, 11) == "SIP/2.0 400");
    test.layer.OnReceived(parsed, test.remote, 60);
    CHECK(test.sent() == 1);
    parsed.close_stream = true;
    Peer stream = test.remote;
    stream.protocol = Protocol::kTcp;
    stream.connection = 7;
    test.layer.OnReceived(parsed, stream, 60);
    CHECK(test.sent() == 2);
    CHECK(test.transport.closed == std::vector<uint64_t>{7});
    CHECK(test.layer.server_count() == 0);
}

TEST_CASE("sip server: a Via that cannot be read is answered to the source, a missing one is not", "[sip]") {
    Layer test;
    const std::string rest =
        "From: <sip:a@a.example>;tag=1\r\nTo: <sip:b@b.example>\r\nCall-ID: 1@a\r\nCSeq: 1 OPTIONS\r\n"
        "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    const std::string start = "OPTIONS sip:b@b.example SIP/2.0\r\n";
    const auto bad = ParseDatagram(start + "Via: SIP/2.0/UDP 192.0.2.15;;,;,,\r\n" + rest);
    REQUIRE(bad.verdict == Parsed::Verdict::kReject);
    test.layer.OnReceived(bad, test.remote, 1000);
    REQUIRE(test.sent() == 1);
    CHECK(test.transport.sent[0].bytes.substr(0, 11) == "SIP/2.0 400");
    test.layer.OnReceived(ParseDatagram(start + rest), test.remote, 1000);
    CHECK(test.sent() == 1);
}

}  // namespace
}  // namespace trunkline::sip
