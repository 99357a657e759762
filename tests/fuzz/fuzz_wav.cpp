// Any bytes as a WAV file: no more samples than bytes, and whole frames only.
#include <cstddef>
#include <cstdint>

#include "media/wav.hpp"
#include "require.hpp"

using trunkline::fuzz::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto wav = trunkline::media::ParseWav({data, size});
    if (!wav) return 0;
    Require(wav->samples.size() <= size, "samples come from the file");
    Require(wav->samples.size() % static_cast<size_t>(wav->channels) == 0, "frames are whole");
    return 0;
}
