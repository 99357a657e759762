// Speech by espeak-ng, run as a separate program: its crash or hang costs one prompt, and its licence stays its own.
#pragma once
#include <prometheus/counter.h>
#include <prometheus/histogram.h>

#include <chrono>
#include <string>

#include "ivr/app/ports.hpp"

namespace trunkline::ivr {

class EspeakEngine final : public SpeechEngine {
 public:
    struct Settings {
        std::string program = "espeak-ng";
        int words_per_minute = 160;
        std::chrono::milliseconds limit{5000};  // for one text
    };
    struct Figures {
        prometheus::Counter& spoken;
        prometheus::Counter& failed;
        prometheus::Histogram& seconds;
    };

    EspeakEngine(Settings settings, const Clock& clock, Figures figures)
        : settings_(std::move(settings)), clock_(clock), figures_(figures) {}

    std::string Name() const override;
    // SPEECH_FAILED.
    Result<Bytes> Speak(const Text& text) override;

 private:
    Result<Bytes> Render(const Text& text) const;

    Settings settings_;
    const Clock& clock_;
    Figures figures_;
};

// The program's WAV (16 bit, mono, any rate, of unknown length) at 8 kHz. SPEECH_FAILED when it is none or holds no
// sound.
Result<Bytes> ToTelephone(const Bytes& wav);

}  // namespace trunkline::ivr
