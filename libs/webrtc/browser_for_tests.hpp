// For tests: the browser's end of a WebRTC session, as honest as the server's own parts make it. No I/O.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "webrtc/dtls.hpp"
#include "webrtc/srtp.hpp"
#include "webrtc/stun.hpp"

namespace trunkline::webrtc::testing {

class Browser {
 public:
    using Send = std::function<void(std::span<const uint8_t>)>;

    explicit Browser(Send send) : send_(std::move(send)) {}

    const std::string& fingerprint() const { return certificate_.fingerprint(); }
    std::string ufrag = "them";
    bool is_validated = false;
    std::vector<std::vector<uint8_t>> media;    // opened
    std::vector<std::vector<uint8_t>> control;  // opened

    // The server's part of the answer.
    void TakeAnswer(const std::string& server_ufrag, const std::string& password, const std::string& server_print) {
        username_ = server_ufrag + ":" + ufrag;
        password_ = password;
        server_print_ = server_print;
    }
    void Check(bool nominate = true) {
        transaction_[0]++;
        send_(WriteBindingRequest(transaction_, username_, password_, nominate));
    }
    void Handshake() {
        dtls_ = std::make_unique<Dtls>(certificate_, DtlsRole::kClient, server_print_, send_);
        srtp_.reset();
        dtls_->Start();
    }
    void Tick() {
        if (dtls_) dtls_->Tick();
    }
    bool IsConnected() const { return srtp_.has_value(); }
    bool HasFailed() const { return dtls_ && dtls_->state() == Dtls::State::kFailed; }
    void Close() { dtls_->Close(); }

    void OnDatagram(std::span<const uint8_t> datagram) {
        std::vector<uint8_t> copy(datagram.begin(), datagram.end());
        if (datagram[0] < 4) {
            const auto message = ParseStun(datagram);
            is_validated = message && message->type == kBindingResponse && message->transaction == transaction_ &&
                           IsAuthentic(datagram, *message, password_);
        } else if (datagram[0] < 64) {
            dtls_->OnDatagram(datagram);
            if (!srtp_ && dtls_->keys()) {
                const SrtpKeys& keys = *dtls_->keys();
                auto made = Srtp::Make(keys.profile, keys.receive, keys.send);
                if (made) srtp_ = std::move(*made);
            }
        } else if (srtp_) {
            const bool is_control = datagram[1] >= 192 && datagram[1] < 224;
            const auto opened = is_control ? srtp_->OpenControl(copy) : srtp_->Open(copy);
            if (opened) (is_control ? control : media).emplace_back(opened->begin(), opened->end());
        }
    }
    std::vector<uint8_t> Protected(std::vector<uint8_t> packet) {
        const size_t size = packet.size();
        packet.resize(size + kSrtpRoom);
        packet.resize(srtp_->Protect(packet, size));
        return packet;
    }
    void Say(std::vector<uint8_t> packet) { send_(Protected(std::move(packet))); }

 private:
    Certificate certificate_;
    Send send_;
    std::string username_;
    std::string password_;
    std::string server_print_;
    StunTransaction transaction_{};
    std::unique_ptr<Dtls> dtls_;
    std::optional<Srtp> srtp_;
};

}  // namespace trunkline::webrtc::testing
