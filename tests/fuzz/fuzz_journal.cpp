// Any bytes as a recording journal, and any bytes between two good frames: both of them are still read.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "media/journal.hpp"
#include "require.hpp"

using trunkline::fuzz::Require;
using namespace trunkline::media;

namespace {

JournalReport ReadAll(std::vector<uint8_t> bytes) {
    auto reader = JournalReader::Of(std::move(bytes));
    if (!reader) return {};
    while (const auto frame = reader->Next()) {
        Require(frame->payload.size() <= kMaximumFrameBytes, "payloads are limited");
        Require(frame->start_sample <= kMaximumSamples, "the time line is limited");
    }
    return reader->report();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::vector<uint8_t> input(data, data + size);
    Require(ReadAll(input).damaged_bytes <= size, "no more is damaged than there is");

    const std::vector<uint8_t> payload(160, 0xD5);
    std::vector<uint8_t> bytes;
    EncodeHeader({trunkline::RecordingId("fuzz"), 0}, bytes);
    EncodeFrame({FrameKind::kAudio, Side::kLeft, Codec::kPcma, 0, 0, 160, payload}, bytes);
    bytes.insert(bytes.end(), input.begin(), input.end());
    EncodeFrame({FrameKind::kAudio, Side::kRight, Codec::kPcma, 0, 160, 160, payload}, bytes);
    Require(ReadAll(bytes).frames >= 2, "good frames around damage are read");
    return 0;
}
