// Tests of the journal writer: what was appended is on the disk, and a failing disk hurts nobody.
#include "media/journal_writer.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <csignal>

#include "media/frame.hpp"
#include "media/peer_for_tests.hpp"
#include "media/recording_tap.hpp"

namespace trunkline::media {
namespace {

using testing::EventLog;
using testing::TemporaryFolder;

const RecordingId kRecording{"rec-1"};
const std::vector<uint8_t> kPayload(kFrameSamples, 0x11);

JournalFrame Audio(uint64_t start) {
    return {FrameKind::kAudio, Side::kLeft, Codec::kPcma, 0, start, kFrameSamples, kPayload};
}

JournalReport ReportOf(const std::filesystem::path& path) {
    auto reader = JournalReader::Open(path);
    REQUIRE(reader);
    while (reader->Next()) {
    }
    return reader->report();
}

// No file may grow beyond `bytes` while this lives: the disk is full.
class FullDisk {
 public:
    explicit FullDisk(rlim_t bytes) : ignored_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, ignored_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

 private:
    void (*ignored_)(int);
    rlimit before_{};
};

}  // namespace

TEST_CASE("journal writer: a closed journal is whole and told", "[media][journal]") {
    TemporaryFolder folder;
    SystemClock clock;
    EventLog log;
    JournalWriter writer(clock, log.sink());
    const auto journal = writer.Open(kRecording, folder / "a");
    for (uint64_t i = 0; i < 500; ++i) journal->Append(Audio(i * kFrameSamples));
    writer.Close(journal);
    const auto closed = log.Next<RecordingClosed>();
    REQUIRE(closed);
    CHECK(closed->recording == kRecording);
    CHECK(closed->path == folder / "a");
    CHECK(closed->intact);
    CHECK(closed->samples == 500 * kFrameSamples);
    const auto report = ReportOf(folder / "a");
    CHECK(report.frames == 501);
    CHECK(report.closed);
    CHECK(report.damaged == 0);
    journal->Append(Audio(0));
    CHECK(writer.totals().bytes > 500 * kFrameSamples);
}

TEST_CASE("journal writer: Stop closes what is open", "[media][journal]") {
    TemporaryFolder folder;
    SystemClock clock;
    EventLog log;
    JournalWriter writer(clock, log.sink());
    writer.Open(kRecording, folder / "a")->Append(Audio(0));
    writer.Stop();
    CHECK(log.Now<RecordingClosed>());
    CHECK(ReportOf(folder / "a").closed);
}

TEST_CASE("journal writer: a killed process loses less than a second", "[media][journal]") {
    TemporaryFolder folder;
    const pid_t child = fork();
    if (child == 0) {
        SystemClock clock;
        JournalWriter writer(clock, [](const Event&) {});
        const auto journal = writer.Open(kRecording, folder / "a");
        for (uint64_t i = 0;; ++i) {
            journal->Append(Audio(i * kFrameSamples));
            poll(nullptr, 0, 20);
        }
    }
    poll(nullptr, 0, 1500);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const auto report = ReportOf(folder / "a");
    CHECK_FALSE(report.closed);
    CHECK(report.damaged <= 1);
    CHECK(report.length >= 500 * kSamplesPerMilli);
}

TEST_CASE("journal writer: a full disk is told once, marked as a gap, and over when there is room",
          "[media][journal]") {
    TemporaryFolder folder;
    SystemClock clock;
    EventLog log;
    JournalWriter writer(clock, log.sink());
    const auto journal = writer.Open(kRecording, folder / "a");
    uint64_t position = 0;
    const auto append = [&](int frames) {
        for (int i = 0; i < frames; ++i, position += kFrameSamples) journal->Append(Audio(position));
    };
    {
        const FullDisk full(8192);
        append(1500);
        const auto failing = log.Next<RecordingFailing>();
        REQUIRE(failing);
        CHECK(failing->recording == kRecording);
        // More than the backlog holds: the rest has to be given up.
        for (int i = 0; i < 30 && writer.totals().gaps == 0; ++i) {
            append(1500);
            poll(nullptr, 0, 100);
        }
        CHECK(writer.totals().gaps > 0);
        CHECK_FALSE(log.Now<RecordingFailing>());
    }
    poll(nullptr, 0, 600);
    append(10);
    writer.Close(journal);
    const auto closed = log.Next<RecordingClosed>();
    REQUIRE(closed);
    CHECK_FALSE(closed->intact);
    const auto report = ReportOf(folder / "a");
    CHECK(report.gap_samples > 0);
    CHECK(report.closed);
    CHECK(report.length == position);
}

TEST_CASE("journal writer: a path that cannot be created is told and the file of another is never touched",
          "[media][journal]") {
    TemporaryFolder folder;
    std::ofstream(folder / "taken") << "precious";
    SystemClock clock;
    EventLog log;
    JournalWriter writer(clock, log.sink());
    for (const auto& path : {folder / "missing" / "a", folder / "taken"}) {
        const auto journal = writer.Open(kRecording, path);
        journal->Append(Audio(0));
        CHECK(log.Next<RecordingFailing>());
        writer.Close(journal);
        const auto closed = log.Next<RecordingClosed>();
        REQUIRE(closed);
        CHECK_FALSE(closed->intact);
    }
    CHECK(std::filesystem::file_size(folder / "taken") == 8);
}

TEST_CASE("journal writer: a pause leaves no sample of what was said in it", "[media][journal]") {
    TemporaryFolder folder;
    SystemClock clock;
    EventLog log;
    JournalWriter writer(clock, log.sink());
    const auto journal = writer.Open(kRecording, folder / "a");
    const auto at = [&](int seconds) { return journal->started() + std::chrono::seconds(seconds); };
    journal->Append(Audio(0));
    journal->Pause(true, at(1));
    journal->Append(Audio(12'000));
    journal->Pause(false, at(2));
    // Spoken in the pause, arrived after it.
    journal->Append(Audio(15'900));
    journal->Append(Audio(16'000));
    journal->Close(at(3));
    writer.Stop();
    auto reader = JournalReader::Open(folder / "a");
    REQUIRE(reader);
    std::vector<std::pair<FrameKind, uint64_t>> frames;
    while (const auto frame = reader->Next()) frames.emplace_back(frame->kind, frame->start_sample);
    const std::vector<std::pair<FrameKind, uint64_t>> expected = {
        {FrameKind::kAudio, 0}, {FrameKind::kPause, 8000}, {FrameKind::kAudio, 16'000}, {FrameKind::kClose, 24'000}};
    CHECK(frames == expected);
}

TEST_CASE("recording tap: network jitter does not move packets on the time line", "[media][journal]") {
    StreamPlacer placer;
    const uint64_t first = placer.Place(0xFFFFFF00, 160, 1160);
    CHECK(first == 1000);
    for (uint32_t i = 1; i < 500; ++i) {
        const uint64_t jitter = i % 7 * 40;
        const uint64_t arrival = 1160 + i * 160 + jitter;
        CHECK(placer.Place(0xFFFFFF00 + i * 160, 160, arrival) == 1000 + i * 160);
    }
}

TEST_CASE("recording tap: drift of the peer's clock is followed within 20 ms, a jump at once", "[media][journal]") {
    StreamPlacer placer;
    // 300 ppm, ten minutes: 180 ms.
    for (uint32_t i = 0; i < 30'000; ++i) {
        const auto arrival = static_cast<uint64_t>(160 + i * 160 * 1.0003);
        const auto placed = static_cast<int64_t>(placer.Place(i * 160, 160, arrival));
        REQUIRE(std::abs(placed - static_cast<int64_t>(arrival - 160)) <= 165);
    }
    CHECK(placer.Place(77, 160, 9'000'160) == 9'000'000);
}

}  // namespace trunkline::media
