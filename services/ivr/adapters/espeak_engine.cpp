// espeak-ng writes 22050 Hz; telephones hear 8000 Hz.
#include "ivr/adapters/espeak_engine.hpp"

#include <cstring>

#include "ivr/adapters/program.hpp"
#include "ivr/adapters/resample.hpp"
#include "media/bytes.hpp"

namespace trunkline::ivr {
namespace {

constexpr int kTelephoneRate = 8000;
constexpr size_t kHeaderBytes = 44;

Error SpeechFailed(const std::string& why) { return {Code::kUnavailable, "SPEECH_FAILED", why}; }

// In Debian 12 the voice "cmn" reads Chinese as English; this one speaks Mandarin.
std::string VoiceOf(const std::string& language) { return language == "en" ? "en" : "cmn-latn-pinyin"; }

Bytes EncodeWav(const std::vector<int16_t>& samples) {
    Bytes wav;
    const auto tag = [&](const char* text) { wav.insert(wav.end(), text, text + 4); };
    const auto data_bytes = static_cast<uint32_t>(samples.size() * 2);
    tag("RIFF");
    media::AppendLittle<uint32_t>(wav, data_bytes + kHeaderBytes - 8);
    tag("WAVE");
    tag("fmt ");
    media::AppendLittle<uint32_t>(wav, 16);
    media::AppendLittle<uint16_t>(wav, 1);  // PCM
    media::AppendLittle<uint16_t>(wav, 1);  // channels
    media::AppendLittle<uint32_t>(wav, kTelephoneRate);
    media::AppendLittle<uint32_t>(wav, kTelephoneRate * 2);
    media::AppendLittle<uint16_t>(wav, 2);
    media::AppendLittle<uint16_t>(wav, 16);
    tag("data");
    media::AppendLittle<uint32_t>(wav, data_bytes);
    for (const int16_t sample : samples) media::AppendLittle<uint16_t>(wav, static_cast<uint16_t>(sample));
    return wav;
}

}  // namespace

std::string EspeakEngine::Name() const { return "espeak-ng " + std::to_string(settings_.words_per_minute); }

Result<Bytes> EspeakEngine::Speak(const Text& text) {
    const SteadyTime start = clock_.SteadyNow();
    auto wav = Render(text);
    figures_.seconds.Observe(std::chrono::duration<double>(clock_.SteadyNow() - start).count());
    (wav ? figures_.spoken : figures_.failed).Increment();
    return wav;
}

Result<Bytes> EspeakEngine::Render(const Text& text) const {
    const auto output = RunProgram({settings_.program, "-v", VoiceOf(text.language), "-s",
                                    std::to_string(settings_.words_per_minute), "--stdin", "--stdout"},
                                   text.words, settings_.limit, clock_);
    if (!output) return SpeechFailed(output.error().message);
    return ToTelephone(*output);
}

Result<Bytes> ToTelephone(const Bytes& wav) {
    if (wav.size() <= kHeaderBytes || std::memcmp(wav.data(), "RIFF", 4) != 0) {
        return SpeechFailed("the speech program gave no sound");
    }
    const auto rate = static_cast<int>(media::ReadLittle<uint32_t>(&wav[24]));
    if (rate < kTelephoneRate || rate > 48000) return SpeechFailed("the speech program gave an odd sample rate");
    std::vector<int16_t> samples((wav.size() - kHeaderBytes) / 2);
    for (size_t i = 0; i < samples.size(); ++i) {
        samples[i] = static_cast<int16_t>(media::ReadLittle<uint16_t>(&wav[kHeaderBytes + 2 * i]));
    }
    return EncodeWav(Resample(samples, rate, kTelephoneRate));
}

}  // namespace trunkline::ivr
