// Tests of the journal: whatever happens to the file, the rest of it can be read.
#include "media/journal.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <random>

#include "media/frame.hpp"
#include "media/peer_for_tests.hpp"
#include "media/wav.hpp"

namespace trunkline::media {
namespace {

using testing::TemporaryFolder;

constexpr size_t kFrameBytes = 24 + kFrameSamples + 4;

std::vector<uint8_t> Payload(int16_t level) { return std::vector<uint8_t>(kFrameSamples, Encode(Codec::kPcma, level)); }

JournalFrame Audio(Side side, uint64_t start, std::span<const uint8_t> payload) {
    return {FrameKind::kAudio, side, Codec::kPcma, 0, start, static_cast<uint32_t>(payload.size()), payload};
}

// A header and `frames` frames of 20 ms, left and right in turn.
std::vector<uint8_t> SampleJournal(int frames) {
    std::vector<uint8_t> bytes;
    EncodeHeader({RecordingId("rec-1"), 1'772'413'200'000}, bytes);
    const auto payload = Payload(4000);
    for (int i = 0; i < frames; ++i) {
        const auto start = static_cast<uint64_t>(i / 2 * kFrameSamples);
        EncodeFrame(Audio(i % 2 == 0 ? Side::kLeft : Side::kRight, start, payload), bytes);
    }
    return bytes;
}

JournalReport ReadAll(std::vector<uint8_t> bytes) {
    auto reader = JournalReader::Of(std::move(bytes));
    if (!reader) return {};
    while (reader->Next()) {
    }
    return reader->report();
}

void Save(const std::filesystem::path& path, const std::vector<uint8_t>& bytes) {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

TEST_CASE("journal: header and frames are read back", "[media][journal]") {
    auto reader = JournalReader::Of(SampleJournal(4));
    REQUIRE(reader);
    CHECK(reader->header().recording == RecordingId("rec-1"));
    CHECK(reader->header().start_unix_millis == 1'772'413'200'000);
    reader->Next();
    const auto second = reader->Next();
    REQUIRE(second);
    CHECK(second->side == Side::kRight);
    CHECK(second->samples == kFrameSamples);
    CHECK(std::vector<uint8_t>(second->payload.begin(), second->payload.end()) == Payload(4000));
    reader->Next();
    reader->Next();
    CHECK_FALSE(reader->Next());
    CHECK(reader->report().frames == 4);
    CHECK(reader->report().length == 320);
    CHECK(reader->report().damaged == 0);
    CHECK_FALSE(reader->report().closed);
}

TEST_CASE("journal: a torn tail costs the torn frame only, wherever it is cut", "[media][journal]") {
    const auto whole = SampleJournal(3);
    const size_t header = whole.size() - 3 * kFrameBytes;
    for (size_t size = 0; size <= whole.size(); ++size) {
        const auto report = ReadAll({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
        CHECK(report.frames == (size < header ? 0 : (size - header) / kFrameBytes));
        const bool on_border = size < header || (size - header) % kFrameBytes == 0;
        CHECK(report.damaged == (on_border ? 0 : 1));
    }
}

TEST_CASE("journal: every flipped bit costs one frame and is reported", "[media][journal]") {
    const auto whole = SampleJournal(5);
    const size_t header = whole.size() - 5 * kFrameBytes;
    for (size_t bit = header * 8; bit < whole.size() * 8; bit += 3) {
        auto bytes = whole;
        bytes[bit / 8] = static_cast<uint8_t>(bytes[bit / 8] ^ 1 << bit % 8);
        const auto report = ReadAll(bytes);
        CHECK(report.frames == 4);
        CHECK(report.damaged == 1);
        CHECK(report.damaged_bytes == kFrameBytes);
    }
}

TEST_CASE("journal: a damaged header is an error, never a guess", "[media][journal]") {
    const auto whole = SampleJournal(1);
    const size_t header = whole.size() - kFrameBytes;
    for (size_t bit = 0; bit < header * 8; ++bit) {
        auto bytes = whole;
        bytes[bit / 8] = static_cast<uint8_t>(bytes[bit / 8] ^ 1 << bit % 8);
        CHECK(JournalReader::Of(bytes).error().reason == "JOURNAL_HEADER_DAMAGED");
    }
    CHECK(JournalReader::Open("/nowhere/x").error().reason == "JOURNAL_NOT_FOUND");
}

TEST_CASE("journal: random bytes between frames are skipped", "[media][journal]") {
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
        auto bytes = SampleJournal(2);
        for (int i = 0; i < 500; ++i) bytes.push_back(static_cast<uint8_t>(random()));
        EncodeFrame(Audio(Side::kLeft, 800, Payload(1)), bytes);
        const auto report = ReadAll(bytes);
        CHECK(report.frames == 3);
        CHECK(report.length == 960);
    }
}

TEST_CASE("journal: a large file is read through a small buffer, and goes on in its second part", "[media][journal]") {
    TemporaryFolder folder;
    Save(folder / "a", SampleJournal(2000));
    Save(folder / "a.2", SampleJournal(10));
    auto reader = JournalReader::Open(folder / "a");
    REQUIRE(reader);
    while (reader->Next()) {
    }
    CHECK(reader->report().frames == 2010);
    CHECK(reader->report().damaged == 0);
}

TEST_CASE("journal: gaps are added up and the end is known", "[media][journal]") {
    auto bytes = SampleJournal(2);
    EncodeFrame({FrameKind::kGap, Side::kLeft, Codec::kPcma, 0, 160, 8000, {}}, bytes);
    EncodeFrame({FrameKind::kClose, Side::kLeft, Codec::kPcma, 0, 16000, 0, {}}, bytes);
    const auto report = ReadAll(bytes);
    CHECK(report.gap_samples == 8000);
    CHECK(report.closed);
    CHECK(report.length == 16000);
}

TEST_CASE("render: sides stay apart, agents are mixed, time stands, and the bytes are always the same",
          "[media][journal]") {
    TemporaryFolder folder;
    std::vector<uint8_t> bytes;
    EncodeHeader({RecordingId("rec-1"), 0}, bytes);
    const auto quiet = Payload(1000);
    const auto loud = Payload(3000);
    // Out of order, as two legs arrive.
    EncodeFrame(Audio(Side::kLeft, 8000, quiet), bytes);
    EncodeFrame(Audio(Side::kRight, 7920, loud), bytes);
    auto second_agent = Audio(Side::kRight, 7920, quiet);
    second_agent.leg = 2;
    EncodeFrame(second_agent, bytes);
    // Twelve minutes later: the window has moved on.
    EncodeFrame(Audio(Side::kLeft, 6'000'000, loud), bytes);
    EncodeFrame({FrameKind::kClose, Side::kLeft, Codec::kPcma, 0, 6'000'400, 0, {}}, bytes);
    Save(folder / "a", bytes);
    const auto report = RenderWav(folder / "a", folder / "a.wav");
    REQUIRE(report);
    const auto wav = ReadWav(folder / "a.wav");
    REQUIRE(wav);
    REQUIRE(wav->samples.size() == 2 * 6'000'400);
    const auto left = [&](size_t sample) { return wav->samples[2 * sample]; };
    const auto right = [&](size_t sample) { return wav->samples[2 * sample + 1]; };
    CHECK(left(7999) == 0);
    CHECK(left(8000) == Approx(1000).epsilon(0.05));
    CHECK(left(8159) != 0);
    CHECK(left(8160) == 0);
    CHECK(right(7919) == 0);
    CHECK(right(7920) == Approx(4000).epsilon(0.05));
    CHECK(right(8080) == 0);
    CHECK(left(6'000'000) == Approx(3000).epsilon(0.05));

    REQUIRE(RenderWav(folder / "a", folder / "b.wav"));
    CHECK(ReadWav(folder / "b.wav")->samples == wav->samples);
}

}  // namespace trunkline::media
