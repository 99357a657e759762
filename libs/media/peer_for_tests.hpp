// For tests: an RTP endpoint on a real socket that says a tone and remembers what it is sent, and a log of events.
#pragma once
#include <poll.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clock/clock.hpp"
#include "media/engine.hpp"
#include "media/frame.hpp"
#include "media/g711.hpp"
#include "media/tone.hpp"
#include "media/udp_socket.hpp"
#include "rtp/packet.hpp"

namespace trunkline::media::testing {

class Peer {
 public:
    static constexpr uint8_t kDigitType = 101;

    explicit Peer(Codec codec = Codec::kPcma, double tone_hz = 0)
        : codec_(codec), socket_(std::move(*UdpSocket::Bind(*rtp::MakeAddress("127.0.0.1", 0)))) {
        sockaddr_storage storage{};
        socklen_t length = sizeof storage;
        getsockname(socket_.descriptor(), reinterpret_cast<sockaddr*>(&storage), &length);
        address = rtp::FromSocketAddress(storage);
        if (tone_hz > 0) tone_.emplace(Tone{tone_hz});
    }

    void SetTone(const Tone& tone) { tone_.emplace(tone); }

    // What the engine is told about this peer.
    Remote remote() const {
        Remote remote;
        remote.address = address;
        remote.codec = codec_;
        remote.send_digit_type = remote.receive_digit_type = kDigitType;
        return remote;
    }

    // 20 ms of tone or silence.
    void Say() {
        Frame frame{};
        if (tone_) tone_->Fill(frame);
        std::vector<uint8_t> packet(rtp::kHeaderBytes + kFrameSamples);
        rtp::WriteHeader({static_cast<uint8_t>(codec_), false, sequence++, timestamp, ssrc}, packet.data());
        Encode(codec_, frame, std::span(packet).subspan(rtp::kHeaderBytes));
        timestamp += kFrameSamples;
        socket_.Send(packet, engine);
    }

    // One packet of an event that began at `start`.
    void SayDigit(uint8_t event, bool end, uint16_t duration, uint32_t start) {
        std::vector<uint8_t> packet(rtp::kHeaderBytes + 4);
        rtp::WriteHeader({digit_type, false, sequence++, start, ssrc}, packet.data());
        packet[12] = event;
        packet[13] = end ? 0x8A : 0x0A;
        packet[14] = static_cast<uint8_t>(duration >> 8);
        packet[15] = static_cast<uint8_t>(duration);
        socket_.Send(packet, engine);
    }

    void Listen() {
        for (size_t count = socket_.Receive(batch_); count > 0; count = socket_.Receive(batch_)) {
            for (size_t i = 0; i < count; ++i) Keep(batch_.datagram(i));
        }
    }

    void Forget() {
        headers.clear();
        heard.clear();
        digit_payloads.clear();
    }

    rtp::Address address;
    rtp::Address engine;
    uint16_t sequence = 65000;
    uint32_t timestamp = 4'000'000'000;
    uint32_t ssrc = 42;
    // Of the events it says; it hears kDigitType only.
    uint8_t digit_type = kDigitType;

    // Of all packets that came, audio and digits.
    std::vector<rtp::Header> headers;
    std::vector<int16_t> heard;
    std::vector<std::array<uint8_t, 4>> digit_payloads;

 private:
    void Keep(std::span<uint8_t> datagram) {
        const auto packet = rtp::ParsePacket(datagram);
        if (!packet) return;
        headers.push_back(packet->header);
        if (packet->header.payload_type == kDigitType) {
            std::array<uint8_t, 4> payload{};
            std::copy_n(packet->payload.begin(), 4, payload.begin());
            digit_payloads.push_back(payload);
            return;
        }
        std::vector<int16_t> samples(packet->payload.size());
        Decode(static_cast<Codec>(packet->header.payload_type), packet->payload, samples);
        heard.insert(heard.end(), samples.begin(), samples.end());
    }

    Codec codec_;
    UdpSocket socket_;
    ReceiveBatch batch_;
    std::optional<ToneGenerator> tone_;
};

// Lets all peers speak and listen in real time.
inline void Talk(std::vector<Peer*> peers, int millis) {
    const SystemClock clock;
    SteadyTime due = clock.SteadyNow();
    for (int spoken = 0; spoken < millis; spoken += kFrameMillis) {
        for (Peer* peer : peers) peer->Say();
        due += std::chrono::milliseconds(kFrameMillis);
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(due - clock.SteadyNow());
        poll(nullptr, 0, static_cast<int>(std::max<int64_t>(0, left.count())));
        for (Peer* peer : peers) peer->Listen();
    }
}

// Nobody speaks; everybody listens.
inline void Hush(std::vector<Peer*> peers, int millis) {
    poll(nullptr, 0, millis);
    for (Peer* peer : peers) peer->Listen();
}

// Keeps the events of an engine.
class EventLog {
 public:
    std::function<void(Event)> sink() {
        return [this](Event event) {
            const std::scoped_lock lock(mutex_);
            events_.push_back(std::move(event));
            changed_.notify_all();
        };
    }

    // The next event of a kind, waiting up to 3 s; each is given once.
    template <class Kind>
    std::optional<Kind> Next() {
        std::unique_lock lock(mutex_);
        std::optional<Kind> found;
        changed_.wait_for(lock, std::chrono::seconds(3), [&] { return (found = Take<Kind>()).has_value(); });
        return found;
    }

    // The next event of a kind that has already come.
    template <class Kind>
    std::optional<Kind> Now() {
        const std::scoped_lock lock(mutex_);
        return Take<Kind>();
    }

 private:
    template <class Kind>
    std::optional<Kind> Take() {
        const auto is_kind = [](const Event& event) { return std::holds_alternative<Kind>(event); };
        const auto found = std::find_if(events_.begin(), events_.end(), is_kind);
        if (found == events_.end()) return std::nullopt;
        auto kind = std::get<Kind>(*found);
        events_.erase(found);
        return kind;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Event> events_;
};

// An empty folder that is gone with the test.
class TemporaryFolder {
 public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "trunkline-media-XXXXXX").string();
        if (mkdtemp(name.data()) != nullptr) path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
    std::filesystem::path path_;
};

}  // namespace trunkline::media::testing
