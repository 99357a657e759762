// One leg's way into a recording: puts its packets on the recording's time line.
#pragma once
#include <memory>
#include <span>

#include "media/journal_writer.hpp"

namespace trunkline::media {

// Where packets of one RTP stream lie on a time line that runs by our clock. The first packet is put where it arrives;
// the next ones by their timestamps, so network jitter does not move them; a mean deviation above 20 ms (the peer's
// crystal) or a jump above 200 ms (a new stream) puts them right again.
class StreamPlacer {
 public:
    // `arrival`: samples on the time line now. `samples`: of this packet. Returns the packet's first sample.
    uint64_t Place(uint32_t timestamp, uint32_t samples, uint64_t arrival);

 private:
    bool started_ = false;
    uint32_t last_timestamp_ = 0;
    // Of last_timestamp_; signed, as a packet may belong before the start.
    int64_t last_position_ = 0;
    double deviation_ = 0;
};

class RecordingTap {
 public:
    RecordingTap(std::shared_ptr<Journal> journal, Side side, uint8_t leg)
        : journal_(std::move(journal)), side_(side), leg_(leg) {}

    const Journal* journal() const { return journal_.get(); }
    // What the leg says, as received.
    void OnReceived(Codec codec, uint32_t timestamp, std::span<const uint8_t> payload, SteadyTime now);
    // A prompt the leg hears, if it is a left leg: the customer's announcements belong to the record.
    void OnPrompt(Codec codec, uint32_t timestamp, std::span<const uint8_t> payload, SteadyTime now);

 private:
    std::shared_ptr<Journal> journal_;
    Side side_;
    uint8_t leg_;
    StreamPlacer received_;
    StreamPlacer prompt_;
};

}  // namespace trunkline::media
