// The recording journal: format and reader.
#include "media/journal.hpp"

#include <algorithm>
#include <cstring>

#include "media/bytes.hpp"
#include "media/checksum.hpp"

namespace trunkline::media {
namespace {

constexpr uint32_t kHeaderMagic = 0x314A4C54;  // "TLJ1"
constexpr uint32_t kFrameMagic = 0x31464C54;   // "TLF1"
constexpr uint16_t kVersion = 1;
constexpr size_t kLongestId = 64;
constexpr size_t kHeaderFixed = 16;
constexpr size_t kFrameFixed = 24;
constexpr size_t kCrcBytes = 4;
constexpr size_t kReadBytes = 64 * 1024;

void AppendCrc(std::vector<uint8_t>& out, size_t start) {
    AppendLittle<uint32_t>(out, Crc32c(std::span<const uint8_t>(out).subspan(start)));
}

bool CrcHolds(std::span<const uint8_t> bytes) {
    const size_t covered = bytes.size() - kCrcBytes;
    return Crc32c(bytes.first(covered)) == ReadLittle<uint32_t>(&bytes[covered]);
}

bool Plausible(const JournalFrame& frame, uint32_t payload_bytes) {
    const bool audio = frame.kind == FrameKind::kAudio;
    return frame.kind >= FrameKind::kAudio && frame.kind <= FrameKind::kClose && frame.side <= Side::kRight &&
           (frame.codec == Codec::kPcmu || frame.codec == Codec::kPcma) &&
           payload_bytes == (audio ? frame.samples : 0) && frame.start_sample <= kMaximumSamples &&
           frame.samples <= kMaximumSamples;
}

}  // namespace

void EncodeHeader(const JournalHeader& header, std::vector<uint8_t>& out) {
    const size_t start = out.size();
    const std::string id = header.recording.str().substr(0, kLongestId);
    AppendLittle<uint32_t>(out, kHeaderMagic);
    AppendLittle<uint16_t>(out, kVersion);
    AppendLittle<uint16_t>(out, static_cast<uint16_t>(id.size()));
    AppendLittle<uint64_t>(out, static_cast<uint64_t>(header.start_unix_millis));
    out.insert(out.end(), id.begin(), id.end());
    AppendCrc(out, start);
}

void EncodeFrame(const JournalFrame& frame, std::vector<uint8_t>& out) {
    const size_t start = out.size();
    AppendLittle<uint32_t>(out, kFrameMagic);
    out.push_back(static_cast<uint8_t>(frame.kind));
    out.push_back(static_cast<uint8_t>(frame.side));
    out.push_back(static_cast<uint8_t>(frame.codec));
    out.push_back(frame.leg);
    AppendLittle<uint64_t>(out, frame.start_sample);
    AppendLittle<uint32_t>(out, frame.samples);
    AppendLittle<uint32_t>(out, static_cast<uint32_t>(frame.payload.size()));
    out.insert(out.end(), frame.payload.begin(), frame.payload.end());
    AppendCrc(out, start);
}

Result<JournalReader> JournalReader::Open(const std::filesystem::path& path) {
    JournalReader reader;
    reader.path_ = path;
    if (!reader.OpenPart(path)) {
        return Error{Code::kNotFound, "JOURNAL_NOT_FOUND", "cannot read the journal " + path.string()};
    }
    if (!reader.ReadHeader()) {
        return Error{Code::kDataLoss, "JOURNAL_HEADER_DAMAGED", "the header of " + path.string() + " is damaged"};
    }
    return reader;
}

Result<JournalReader> JournalReader::Of(std::vector<uint8_t> bytes) {
    JournalReader reader;
    reader.buffer_ = std::move(bytes);
    if (!reader.ReadHeader())
        return Error{Code::kDataLoss, "JOURNAL_HEADER_DAMAGED", "the journal's header is damaged"};
    return reader;
}

std::optional<JournalFrame> JournalReader::Next() {
    while (true) {
        if (!Fill(kFrameFixed + kCrcBytes)) {
            if (position_ < buffer_.size()) {
                SkipDamage();
                continue;
            }
            // The writer went on in another file after an error; its header repeats the first one.
            in_damage_ = false;
            if (path_.empty() || !OpenPart(path_.string() + "." + std::to_string(++part_))) return std::nullopt;
            ReadHeader();
            continue;
        }
        if (auto frame = ParseFrame()) return frame;
        SkipDamage();
    }
}

bool JournalReader::ReadHeader() {
    if (!Fill(kHeaderFixed) || ReadLittle<uint32_t>(&buffer_[position_]) != kHeaderMagic) return false;
    const uint8_t* at = &buffer_[position_];
    const size_t id_bytes = ReadLittle<uint16_t>(at + 6);
    const size_t bytes = kHeaderFixed + id_bytes + kCrcBytes;
    if (ReadLittle<uint16_t>(at + 4) != kVersion || id_bytes > kLongestId || !Fill(bytes)) return false;
    at = &buffer_[position_];
    if (!CrcHolds({at, bytes})) return false;
    header_.start_unix_millis = static_cast<int64_t>(ReadLittle<uint64_t>(at + 8));
    header_.recording = RecordingId(std::string(at + kHeaderFixed, at + kHeaderFixed + id_bytes));
    position_ += bytes;
    return true;
}

bool JournalReader::OpenPart(const std::filesystem::path& path) {
    file_ = std::ifstream(path, std::ios::binary);
    return file_.is_open();
}

bool JournalReader::Fill(size_t bytes) {
    if (buffer_.size() - position_ >= bytes) return true;
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(position_));
    position_ = 0;
    while (buffer_.size() < bytes && file_.is_open() && file_) {
        const size_t old = buffer_.size();
        buffer_.resize(old + kReadBytes);
        file_.read(reinterpret_cast<char*>(&buffer_[old]), kReadBytes);
        buffer_.resize(old + static_cast<size_t>(file_.gcount()));
    }
    return buffer_.size() >= bytes;
}

std::optional<JournalFrame> JournalReader::ParseFrame() {
    const uint8_t* at = &buffer_[position_];
    const uint32_t payload_bytes = ReadLittle<uint32_t>(at + 20);
    if (ReadLittle<uint32_t>(at) != kFrameMagic || payload_bytes > kMaximumFrameBytes) return std::nullopt;
    const size_t bytes = kFrameFixed + payload_bytes + kCrcBytes;
    if (!Fill(bytes)) return std::nullopt;
    at = &buffer_[position_];
    if (!CrcHolds({at, bytes})) return std::nullopt;
    JournalFrame frame;
    frame.kind = static_cast<FrameKind>(at[4]);
    frame.side = static_cast<Side>(at[5]);
    frame.codec = static_cast<Codec>(at[6]);
    frame.leg = at[7];
    frame.start_sample = ReadLittle<uint64_t>(at + 8);
    frame.samples = ReadLittle<uint32_t>(at + 16);
    frame.payload = {at + kFrameFixed, payload_bytes};
    if (!Plausible(frame, payload_bytes)) return std::nullopt;
    position_ += bytes;
    in_damage_ = false;
    ++report_.frames;
    report_.length = std::max(report_.length, frame.start_sample + frame.samples);
    if (frame.kind == FrameKind::kGap) report_.gap_samples += frame.samples;
    if (frame.kind == FrameKind::kClose) report_.closed = true;
    return frame;
}

void JournalReader::SkipDamage() {
    if (!in_damage_) ++report_.damaged;
    in_damage_ = true;
    // Goes on at the next byte that may begin a frame.
    const auto begin = buffer_.begin() + static_cast<std::ptrdiff_t>(position_);
    const auto next = std::find(begin + 1, buffer_.end(), static_cast<uint8_t>(kFrameMagic & 0xFF));
    report_.damaged_bytes += static_cast<uint64_t>(next - begin);
    position_ = static_cast<size_t>(next - buffer_.begin());
}

}  // namespace trunkline::media
