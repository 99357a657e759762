// Tests of the player and the prompt cache.
#include "media/player.hpp"

#include <poll.h>
#include <catch2/catch.hpp>

#include "media/peer_for_tests.hpp"
#include "media/wav.hpp"
#include "testing/manual_clock.hpp"

namespace trunkline::media {
namespace {

using Progress = Player::Progress;

std::shared_ptr<Prompt> Loaded(std::vector<int16_t> samples) {
    auto prompt = std::make_shared<Prompt>();
    prompt->samples = std::move(samples);
    prompt->state = Prompt::State::kReady;
    return prompt;
}

Piece Of(std::shared_ptr<const Prompt> prompt) { return {std::move(prompt), std::nullopt, 0}; }

// Waits for the loader's thread.
Prompt::State Settled(const Prompt& prompt) {
    for (int i = 0; i < 300 && prompt.state == Prompt::State::kLoading; ++i) poll(nullptr, 0, 10);
    return prompt.state;
}

}  // namespace

TEST_CASE("player: clips follow each other without a gap", "[media]") {
    Player player;
    player.Start({Of(Loaded(std::vector<int16_t>(100, 1))), Of(Loaded(std::vector<int16_t>(100, 2)))}, false);
    Frame frame;
    CHECK(player.Fill(frame) == Progress::kPlaying);
    CHECK(frame[99] == 1);
    CHECK(frame[100] == 2);
    CHECK(frame[159] == 2);
    CHECK(player.Fill(frame) == Progress::kFinished);
    CHECK(frame[39] == 2);
    CHECK(frame[40] == 0);
    CHECK_FALSE(player.active());
}

TEST_CASE("player: a loop goes on, but not one of nothing", "[media]") {
    Player player;
    player.Start({Of(Loaded(std::vector<int16_t>(50, 1)))}, true);
    Frame frame;
    for (int i = 0; i < 10; ++i) CHECK(player.Fill(frame) == Progress::kPlaying);
    CHECK(frame[159] == 1);
    player.Start({Of(Loaded({})), Of(Loaded({}))}, true);
    CHECK(player.Fill(frame) == Progress::kFinished);
}

TEST_CASE("player: it waits for a prompt that is loading and fails with one that failed", "[media]") {
    auto prompt = std::make_shared<Prompt>();
    Player player;
    player.Start({{nullptr, Tone{1000}, 80}, Of(prompt)}, false);
    Frame frame;
    CHECK(player.Fill(frame) == Progress::kPlaying);
    CHECK(player.Fill(frame) == Progress::kPlaying);
    CHECK(frame == Frame{});
    prompt->state = Prompt::State::kFailed;
    CHECK(player.Fill(frame) == Progress::kFailed);
    CHECK_FALSE(player.active());
}

TEST_CASE("prompt cache: a file is loaded once, a changed one again, of stereo the left channel", "[media]") {
    testing::TemporaryFolder folder;
    const auto path = folder / "a.wav";
    REQUIRE(WriteWav(path, {2, {7, -7, 8, -8}}));
    trunkline::testing::ManualClock clock;
    PromptCache cache(clock);
    const auto first = cache.Get(path);
    REQUIRE(Settled(*first) == Prompt::State::kReady);
    CHECK(first->samples == std::vector<int16_t>{7, 8});
    CHECK(cache.Get(path) == first);

    REQUIRE(WriteWav(path, {1, {9}}));
    std::filesystem::last_write_time(path, std::filesystem::last_write_time(path) + std::chrono::seconds(2));
    clock.Advance(std::chrono::seconds(6));
    auto now = cache.Get(path);
    for (int i = 0; i < 300 && now == first; ++i) {
        poll(nullptr, 0, 10);
        now = cache.Get(path);
    }
    CHECK(now->samples == std::vector<int16_t>{9});
    CHECK(first->samples.size() == 2);
}

TEST_CASE("prompt cache: a missing file fails and is tried again", "[media]") {
    testing::TemporaryFolder folder;
    trunkline::testing::ManualClock clock;
    PromptCache cache(clock);
    CHECK(Settled(*cache.Get(folder / "a.wav")) == Prompt::State::kFailed);
    REQUIRE(WriteWav(folder / "a.wav", {1, {9}}));
    CHECK(Settled(*cache.Get(folder / "a.wav")) == Prompt::State::kReady);
}

TEST_CASE("prompt cache: the longest unused go first", "[media]") {
    testing::TemporaryFolder folder;
    const Wav kilobyte{1, std::vector<int16_t>(512, 1)};
    for (const char* name : {"a", "b", "c"}) REQUIRE(WriteWav(folder / name, kilobyte));
    trunkline::testing::ManualClock clock;
    PromptCache cache(clock, 2048);
    std::shared_ptr<const Prompt> first;
    for (const char* name : {"a", "b", "c"}) {
        const auto prompt = cache.Get(folder / name);
        REQUIRE(Settled(*prompt) == Prompt::State::kReady);
        if (!first) first = prompt;
        clock.Advance(std::chrono::seconds(1));
    }
    const auto again = cache.Get(folder / "a");
    CHECK(again != first);
    CHECK(Settled(*again) == Prompt::State::kReady);
}

}  // namespace trunkline::media
