// Speech: running programs, resampling, and espeak-ng itself.
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "ivr/adapters/espeak_engine.hpp"
#include "ivr/adapters/program.hpp"
#include "ivr/adapters/resample.hpp"
#include "media/wav.hpp"
#include "metrics/metrics.hpp"
#include "testing/manual_clock.hpp"

namespace trunkline::ivr {
namespace {

using namespace std::chrono_literals;

std::vector<int16_t> Sine(double hertz, int rate, int millis) {
    std::vector<int16_t> samples(static_cast<size_t>(rate) * static_cast<size_t>(millis) / 1000);
    for (size_t i = 0; i < samples.size(); ++i) {
        samples[i] =
            static_cast<int16_t>(10000 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
    }
    return samples;
}

double Loudness(const std::vector<int16_t>& samples) {
    double sum = 0;
    for (const int16_t sample : samples) sum += static_cast<double>(sample) * sample;
    return std::sqrt(sum / static_cast<double>(samples.size()));
}

class EngineBench {
 public:
    explicit EngineBench(EspeakEngine::Settings settings = {})
        : engine(std::move(settings), clock_,
                 {metrics::MakeCounter(registry_, "spoken", ""), metrics::MakeCounter(registry_, "failed", ""),
                  metrics::MakeHistogram(registry_, "seconds", "", {1})}) {}

 private:
    SystemClock clock_;
    metrics::Registry registry_;

 public:
    EspeakEngine engine;
};

}  // namespace

TEST_CASE("resample: a tone of the telephone's band keeps its pitch and loudness", "[ivr][resample]") {
    const auto tone = Resample(Sine(1000, 22050, 1000), 22050, 8000);
    REQUIRE(tone.size() == 8000);
    const auto wanted = Sine(1000, 8000, 1000);
    for (size_t i = 100; i < 7900; ++i) REQUIRE(std::abs(tone[i] - wanted[i]) < 60);
}

TEST_CASE("resample: what a telephone cannot carry is gone, not folded back", "[ivr][resample]") {
    const auto tone = Resample(Sine(6000, 22050, 500), 22050, 8000);
    CHECK(Loudness({tone.begin() + 200, tone.end() - 200}) < 10);
}

TEST_CASE("program: output comes back, input is given", "[ivr][program]") {
    const SystemClock clock;
    const auto output = RunProgram({"cat"}, "你好", 5s, clock);
    REQUIRE(output.ok());
    CHECK(std::string(output->begin(), output->end()) == "你好");
}

TEST_CASE("program: a missing program, a failing one and one that ignores its input are told", "[ivr][program]") {
    const SystemClock clock;
    CHECK(RunProgram({"no-such-program"}, "", 5s, clock).error().reason == "PROGRAM_FAILED");
    CHECK(RunProgram({"false"}, "text", 5s, clock).error().reason == "PROGRAM_FAILED");
}

TEST_CASE("program: one that hangs is killed at its limit", "[ivr][program]") {
    const SystemClock clock;
    const SteadyTime start = clock.SteadyNow();
    CHECK(RunProgram({"sleep", "60"}, "", 200ms, clock).error().reason == "PROGRAM_TIMEOUT");
    CHECK(clock.SteadyNow() - start < 10s);
}

TEST_CASE("speech: espeak-ng speaks Chinese and English", "[ivr][speech]") {
    EngineBench bench;
    for (const Text& text : {Text{"您好，欢迎致电公交服务热线。", "zh"}, Text{"Welcome to the bus hotline.", "en"}}) {
        CAPTURE(text.words);
        const auto wav = bench.engine.Speak(text);
        REQUIRE(wav.ok());
        const auto parsed = media::ParseWav(*wav);
        REQUIRE(parsed.ok());
        CHECK(parsed->channels == 1);
        CHECK(parsed->samples.size() > 8000 / 2);
        CHECK(parsed->samples.size() < 8000 * 10);
        CHECK(Loudness(parsed->samples) > 300);
        // The same words give the same bytes, so the same prompt.
        CHECK(*bench.engine.Speak(text) == *wav);
    }
}

TEST_CASE("speech: words that look like options are only words", "[ivr][speech]") {
    EngineBench bench;
    CHECK(bench.engine.Speak({"--voices; rm -rf /", "en"}).ok());
}

TEST_CASE("speech: a program that is not there or gives no sound is a failure", "[ivr][speech]") {
    CHECK(EngineBench({"no-such-program", 160, 1s}).engine.Speak({"a", "en"}).error().reason == "SPEECH_FAILED");
    CHECK(EngineBench({"true", 160, 1s}).engine.Speak({"a", "en"}).error().reason == "SPEECH_FAILED");
}

}  // namespace trunkline::ivr
