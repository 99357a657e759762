// The recording journal: an append-only file of checksummed audio frames, readable after any crash.
//
// All numbers little-endian.
//   header  "TLJ1" | version u16 = 1 | id length u16 (1..64) | start, unix ms i64 | id | CRC32C u32
//   frame   "TLF1" | kind u8 | side u8 | codec u8 | leg u8 | start sample u64 | samples u32 | bytes u32 | payload |
//   CRC32C
// A CRC covers everything before it, from the magic on. "start sample" is counted at 8 kHz from the recording's start,
// the same time line for all legs. A recording that had to change its file (fdatasync failed) goes on in "<path>.2",
// "<path>.3" …; the reader follows.
#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ids/ids.hpp"
#include "media/g711.hpp"
#include "result/result.hpp"

namespace trunkline::media {

// Left is the customer, right the agent, every other party and the prompts.
enum class Side : uint8_t { kLeft = 0, kRight = 1 };

enum class FrameKind : uint8_t {
    kAudio = 1,
    kGap = 2,    // `samples` from `start_sample` on were lost on their way to the disk
    kPause = 3,  // nothing was recorded on purpose; silence when rendered
    kClose = 4,  // the recording ended in order; `start_sample` is its whole length
};

struct JournalHeader {
    RecordingId recording;
    int64_t start_unix_millis = 0;
};

struct JournalFrame {
    FrameKind kind = FrameKind::kAudio;
    Side side = Side::kLeft;
    Codec codec = Codec::kPcma;
    // Counts the legs of the recording from 0; 255 is a prompt.
    uint8_t leg = 0;
    uint64_t start_sample = 0;
    // For audio equal to payload.size(): G.711 has one byte a sample.
    uint32_t samples = 0;
    std::span<const uint8_t> payload;
};

// A frame is at most this many payload bytes (the longest packet), a recording at most 24 hours.
inline constexpr uint32_t kMaximumFrameBytes = 2048;
inline constexpr uint64_t kMaximumSamples = 24ULL * 3600 * 8000;

// Append the bytes of a header or a frame to `out`.
void EncodeHeader(const JournalHeader& header, std::vector<uint8_t>& out);
void EncodeFrame(const JournalFrame& frame, std::vector<uint8_t>& out);

// What a reader met so far.
struct JournalReport {
    uint64_t frames = 0;
    // Places where bytes had to be skipped: a torn tail, a flipped bit, foreign bytes.
    uint64_t damaged = 0;
    uint64_t damaged_bytes = 0;
    // Samples told lost by the writer itself.
    uint64_t gap_samples = 0;
    // End of the last frame on the time line, in samples.
    uint64_t length = 0;
    bool closed = false;
};

// Reads frames in file order; skips what fails its CRC and goes on at the next magic. One thread.
class JournalReader {
 public:
    // JOURNAL_NOT_FOUND, or JOURNAL_HEADER_DAMAGED if not even the header of the first file can be read.
    static Result<JournalReader> Open(const std::filesystem::path& path);
    // Of bytes in memory, for tests and other stores.
    static Result<JournalReader> Of(std::vector<uint8_t> bytes);

    const JournalHeader& header() const { return header_; }
    // The next good frame; its payload is valid until the next call. Nothing at the end.
    std::optional<JournalFrame> Next();
    const JournalReport& report() const { return report_; }

 private:
    JournalReader() = default;
    bool ReadHeader();
    bool OpenPart(const std::filesystem::path& path);
    // Makes at least `bytes` readable from position_ on, if there are so many.
    bool Fill(size_t bytes);
    std::optional<JournalFrame> ParseFrame();
    void SkipDamage();

    std::filesystem::path path_;
    std::ifstream file_;
    std::vector<uint8_t> buffer_;
    size_t position_ = 0;
    int part_ = 1;
    bool in_damage_ = false;
    JournalHeader header_;
    JournalReport report_;
};

// Writes the stereo WAV of a journal: left the customer, right everybody else mixed, silence where nothing is. The same
// journal always gives the same bytes. Needs memory for 10 s only. Blocking; any thread but a media thread.
Result<JournalReport> RenderWav(const std::filesystem::path& journal, const std::filesystem::path& wav);

}  // namespace trunkline::media
