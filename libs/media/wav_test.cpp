// Tests of WAV files.
#include "media/wav.hpp"

#include <catch2/catch.hpp>

#include <iterator>

#include "media/peer_for_tests.hpp"

namespace trunkline::media {
namespace {

using testing::TemporaryFolder;

std::vector<uint8_t> BytesOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<uint8_t> SampleFile() {
    TemporaryFolder folder;
    REQUIRE(WriteWav(folder / "a.wav", {1, {1, -2, 3, -4}}));
    return BytesOf(folder / "a.wav");
}

}  // namespace

TEST_CASE("wav: what is written is read back", "[media]") {
    TemporaryFolder folder;
    const Wav stereo{2, {1, -1, 32767, -32768, 0, 5}};
    REQUIRE(WriteWav(folder / "a.wav", stereo));
    const auto read = ReadWav(folder / "a.wav");
    REQUIRE(read);
    CHECK(read->channels == 2);
    CHECK(read->samples == stereo.samples);
}

TEST_CASE("wav: the header is the 44 bytes players expect", "[media]") {
    const auto bytes = SampleFile();
    REQUIRE(bytes.size() == 52);
    CHECK(bytes[4] == 44);
    CHECK(bytes[40] == 8);
}

TEST_CASE("wav: unknown chunks are skipped and an A-law file is decoded", "[media]") {
    auto bytes = SampleFile();
    bytes[20] = 6;
    bytes[34] = 8;
    const std::vector<uint8_t> list = {'L', 'I', 'S', 'T', 3, 0, 0, 0, 'a', 'b', 'c', 0};
    bytes.insert(bytes.begin() + 36, list.begin(), list.end());
    const auto read = ParseWav(bytes);
    REQUIRE(read);
    CHECK(read->samples.size() == 8);
    CHECK(read->samples[1] == Decode(Codec::kPcma, 0));
}

TEST_CASE("wav: a data chunk longer than the file is cut", "[media]") {
    auto bytes = SampleFile();
    bytes[41] = 0xFF;
    CHECK(ParseWav(bytes)->samples.size() == 4);
}

TEST_CASE("wav: what cannot be played is refused with its reason", "[media]") {
    auto bytes = SampleFile();
    SECTION("another sample rate") {
        bytes[24] = 0x80;
        CHECK(ParseWav(bytes).error().reason == "WAV_UNSUPPORTED");
    }
    SECTION("three channels") {
        bytes[22] = 3;
        CHECK(ParseWav(bytes).error().reason == "WAV_UNSUPPORTED");
    }
    SECTION("24 bits") {
        bytes[34] = 24;
        CHECK(ParseWav(bytes).error().reason == "WAV_UNSUPPORTED");
    }
    SECTION("no RIFF") {
        bytes[0] = 'X';
        CHECK(ParseWav(bytes).error().reason == "WAV_MALFORMED");
    }
    SECTION("data before format") {
        bytes[12] = 'x';
        CHECK(ParseWav(bytes).error().reason == "WAV_MALFORMED");
    }
    SECTION("every cut of the header") {
        for (size_t size = 0; size < 44; ++size) CHECK_FALSE(ParseWav({bytes.data(), size}));
    }
    SECTION("a missing file") { CHECK(ReadWav("/nowhere/a.wav").error().reason == "WAV_NOT_FOUND"); }
    SECTION("a folder that is not there") {
        CHECK(WriteWav("/nowhere/a.wav", {1, {}}).error().reason == "WAV_WRITE_FAILED");
    }
}

}  // namespace trunkline::media
