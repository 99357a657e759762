// WAV files of 8 kHz 16-bit PCM, mono or stereo (RIFF, Microsoft "Multimedia Programming Interface 1.0").
#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <vector>

#include "result/result.hpp"

namespace trunkline::media {

struct Wav {
    int channels = 1;
    // Interleaved: left, right, left, right … when channels is 2.
    std::vector<int16_t> samples;
};

// Parses a whole file in memory. Accepts PCM 16-bit, A-law and µ-law at 8 kHz with 1 or 2 channels; a data chunk longer
// than the file is cut. WAV_MALFORMED or WAV_UNSUPPORTED (the message names the field) otherwise.
Result<Wav> ParseWav(std::span<const uint8_t> bytes);

// Blocking; any thread but a media thread. Files above 64 MiB are refused (WAV_TOO_LARGE), a missing one is
// WAV_NOT_FOUND.
Result<Wav> ReadWav(const std::filesystem::path& path);

// Blocking; any thread but a media thread. WAV_WRITE_FAILED names the path.
Status WriteWav(const std::filesystem::path& path, const Wav& wav);

// Writes a WAV of unknown length piece by piece. The header is made right by Finish().
class WavWriter {
 public:
    // channels 1 or 2.
    static Result<WavWriter> Create(const std::filesystem::path& path, int channels);

    // Interleaved samples. Errors are kept and reported by Finish().
    void Append(std::span<const int16_t> samples);
    Status Finish();

 private:
    WavWriter(std::filesystem::path path, std::ofstream file, int channels);

    std::filesystem::path path_;
    std::ofstream file_;
    int channels_;
    uint64_t bytes_ = 0;
};

}  // namespace trunkline::media
