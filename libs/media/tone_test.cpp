// Tests of tones and their detection.
#include "media/tone.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace trunkline::media {
namespace {

std::vector<int16_t> Samples(const Tone& tone, size_t count = 800) {
    std::vector<int16_t> samples(count);
    ToneGenerator(tone).Fill(samples);
    return samples;
}

}  // namespace

TEST_CASE("tone: a sine is found at its frequency with its level, and nowhere else", "[media]") {
    const auto samples = Samples({1000, 0, 5000});
    CHECK(ToneLevel(samples, 1000) == Approx(5000).epsilon(0.01));
    CHECK(ToneLevel(samples, 700) < 50);
    CHECK(HasTone(samples, 1000));
    CHECK_FALSE(HasTone(samples, 1100));
}

TEST_CASE("tone: silence has no tone", "[media]") {
    const std::vector<int16_t> silence(800, 0);
    CHECK_FALSE(HasTone(silence, 1000));
    CHECK(ToneLevel({}, 1000) == 0);
}

TEST_CASE("tone: a digit is its row and its column", "[media]") {
    const auto five = DigitTone('5');
    REQUIRE(five);
    const auto samples = Samples(*five);
    CHECK(ToneLevel(samples, 770) > 5000);
    CHECK(ToneLevel(samples, 1336) > 5000);
    CHECK(ToneLevel(samples, 697) < 500);
    CHECK_FALSE(DigitTone('x'));
}

TEST_CASE("tone: pieces join without a click", "[media]") {
    ToneGenerator whole({440, 480});
    ToneGenerator pieces({440, 480});
    std::vector<int16_t> one(320);
    std::vector<int16_t> two(320);
    whole.Fill(one);
    pieces.Fill(std::span(two).first(111));
    pieces.Fill(std::span(two).subspan(111));
    CHECK(one == two);
}

}  // namespace trunkline::media
