// A session with an honest browser, and with dishonest neighbours.
#include "webrtc/session.hpp"

#include <catch2/catch.hpp>
#include <deque>

#include "rtp/packet.hpp"
#include "webrtc/browser_for_tests.hpp"

namespace trunkline::webrtc {
namespace {

const rtp::Address kHome = *rtp::MakeAddress("192.0.2.10", 40000);
const rtp::Address kAway = *rtp::MakeAddress("198.51.100.7", 50000);

std::vector<uint8_t> Rtp(uint16_t sequence) {
    std::vector<uint8_t> packet(rtp::kHeaderBytes + 160, 0x55);
    rtp::WriteHeader({8, false, sequence, sequence * 160U, 4711}, packet.data());
    return packet;
}

// Both ends with a wire between them that carries datagrams in order.
class Wire {
 public:
    explicit Wire(size_t lose = 0)
        : session(certificate,
                  [this](std::span<const uint8_t> datagram, const rtp::Address& to) {
                      sent_to.push_back(to);
                      longest = std::max(longest, datagram.size());
                      to_browser_.emplace_back(datagram.begin(), datagram.end());
                  }),
          browser(
              [this](std::span<const uint8_t> datagram) { to_server_.emplace_back(datagram.begin(), datagram.end()); }),
          lose_(lose) {}

    void Offer(const std::string& association = "1") {
        parameters.local_ufrag = RandomText(8);
        parameters.local_password = RandomText(24);
        parameters.peer_ufrag = browser.ufrag;
        parameters.peer_fingerprint = browser.fingerprint();
        parameters.association = association;
        session.Connect(parameters, now);
        browser.TakeAnswer(parameters.local_ufrag, parameters.local_password, certificate.fingerprint());
    }
    void Deliver() {
        while (!to_server_.empty() || !to_browser_.empty()) {
            if (!to_server_.empty()) {
                auto datagram = std::move(to_server_.front());
                to_server_.pop_front();
                if (lose_ > 0 && --lose_ == 0) continue;
                Arrive(std::move(datagram), from);
            }
            if (!to_browser_.empty()) {
                const auto datagram = std::move(to_browser_.front());
                to_browser_.pop_front();
                browser.OnDatagram(datagram);
            }
        }
    }
    Session::Received Arrive(std::vector<uint8_t> datagram, const rtp::Address& source) {
        last_ = std::move(datagram);
        const auto received = session.OnDatagram(last_, source, now);
        if (received.kind == Session::Kind::kMedia) ++media;
        if (received.kind == Session::Kind::kForeign) ++foreign;
        return received;
    }
    void Establish() {
        Offer();
        browser.Check();
        Deliver();
        browser.Handshake();
        Deliver();
    }

    Certificate certificate;
    std::vector<rtp::Address> sent_to;
    size_t longest = 0;
    int media = 0;
    int foreign = 0;
    SteadyTime now{std::chrono::hours(1)};
    rtp::Address from = kHome;
    SessionParameters parameters;
    Session session;
    testing::Browser browser;

 private:
    std::deque<std::vector<uint8_t>> to_server_;
    std::deque<std::vector<uint8_t>> to_browser_;
    std::vector<uint8_t> last_;
    size_t lose_;
};

}  // namespace

TEST_CASE("a browser connects and both ends hear each other", "[session]") {
    Wire wire;
    wire.Establish();
    REQUIRE(wire.session.state() == Session::State::kConnected);
    REQUIRE(wire.browser.IsConnected());
    CHECK(wire.browser.is_validated);
    CHECK(wire.longest <= 1200);

    const auto plain = Rtp(7);
    const auto received = wire.Arrive(wire.browser.Protected(plain), kHome);
    REQUIRE(received.kind == Session::Kind::kMedia);
    CHECK(std::vector<uint8_t>(received.packet.begin(), received.packet.end()) == plain);

    auto answer = Rtp(9);
    answer.resize(answer.size() + kSrtpRoom);
    CHECK(wire.session.SendMedia(answer, answer.size() - kSrtpRoom));
    wire.Deliver();
    REQUIRE(wire.browser.media.size() == 1);
    CHECK(wire.browser.media[0] == Rtp(9));
}

TEST_CASE("without a valid check nothing is sent to anybody", "[session]") {
    Wire wire;
    wire.Offer();
    wire.browser.Handshake();  // a ClientHello out of the blue
    wire.Deliver();
    wire.browser.TakeAnswer(wire.parameters.local_ufrag, "wrong password of 24 lett", wire.certificate.fingerprint());
    wire.browser.Check();
    wire.browser.TakeAnswer("somebody", wire.parameters.local_password, wire.certificate.fingerprint());
    wire.browser.Check();
    wire.Deliver();
    wire.session.Tick();
    CHECK(wire.sent_to.empty());
    CHECK(wire.foreign == 3);
    CHECK(wire.session.state() == Session::State::kConnecting);
}

TEST_CASE("a peer whose certificate is not the announced one gets no keys", "[session]") {
    Wire wire;
    wire.Offer();
    wire.parameters.peer_fingerprint = wire.certificate.fingerprint();
    wire.session.Connect(wire.parameters, wire.now);
    wire.browser.Check();
    wire.Deliver();
    wire.browser.Handshake();
    wire.Deliver();
    CHECK(wire.session.state() == Session::State::kFailed);
    CHECK_FALSE(wire.session.CanSend());
}

TEST_CASE("a ClientHello spray from strangers does not disturb the handshake", "[session]") {
    Wire wire;
    wire.Offer();
    wire.browser.Check();
    wire.Deliver();
    std::vector<std::vector<uint8_t>> hellos;
    testing::Browser stranger([&](std::span<const uint8_t> d) { hellos.emplace_back(d.begin(), d.end()); });
    stranger.Handshake();
    for (int i = 0; i < 1000; ++i) wire.Arrive(hellos.at(0), kAway);
    wire.browser.Handshake();
    for (int i = 0; i < 1000; ++i) wire.Arrive(hellos.at(0), kAway);
    wire.Deliver();
    CHECK(wire.session.state() == Session::State::kConnected);
    CHECK(std::count(wire.sent_to.begin(), wire.sent_to.end(), kAway) == 0);
}

TEST_CASE("forged, changed and repeated packets insert nothing and end nothing", "[session]") {
    Wire wire;
    wire.Establish();
    const auto genuine = wire.browser.Protected(Rtp(1));
    CHECK(wire.Arrive(genuine, kAway).kind == Session::Kind::kForeign);
    CHECK(wire.Arrive(genuine, kHome).kind == Session::Kind::kMedia);
    CHECK(wire.Arrive(genuine, kHome).kind == Session::Kind::kForeign);
    for (size_t i = 0; i < genuine.size(); ++i) {
        auto changed = wire.browser.Protected(Rtp(static_cast<uint16_t>(100 + i)));
        changed[i] ^= 0x40;
        CHECK(wire.Arrive(changed, kHome).kind != Session::Kind::kMedia);
    }
    for (int i = 0; i < 10'000; ++i) wire.Arrive(Rtp(static_cast<uint16_t>(i)), kHome);
    const std::vector<uint8_t> alert{21, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40};
    wire.Arrive(alert, kHome);
    CHECK(wire.session.state() == Session::State::kConnected);
    CHECK(wire.Arrive(wire.browser.Protected(Rtp(2000)), kHome).kind == Session::Kind::kMedia);
    CHECK(wire.media == 2);
}

TEST_CASE("a lost flight of the handshake is sent again", "[session]") {
    // The check, ClientHello, then the client's second flight: its first datagram is lost.
    Wire wire(3);
    wire.Establish();
    CHECK(wire.session.state() == Session::State::kConnecting);
    // The timer is OpenSSL's own and runs on the machine's clock.
    const auto patience = SystemClock().SteadyNow() + std::chrono::seconds(5);
    while (!wire.browser.IsConnected() && SystemClock().SteadyNow() < patience) {
        wire.session.Tick();
        wire.browser.Tick();
        wire.Deliver();
    }
    CHECK(wire.session.state() == Session::State::kConnected);
}

TEST_CASE("a check from a new address moves the session there, and keeps its keys", "[session]") {
    Wire wire;
    wire.Establish();
    CHECK(wire.session.peer() == kHome);
    wire.from = kAway;
    CHECK(wire.Arrive(wire.browser.Protected(Rtp(1)), kAway).kind == Session::Kind::kForeign);
    wire.Offer();  // an ICE restart of the same page
    wire.browser.Check();
    wire.Deliver();
    CHECK(wire.session.peer() == kAway);
    CHECK(wire.session.state() == Session::State::kConnected);
    CHECK(wire.Arrive(wire.browser.Protected(Rtp(2)), kAway).kind == Session::Kind::kMedia);
}

TEST_CASE("another page takes the session over, and the old one is deaf", "[session]") {
    Wire wire;
    wire.Establish();
    const auto old_packet = wire.browser.Protected(Rtp(1));
    wire.browser.ufrag = "page2";
    wire.Offer("2");
    CHECK(wire.session.state() == Session::State::kConnecting);
    CHECK_FALSE(wire.session.CanSend());
    wire.browser.Check();
    wire.Deliver();
    wire.browser.Handshake();
    wire.Deliver();
    CHECK(wire.session.state() == Session::State::kConnected);
    CHECK(wire.Arrive(old_packet, kHome).kind == Session::Kind::kForeign);
    CHECK(wire.Arrive(wire.browser.Protected(Rtp(1)), kHome).kind == Session::Kind::kMedia);
}

TEST_CASE("a page that says good-bye ends the association", "[session]") {
    Wire wire;
    wire.Establish();
    wire.browser.Close();
    wire.Deliver();
    CHECK(wire.session.state() == Session::State::kFailed);
}

}  // namespace trunkline::webrtc
