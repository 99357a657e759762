// Tests of the lines of browsers with real sockets and real DTLS.
#include <catch2/catch.hpp>

#include "media/browser_peer_for_tests.hpp"
#include "media/stage_for_tests.hpp"

namespace trunkline::media {
namespace {

using testing::BrowserPeer;
using testing::Stage;

const LegId kLine{"line"};
const LegId kAgent{"agent"};

// A customer on leg-0 and a browser on a line that is lent to the agent's leg.
struct Desk : Stage {
    explicit Desk(EngineOptions options = {}) : Stage(std::move(options)) {
        const auto opened = engine.OpenLine(kLine);
        REQUIRE(opened);
        browser.engine = opened->local;
        REQUIRE(browser.Connect(engine, kLine, "page 1"));
        Add(Codec::kPcma, 500);
    }
    // Before the browser's port is free for others.
    ~Desk() { engine.Stop(); }
    void Answer(const LegId& leg = kAgent) {
        REQUIRE(engine.OpenLineLeg(leg, {std::chrono::seconds(1)}));
        REQUIRE(engine.SetRemote(leg, BrowserPeer::remote()));
        REQUIRE(engine.LendLine(kLine, leg));
        REQUIRE(engine.Connect(testing::kBridge, Leg(0)));
        REQUIRE(engine.Connect(testing::kBridge, leg));
    }
    // Both speak; what was heard in the first 100 ms is forgotten.
    void Speak(int millis) {
        for (int spoken = -100; spoken < millis; spoken += kFrameMillis) {
            if (spoken == 0) {
                browser.Forget();
                peers[0]->Forget();
            }
            browser.Say();
            if (spoken % 1000 == 0) browser.browser.Check();
            testing::Talk({peers[0].get()}, kFrameMillis);
            browser.Listen();
        }
    }
    bool BothHear() {
        Speak(400);
        return testing::Hears(*peers[0], 900) && ToneLevel(browser.heard, 500) > 2000;
    }

    BrowserPeer browser{900};
};

}  // namespace

TEST_CASE("line: a browser and a telephone hear each other, without decoding", "[media][line]") {
    Desk desk;
    desk.Answer();
    CHECK(desk.BothHear());
    CHECK(desk.engine.Totals().packets_relayed > 20);
    bool connected = false;
    while (const auto changed = desk.log.Now<LineChanged>()) {
        connected = connected || (changed->line == kLine && changed->state == LineState::kConnected);
    }
    CHECK(connected);
}

TEST_CASE("line: the browser is sent one stream through all its calls", "[media][line]") {
    Desk desk;
    desk.Answer();
    desk.Speak(200);
    const rtp::Header before = desk.browser.headers.back();
    REQUIRE(desk.engine.CloseLeg(kAgent));
    desk.Answer(LegId("agent-2"));
    CHECK(desk.BothHear());
    for (const rtp::Header& header : desk.browser.headers) {
        CHECK(header.ssrc == before.ssrc);
        CHECK(rtp::IsAfter(header.sequence, before.sequence));
    }
}

TEST_CASE("line: a reloaded page is heard again in the same call", "[media][line]") {
    Desk desk;
    desk.Answer();
    REQUIRE(desk.BothHear());
    BrowserPeer next(900);
    next.engine = desk.browser.engine;
    next.ssrc = 78;
    REQUIRE(next.Connect(desk.engine, kLine, "page 2"));
    // The page before is deaf and dumb from now on.
    desk.peers[0]->Forget();
    testing::Talk({desk.peers[0].get()}, 200);
    desk.peers[0]->Forget();
    for (int i = 0; i < 10; ++i) {
        desk.browser.Say();
        testing::Talk({desk.peers[0].get()}, kFrameMillis);
    }
    CHECK_FALSE(testing::HasHeard(*desk.peers[0], 900));
    for (int i = 0; i < 30; ++i) {
        next.Say();
        testing::Talk({desk.peers[0].get()}, kFrameMillis);
        next.Listen();
    }
    CHECK(testing::HasHeard(*desk.peers[0], 900));
    CHECK(ToneLevel(next.heard, 500) > 2000);
}

TEST_CASE("line: another network, the same page", "[media][line]") {
    Desk desk;
    desk.Answer();
    REQUIRE(desk.BothHear());
    desk.browser.Move();
    REQUIRE(desk.browser.Connect(desk.engine, kLine, "page 1"));
    CHECK(desk.BothHear());
}

TEST_CASE("line: keys of the browser reach the engine's owner and the customer", "[media][line]") {
    Desk desk;
    desk.Answer();
    desk.Speak(100);
    desk.peers[0]->Forget();
    const uint32_t start = desk.browser.timestamp;
    for (int i = 1; i <= 5; ++i) desk.browser.SayDigit(7, false, static_cast<uint16_t>(i * 160), start);
    for (int i = 0; i < 3; ++i) desk.browser.SayDigit(7, true, 960, start);
    const auto digit = desk.log.Next<DigitPressed>();
    REQUIRE(digit);
    CHECK(digit->leg == kAgent);
    CHECK(digit->digit == '7');
    testing::Hush({desk.peers[0].get()}, 60);
    CHECK(desk.peers[0]->digit_payloads.size() == 8);

    desk.peers[0]->Forget();
    REQUIRE(desk.engine.PressDigits(kAgent, "5"));
    CHECK(desk.log.Next<DigitPressed>()->digit == '5');
    for (int i = 0; i < 15; ++i) {
        desk.browser.Say();
        testing::Talk({desk.peers[0].get()}, kFrameMillis);
    }
    CHECK(desk.peers[0]->digit_payloads.size() > 3);
    CHECK_FALSE(desk.engine.PressDigits(kAgent, "5x"));
}

TEST_CASE("line: a browser that is gone is missed, one whose microphone is off is not", "[media][line]") {
    Desk desk;
    desk.Answer();
    for (int i = 0; i < 75; ++i) {  // 1.5 s of checks alone
        if (i % 20 == 0) desk.browser.browser.Check();
        testing::Talk({desk.peers[0].get()}, kFrameMillis);
        desk.browser.Listen();
    }
    CHECK_FALSE(desk.log.Now<MediaTimeout>());
    const auto timeout = desk.log.Next<MediaTimeout>();
    REQUIRE(timeout);
    CHECK(timeout->leg == kAgent);
}

TEST_CASE("line: a leg that lost the line to another is silent and misses nobody", "[media][line]") {
    Desk desk;
    desk.Answer();
    REQUIRE(desk.engine.OpenLineLeg(LegId("second"), {std::chrono::seconds(1)}));
    REQUIRE(desk.engine.SetRemote(LegId("second"), BrowserPeer::remote()));
    REQUIRE(desk.engine.LendLine(kLine, LegId("second")));
    desk.Speak(1500);
    CHECK_FALSE(testing::HasHeard(*desk.peers[0], 900));
    CHECK_FALSE(desk.log.Now<MediaTimeout>());
    REQUIRE(desk.engine.LendLine(kLine, kAgent));
    CHECK(desk.BothHear());
}

TEST_CASE("line: a line may be held by a leg of another thread, and is handed on in order", "[media][line]") {
    EngineOptions options;
    options.threads = 3;
    Desk desk(options);
    desk.Answer();
    CHECK(desk.BothHear());
    for (int i = 0; i < 20; ++i) {
        const LegId leg("other-" + std::to_string(i));
        REQUIRE(desk.engine.OpenLineLeg(leg, {}));
        REQUIRE(desk.engine.LendLine(kLine, leg));
        if (i % 3 == 0) REQUIRE(desk.engine.CloseLeg(leg));
    }
    REQUIRE(desk.engine.LendLine(kLine, kAgent));
    CHECK(desk.BothHear());
}

TEST_CASE("line: the idle browser hears himself when asked to", "[media][line]") {
    Desk desk;
    REQUIRE(desk.engine.SetRemote(kLine, BrowserPeer::remote()));
    REQUIRE(desk.engine.Echo(kLine, true));
    desk.Speak(300);
    CHECK(ToneLevel(desk.browser.heard, 900) > 2000);
    REQUIRE(desk.engine.Echo(kLine, false));
    desk.Speak(300);
    CHECK(ToneLevel(desk.browser.heard, 900) < 100);
}

TEST_CASE("line: forged packets insert nothing, end nothing, and are answered by nothing", "[media][line]") {
    Desk desk;
    desk.Answer();
    REQUIRE(desk.BothHear());
    auto stranger = UdpSocket::Bind(*rtp::MakeAddress("127.0.0.1", 0));
    REQUIRE(stranger);
    const EngineTotals before = desk.engine.Totals();
    std::vector<uint8_t> forged(rtp::kHeaderBytes + kFrameSamples + 10, 0xd5);
    std::vector<uint8_t> hello(200, 0);
    hello[0] = 22;
    std::vector<uint8_t> check(40, 0);
    check[1] = 1;
    int sent = 0;
    for (int tick = 0; tick < 50; ++tick) {
        for (int i = 0; i < 15; ++i) {
            rtp::WriteHeader({8, false, static_cast<uint16_t>(sent), 0, desk.browser.ssrc}, forged.data());
            for (const auto* packet : {&forged, &hello, &check}) {
                stranger->Send(*packet, desk.browser.engine);
                ++sent;
            }
            // As if the browser's own address had been forged.
            desk.browser.socket().Send(forged, desk.browser.engine);
            ++sent;
        }
        desk.browser.Say();
        testing::Talk({desk.peers[0].get()}, kFrameMillis);
        desk.browser.Listen();
    }
    ReceiveBatch batch;
    CHECK(stranger->Receive(batch) == 0);
    const EngineTotals after = desk.engine.Totals();
    // The genuine ones of both sides, and no other.
    CHECK(after.packets_received - before.packets_received <= 100);
    CHECK(after.packets_received - before.packets_received >= 95);
    CHECK(after.foreign_dropped > before.foreign_dropped);
    CHECK_FALSE(desk.log.Now<MediaTimeout>());
    CHECK(desk.BothHear());
}

}  // namespace trunkline::media
