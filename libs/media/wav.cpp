// WAV files of 8 kHz 16-bit PCM.
#include "media/wav.hpp"

#include <array>
#include <cstring>
#include <limits>
#include <string>
#include <system_error>

#include "media/bytes.hpp"
#include "media/frame.hpp"
#include "media/g711.hpp"

namespace trunkline::media {
namespace {

constexpr uint64_t kLargestFile = 64 << 20;
constexpr size_t kHeaderBytes = 44;
constexpr uint16_t kPcm = 1;
constexpr uint16_t kALaw = 6;
constexpr uint16_t kMuLaw = 7;

struct Format {
    uint16_t coding = 0;
    uint16_t channels = 0;
    uint32_t rate = 0;
    uint16_t bits = 0;
};

Error Malformed(const std::string& what) { return {Code::kInvalidArgument, "WAV_MALFORMED", what}; }
Error Unsupported(const std::string& what) { return {Code::kInvalidArgument, "WAV_UNSUPPORTED", what}; }

Status Check(const Format& format) {
    if (format.rate != kSampleRate) {
        return Unsupported("sample rate is " + std::to_string(format.rate) + " Hz; convert the file to 8000 Hz");
    }
    if (format.channels != 1 && format.channels != 2) return Unsupported("only 1 or 2 channels can be played");
    const bool pcm = format.coding == kPcm && format.bits == 16;
    const bool companded = (format.coding == kALaw || format.coding == kMuLaw) && format.bits == 8;
    if (!pcm && !companded) return Unsupported("only 16-bit PCM, A-law and µ-law can be played");
    return {};
}

std::vector<int16_t> Samples(const Format& format, std::span<const uint8_t> data) {
    std::vector<int16_t> samples;
    if (format.coding == kPcm) {
        samples.resize(data.size() / 2);
        for (size_t i = 0; i < samples.size(); ++i)
            samples[i] = static_cast<int16_t>(ReadLittle<uint16_t>(&data[2 * i]));
    } else {
        samples.resize(data.size());
        Decode(format.coding == kALaw ? Codec::kPcma : Codec::kPcmu, data, samples);
    }
    samples.resize(samples.size() - samples.size() % format.channels);
    return samples;
}

bool HasTag(std::span<const uint8_t> bytes, const char* tag) {
    return bytes.size() >= 4 && std::memcmp(bytes.data(), tag, 4) == 0;
}

std::vector<uint8_t> Header(int channels, uint32_t data_bytes) {
    std::vector<uint8_t> header;
    const auto tag = [&](const char* text) { header.insert(header.end(), text, text + 4); };
    const auto frame_bytes = static_cast<uint16_t>(2 * channels);
    tag("RIFF");
    AppendLittle<uint32_t>(header, data_bytes + kHeaderBytes - 8);
    tag("WAVE");
    tag("fmt ");
    AppendLittle<uint32_t>(header, 16);
    AppendLittle<uint16_t>(header, kPcm);
    AppendLittle<uint16_t>(header, static_cast<uint16_t>(channels));
    AppendLittle<uint32_t>(header, kSampleRate);
    AppendLittle<uint32_t>(header, kSampleRate * frame_bytes);
    AppendLittle<uint16_t>(header, frame_bytes);
    AppendLittle<uint16_t>(header, 16);
    tag("data");
    AppendLittle<uint32_t>(header, data_bytes);
    return header;
}

Error WriteFailed(const std::filesystem::path& path) {
    return {Code::kUnavailable, "WAV_WRITE_FAILED", "cannot write " + path.string() + "; look for a full disk"};
}

}  // namespace

Result<Wav> ParseWav(std::span<const uint8_t> bytes) {
    if (bytes.size() < 12 || !HasTag(bytes, "RIFF") || !HasTag(bytes.subspan(8), "WAVE")) {
        return Malformed("not a RIFF/WAVE file");
    }
    Format format;
    for (auto rest = bytes.subspan(12); rest.size() >= 8;) {
        const uint32_t size = ReadLittle<uint32_t>(&rest[4]);
        const auto body = rest.subspan(8, std::min<size_t>(size, rest.size() - 8));
        if (HasTag(rest, "fmt ")) {
            if (body.size() < 16) return Malformed("the fmt chunk is too short");
            format.coding = ReadLittle<uint16_t>(&body[0]);
            format.channels = ReadLittle<uint16_t>(&body[2]);
            format.rate = ReadLittle<uint32_t>(&body[4]);
            format.bits = ReadLittle<uint16_t>(&body[14]);
        } else if (HasTag(rest, "data")) {
            if (format.coding == 0) return Malformed("the data chunk comes before the fmt chunk");
            if (auto status = Check(format); !status) return status.error();
            return Wav{format.channels, Samples(format, body)};
        }
        // Chunks start at even offsets.
        rest = rest.subspan(8 + std::min(body.size() + body.size() % 2, rest.size() - 8));
    }
    return Malformed("there is no data chunk");
}

Result<Wav> ReadWav(const std::filesystem::path& path) {
    std::error_code error;
    const uint64_t size = std::filesystem::file_size(path, error);
    if (error) return Error{Code::kNotFound, "WAV_NOT_FOUND", "cannot read " + path.string() + ": " + error.message()};
    if (size > kLargestFile) {
        return Error{Code::kOutOfRange, "WAV_TOO_LARGE", path.string() + " is larger than 64 MiB"};
    }
    std::vector<uint8_t> bytes(size);
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<size_t>(file.gcount()));
    return ParseWav(bytes);
}

Status WriteWav(const std::filesystem::path& path, const Wav& wav) {
    auto writer = WavWriter::Create(path, wav.channels);
    if (!writer) return writer.error();
    writer->Append(wav.samples);
    return writer->Finish();
}

WavWriter::WavWriter(std::filesystem::path path, std::ofstream file, int channels)
    : path_(std::move(path)), file_(std::move(file)), channels_(channels) {}

Result<WavWriter> WavWriter::Create(const std::filesystem::path& path, int channels) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    if (!file) return WriteFailed(path);
    const auto header = Header(channels, 0);
    file.write(reinterpret_cast<const char*>(header.data()), static_cast<std::streamsize>(header.size()));
    return WavWriter(path, std::move(file), channels);
}

void WavWriter::Append(std::span<const int16_t> samples) {
    std::vector<uint8_t> bytes;
    bytes.reserve(samples.size() * 2);
    for (const int16_t sample : samples) AppendLittle<uint16_t>(bytes, static_cast<uint16_t>(sample));
    file_.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    bytes_ += bytes.size();
}

Status WavWriter::Finish() {
    const auto limit = std::numeric_limits<uint32_t>::max() - kHeaderBytes;
    const auto header = Header(channels_, static_cast<uint32_t>(std::min<uint64_t>(bytes_, limit)));
    file_.seekp(0);
    file_.write(reinterpret_cast<const char*>(header.data()), static_cast<std::streamsize>(header.size()));
    file_.close();
    if (!file_) return WriteFailed(path_);
    return {};
}

}  // namespace trunkline::media
