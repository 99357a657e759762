// One leg: what it receives, checks, tells, records and passes on.
#include "media/leg.hpp"
#include "rtp/control.hpp"

namespace trunkline::media {

void Leg::ReceiveMedia(ReceiveBatch& batch, SteadyTime now) {
    size_t count = 0;
    do {
        count = rtp().Receive(batch);
        OnBatch(batch, count, now);
        // The relayed packets lie in the batch, which will be used again.
        if (relay_to_ != nullptr) relay_to_->Flush();
    } while (count == ReceiveBatch::kDatagrams);
}

void Leg::OnBatch(ReceiveBatch& batch, size_t count, SteadyTime now) {
    for (size_t i = 0; i < count; ++i) {
        auto datagram = batch.datagram(i);
        if (line_) {
            datagram = OpenLine(datagram, batch.from(i), now);
            if (datagram.empty()) continue;
        }
        auto packet = rtp::ParsePacket(datagram);
        const bool known_type = packet && (packet->header.payload_type == static_cast<uint8_t>(remote_.codec) ||
                                           packet->header.payload_type == remote_.receive_digit_type);
        if (!known_type) {
            CountMalformed();
            continue;
        }
        if (!Genuine(packet->header, batch.from(i), now)) continue;
        OnPacket(*packet, now);
    }
}

std::span<uint8_t> Leg::OpenLine(std::span<uint8_t> datagram, const rtp::Address& from, SteadyTime now) {
    using Kind = webrtc::Session::Kind;
    const auto received = line_->Open(datagram, from, now);
    if (received.kind == Kind::kForeign) CountForeign();
    if (received.kind == Kind::kMalformed) CountMalformed();
    if (received.kind == Kind::kControl) OnReport(received.packet, from, now);
    return received.kind == Kind::kMedia ? received.packet : std::span<uint8_t>();
}

bool Leg::Genuine(const rtp::Header& header, const rtp::Address& from, SteadyTime now) {
    // A line opens only what its browser made.
    if (line_) return true;
    const auto verdict = lock_.OnPacket(from, header.sequence, header.ssrc, now);
    if (verdict == rtp::Verdict::kForeign) CountForeign();
    if (verdict == rtp::Verdict::kLocked) context_.tell(RemoteLocked{id_, from});
    return verdict == rtp::Verdict::kAccept || verdict == rtp::Verdict::kLocked;
}

void Leg::OnPacket(rtp::Packet& packet, SteadyTime now) {
    if (packet.header.ssrc != received_ssrc_) {
        received_ssrc_ = packet.header.ssrc;
        received_ = {};
    }
    if (!received_.OnPacket(packet.header.sequence, packet.header.timestamp, now)) return;
    ++statistics_.packets_received;
    Count(context_.counters.packets_received);
    heard_at_ = now;
    timeout_told_ = false;
    if (!MayReceive()) return;
    if (packet.header.payload_type == static_cast<uint8_t>(remote_.codec)) {
        OnAudio(packet, now);
    } else {
        OnDigitPacket(packet, now);
    }
}

void Leg::OnAudio(rtp::Packet& packet, SteadyTime now) {
    for (auto& tap : taps_) tap.OnReceived(remote_.codec, packet.header.timestamp, packet.payload, now);
    if (jitter_) jitter_->Put(remote_.codec, packet.header.timestamp, packet.payload);
    if (relay_to_ != nullptr && !muted_) relay_to_->Relay(packet, false, now);
}

void Leg::OnDigitPacket(rtp::Packet& packet, SteadyTime now) {
    const auto step = digit_receiver_.OnPacket(packet.header.timestamp, packet.payload, now);
    if (step.started && barge_in_) EndPlay(PlayResult::kBarged);
    for (const auto& digit : step.ended) OnDigit(digit, now);
    if (relay_to_ != nullptr && !muted_) relay_to_->Relay(packet, true, now);
}

void Leg::OnDigit(const rtp::Digit& digit, SteadyTime now) {
    context_.tell(DigitPressed{id_, digit.digit, digit.millis, context_.clock.Now() - (now - digit.at)});
    if (muted_) return;
    const std::string_view text(&digit.digit, 1);
    for (Leg* listener : digit_listeners_) listener->SendDigits(text);
    if (relay_to_ != nullptr && !relay_to_->remote_.send_digit_type) relay_to_->SendDigits(text);
}

void Leg::Relay(rtp::Packet& packet, bool digit, SteadyTime now) {
    if (!MaySend() || player_.active() || digit_sender_.busy() || in_band_digits_.active()) return;
    if (digit && !remote_.send_digit_type) return;
    const uint8_t payload_type = digit ? *remote_.send_digit_type : static_cast<uint8_t>(remote_.codec);
    const auto samples = static_cast<uint32_t>(digit ? 0 : packet.payload.size());
    const auto header = stream().Relay(packet.header, payload_type, samples, now);
    if (!header) return;
    // In place: there is always room for a plain header before the payload.
    uint8_t* start = packet.payload.data() - rtp::kHeaderBytes;
    rtp::WriteHeader(*header, start);
    relayed_.push_back({start, rtp::kHeaderBytes + packet.payload.size()});
    relayed_at_ = now;
    payload_bytes_sent_ += packet.payload.size();
}

void Leg::Flush() {
    if (relayed_.empty()) return;
    if (line_) {
        line_->SendBatch(relayed_);
    } else {
        rtp_.SendBatch(relayed_, lock_.Target());
    }
    statistics_.packets_sent += relayed_.size();
    context_.counters.packets_sent.fetch_add(relayed_.size(), std::memory_order_relaxed);
    context_.counters.packets_relayed.fetch_add(relayed_.size(), std::memory_order_relaxed);
    relayed_.clear();
}

void Leg::ReceiveControl(ReceiveBatch& batch, SteadyTime now) {
    size_t count = 0;
    do {
        count = control_.Receive(batch);
        for (size_t i = 0; i < count; ++i) OnReport(batch.datagram(i), batch.from(i), now);
    } while (count == ReceiveBatch::kDatagrams);
}

void Leg::OnReport(std::span<const uint8_t> datagram, const rtp::Address& from, SteadyTime now) {
    const auto report = rtp::ParseControl(datagram, stream().ssrc());
    if (!report) {
        CountMalformed();
    } else if (!line_ && !lock_.AcceptsControl(from, report->ssrc)) {
        CountForeign();
    } else {
        if (report->sender_report) {
            sender_report_ = *report->sender_report;
            sender_report_at_ = now;
        }
        if (report->about_us) statistics_.peer_loss_percent = report->about_us->fraction_lost * 100.0 / 256;
    }
}

void Leg::CountMalformed() {
    ++statistics_.malformed_dropped;
    Count(context_.counters.malformed_dropped);
}

void Leg::CountForeign() {
    ++statistics_.foreign_dropped;
    Count(context_.counters.foreign_dropped);
}

}  // namespace trunkline::media
