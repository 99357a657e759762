// Makes the playable stereo file of a recording journal.
#include <algorithm>
#include <vector>

#include "media/frame.hpp"
#include "media/g711.hpp"
#include "media/journal.hpp"
#include "media/wav.hpp"

namespace trunkline::media {
namespace {

// Frames of several legs come in the order of their arrival; none is this much older than another one before it.
constexpr uint64_t kWindowSamples = 10 * kSampleRate;
constexpr size_t kPieceSamples = kSampleRate;

// Mixes frames on a moving window of the time line and hands over what can no longer change.
class Timeline {
 public:
    explicit Timeline(WavWriter& writer) : writer_(writer), sums_(2 * kWindowSamples) {}

    void Add(const JournalFrame& frame) {
        const uint64_t end = frame.start_sample + frame.samples;
        if (end > written_ + kWindowSamples) WriteTo(end - kWindowSamples);
        for (size_t i = 0; i < frame.payload.size(); ++i) {
            const uint64_t sample = frame.start_sample + i;
            if (sample >= written_) Cell(sample, frame.side) += Decode(frame.codec, frame.payload[i]);
        }
    }

    void WriteTo(uint64_t end) {
        while (written_ < end) {
            const auto count = static_cast<size_t>(std::min<uint64_t>(end - written_, kPieceSamples));
            std::vector<int16_t> piece(2 * count);
            for (size_t i = 0; i < piece.size(); ++i) {
                int32_t& sum = Cell(written_ + i / 2, static_cast<Side>(i % 2));
                piece[i] = static_cast<int16_t>(std::clamp(sum, -32768, 32767));
                sum = 0;
            }
            writer_.Append(piece);
            written_ += count;
        }
    }

 private:
    int32_t& Cell(uint64_t sample, Side side) { return sums_[sample % kWindowSamples * 2 + static_cast<size_t>(side)]; }

    WavWriter& writer_;
    std::vector<int32_t> sums_;
    uint64_t written_ = 0;
};

}  // namespace

Result<JournalReport> RenderWav(const std::filesystem::path& journal, const std::filesystem::path& wav) {
    auto reader = JournalReader::Open(journal);
    if (!reader) return reader.error();
    auto writer = WavWriter::Create(wav, 2);
    if (!writer) return writer.error();
    Timeline timeline(*writer);
    while (const auto frame = reader->Next()) timeline.Add(*frame);
    timeline.WriteTo(std::min(reader->report().length, kMaximumSamples));
    if (auto status = writer->Finish(); !status) return status.error();
    return reader->report();
}

}  // namespace trunkline::media
