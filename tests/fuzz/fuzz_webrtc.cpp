// Any datagrams at the port of a connected browser, from the browser's address and from another: none of them is media,
// none ends the session, and nothing is sent to the other address. An input is a row of datagrams, each behind a byte
// that tells its source and a byte that tells its length.
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "require.hpp"
#include "webrtc/browser_for_tests.hpp"
#include "webrtc/session.hpp"

using trunkline::SteadyTime;
using trunkline::fuzz::Require;
using namespace trunkline;
using webrtc::Session;

namespace {

using Datagrams = std::deque<std::vector<uint8_t>>;

const rtp::Address kHome = *rtp::MakeAddress("192.0.2.10", 40000);
const rtp::Address kAway = *rtp::MakeAddress("198.51.100.7", 50000);
const SteadyTime kNow{std::chrono::hours(1)};

struct Connected {
    Connected() {
        webrtc::SessionParameters parameters{"server", "a password of 24 letters", browser.ufrag, browser.fingerprint(),
                                             "1"};
        session.Connect(parameters, kNow);
        browser.TakeAnswer(parameters.local_ufrag, parameters.local_password, certificate.fingerprint());
        browser.Check();
        Deliver();
        browser.Handshake();
        Deliver();
    }
    void Deliver() {
        while (!to_server.empty() || !to_browser.empty()) {
            if (!to_server.empty()) {
                session.OnDatagram(to_server.front(), kHome, kNow);
                to_server.pop_front();
            }
            if (!to_browser.empty()) {
                browser.OnDatagram(to_browser.front());
                to_browser.pop_front();
            }
        }
    }

    webrtc::Certificate certificate;
    Datagrams to_server;
    Datagrams to_browser;
    bool has_answered_stranger = false;
    Session session{certificate, [this](std::span<const uint8_t> datagram, const rtp::Address& to) {
                        has_answered_stranger = has_answered_stranger || to == kAway;
                        to_browser.emplace_back(datagram.begin(), datagram.end());
                    }};
    webrtc::testing::Browser browser{
        [this](std::span<const uint8_t> datagram) { to_server.emplace_back(datagram.begin(), datagram.end()); }};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static const auto made = std::make_unique<Connected>();
    for (size_t at = 0; at + 2 <= size;) {
        const rtp::Address& from = (data[at] & 1) != 0 ? kHome : kAway;
        const size_t length = std::min<size_t>(data[at + 1], size - at - 2);
        std::vector<uint8_t> datagram(data + at + 2, data + at + 2 + length);
        const auto received = made->session.OnDatagram(datagram, from, kNow);
        Require(received.kind != Session::Kind::kMedia && received.kind != Session::Kind::kControl,
                "nothing forged is media");
        at += 2 + length;
    }
    made->to_browser.clear();
    Require(made->session.state() == Session::State::kConnected, "nothing forged ends the session");
    Require(!made->has_answered_stranger && made->session.peer() == kHome, "a stranger gets and moves nothing");
    return 0;
}
