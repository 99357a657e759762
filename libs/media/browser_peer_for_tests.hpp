// For tests: a browser on a real socket that says a tone and remembers what it hears.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "media/peer_for_tests.hpp"
#include "webrtc/browser_for_tests.hpp"
#include "webrtc/session.hpp"

namespace trunkline::media::testing {

class BrowserPeer {
 public:
    static constexpr uint8_t kDigitType = 126;

    explicit BrowserPeer(double tone_hz = 0)
        : browser([this](std::span<const uint8_t> datagram) { socket_.Send(datagram, engine); }) {
        Move();
        if (tone_hz > 0) tone_.emplace(Tone{tone_hz});
    }

    // Another port, as after a change of network.
    void Move() { socket_ = std::move(*UdpSocket::Bind(*rtp::MakeAddress("127.0.0.1", 0))); }

    static Remote remote() {
        Remote remote;
        remote.codec = Codec::kPcma;
        remote.send_digit_type = remote.receive_digit_type = kDigitType;
        return remote;
    }

    // Offers itself to the line and goes through ICE and DTLS; false if that takes more than 3 s.
    bool Connect(Engine& server, const LegId& line, const std::string& association) {
        webrtc::SessionParameters parameters;
        parameters.local_ufrag = webrtc::RandomText(8);
        parameters.local_password = webrtc::RandomText(24);
        parameters.peer_ufrag = browser.ufrag;
        parameters.peer_fingerprint = browser.fingerprint();
        parameters.association = association;
        if (!server.ConnectLine(line, parameters)) return false;
        browser.TakeAnswer(parameters.local_ufrag, parameters.local_password, server.Fingerprint());
        return Shake();
    }

    // ICE and DTLS, with what the answer said.
    bool Shake() {
        browser.is_validated = false;
        for (int i = 0; i < 150 && !browser.is_validated; ++i) {
            browser.Check();
            Wait();
        }
        if (!browser.IsConnected()) browser.Handshake();
        for (int i = 0; i < 150 && !browser.IsConnected(); ++i) {
            browser.Tick();
            Wait();
        }
        return browser.is_validated && browser.IsConnected();
    }

    void Say() {
        Frame frame{};
        if (tone_) tone_->Fill(frame);
        std::vector<uint8_t> packet(rtp::kHeaderBytes + kFrameSamples);
        rtp::WriteHeader({8, false, sequence++, timestamp, ssrc}, packet.data());
        Encode(Codec::kPcma, frame, std::span(packet).subspan(rtp::kHeaderBytes));
        timestamp += kFrameSamples;
        browser.Say(std::move(packet));
    }

    void SayDigit(uint8_t event, bool end, uint16_t duration, uint32_t start) {
        std::vector<uint8_t> packet(rtp::kHeaderBytes + 4);
        rtp::WriteHeader({kDigitType, false, sequence++, start, ssrc}, packet.data());
        packet[12] = event;
        packet[13] = end ? 0x8A : 0x0A;
        packet[14] = static_cast<uint8_t>(duration >> 8);
        packet[15] = static_cast<uint8_t>(duration);
        browser.Say(std::move(packet));
    }

    void Listen() {
        for (size_t count = socket_.Receive(batch_); count > 0; count = socket_.Receive(batch_)) {
            for (size_t i = 0; i < count; ++i) browser.OnDatagram(batch_.datagram(i));
        }
        for (auto& packet : browser.media) Keep(packet);
        browser.media.clear();
    }

    void Forget() {
        headers.clear();
        heard.clear();
        digits = 0;
    }

    const UdpSocket& socket() const { return socket_; }
    rtp::Address engine;
    webrtc::testing::Browser browser;
    uint16_t sequence = 100;
    uint32_t timestamp = 1000;
    uint32_t ssrc = 77;
    std::vector<rtp::Header> headers;
    std::vector<int16_t> heard;
    int digits = 0;  // packets of them

 private:
    void Wait() {
        poll(nullptr, 0, 20);
        Listen();
    }
    void Keep(std::span<uint8_t> bytes) {
        const auto packet = rtp::ParsePacket(bytes);
        if (!packet) return;
        headers.push_back(packet->header);
        if (packet->header.payload_type == kDigitType) {
            ++digits;
            return;
        }
        std::vector<int16_t> samples(packet->payload.size());
        Decode(static_cast<Codec>(packet->header.payload_type), packet->payload, samples);
        heard.insert(heard.end(), samples.begin(), samples.end());
    }

    UdpSocket socket_;
    ReceiveBatch batch_;
    std::optional<ToneGenerator> tone_;
};

}  // namespace trunkline::media::testing
