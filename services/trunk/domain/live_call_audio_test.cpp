// Prompts and keys.
#include "trunk/domain/live_call_fixture.hpp"

using namespace trunkline;
using namespace trunkline::trunk;
using namespace trunkline::trunk::fixture;

namespace {

action::Play Prompt(bool barge_in = false) { return {LegId(), {PromptReference{"p"}}, false, barge_in, {}}; }

action::Play Question(bool barge_in, size_t most = 2) {
    action::Play play = Prompt(barge_in);
    play.collect = CollectRule{1, most, "#", 5s, 3s};
    return play;
}

const LegId kCustomer("customer");

}  // namespace

TEST_CASE("play: it is started on the customer's leg and its end is told", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    const Effects started = scene.Do("p1", Prompt());
    const auto* play = Find<effect::StartPlay>(started);
    REQUIRE(play != nullptr);
    CHECK(play->leg == kCustomer);
    CHECK(scene.leg("customer").playing_command == "p1");
    const Effects done = scene.On(input::PlayDone{kCustomer, play->play_id, PlayResult::kFinished});
    CHECK(Told<event::PlayFinished>(done)->command_id == "p1");
    CHECK(Told<event::PlayFinished>(done)->result == PlayResult::kFinished);
    CHECK(scene.leg("customer").playing_command.empty());
}

TEST_CASE("play: it needs a leg that is up and something to do", "[trunk][call]") {
    Scene scene;
    CHECK(scene.FailureOf(scene.Do(Prompt())) == "WRONG_STATE");
    scene.Answer();
    CHECK(scene.FailureOf(scene.Do(action::Play{})) == "INVALID");
    CHECK(scene.FailureOf(scene.Do(Question(true, 0))) == "INVALID");
    auto elsewhere = Prompt();
    elsewhere.leg = LegId("nobody");
    CHECK(scene.FailureOf(scene.Do(elsewhere)) == "UNKNOWN_LEG");
}

TEST_CASE("play: a new prompt replaces the old one, whose late end is not news", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    const std::string old_play = Find<effect::StartPlay>(scene.Do("p1", Prompt()))->play_id;
    const Effects effects = scene.Do("p2", Prompt());
    CHECK(Told<event::PlayFinished>(effects)->command_id == "p1");
    CHECK(Told<event::PlayFinished>(effects)->result == PlayResult::kStopped);
    CHECK(scene.On(input::PlayDone{kCustomer, old_play, PlayResult::kStopped}).empty());
    CHECK(scene.leg("customer").playing_command == "p2");
}

TEST_CASE("play: StopPlay stops prompt and collection", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Do("p1", Question(true));
    const Effects effects = scene.Do(action::StopPlay{});
    CHECK(Find<effect::StopPlay>(effects) != nullptr);
    CHECK(Find<effect::StopDigitTimer>(effects) != nullptr);
    CHECK(Told<event::PlayFinished>(effects)->command_id == "p1");
    CHECK(scene.Do(action::StopPlay{}).empty());
}

TEST_CASE("play: a missing prompt is told as the command's failure", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Do("p1", Prompt());
    const Effects effects =
        scene.On(input::EffectFailed{"p1", kCustomer, {}, {Code::kNotFound, "PROMPT_MISSING", "prompt p"}});
    CHECK(scene.FailureOf(effects) == "PROMPT_MISSING");
    CHECK(scene.leg("customer").playing_command.empty());
    CHECK(scene.leg("customer").state == LegState::kUp);
}

TEST_CASE("play: a key ends a prompt that may be interrupted", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    const std::string play = Find<effect::StartPlay>(scene.Do("p1", Prompt(true)))->play_id;
    const Effects pressed = scene.On(input::DigitKeyed{kCustomer, '5'});
    CHECK(Find<effect::StopPlay>(pressed) != nullptr);
    CHECK(Told<event::DigitPressed>(pressed)->digit == '5');
    const Effects done = scene.On(input::PlayDone{kCustomer, play, PlayResult::kStopped});
    CHECK(Told<event::PlayFinished>(done)->result == PlayResult::kBarged);
}

TEST_CASE("collect: keys interrupt the prompt and are the answer", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    scene.Do("p1", Question(true));
    const Effects first = scene.On(input::DigitKeyed{kCustomer, '4'});
    CHECK(Find<effect::StopPlay>(first) != nullptr);
    CHECK(Find<effect::StartDigitTimer>(first)->delay == 3s);
    CHECK(Told<event::DigitPressed>(first) == nullptr);
    const Effects second = scene.On(input::DigitKeyed{kCustomer, '2'});
    CHECK(Told<event::DigitsCollected>(second)->digits == "42");
    CHECK(Told<event::DigitsCollected>(second)->command_id == "p1");
    CHECK(Told<event::DigitsCollected>(second)->result == CollectResult::kComplete);
    CHECK(scene.leg("customer").playing_command.empty());
}

TEST_CASE("collect: keys during a prompt that must be heard do not count", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    const std::string play = Find<effect::StartPlay>(scene.Do("p1", Question(false)))->play_id;
    CHECK(scene.On(input::DigitKeyed{kCustomer, '4'}).empty());
    const Effects over = scene.On(input::PlayDone{kCustomer, play, PlayResult::kFinished});
    CHECK(Find<effect::StartDigitTimer>(over)->delay == 5s);
    const Effects end = scene.On(input::DigitKeyed{kCustomer, '#'});
    CHECK(Told<event::DigitsCollected>(end)->result == CollectResult::kTerminator);
    CHECK(Told<event::DigitsCollected>(end)->digits.empty());
}

TEST_CASE("collect: it times out after the prompt, and without a prompt at once", "[trunk][call]") {
    Scene scene;
    scene.Answer();
    action::Play silent = Question(true);
    silent.items.clear();
    CHECK(Find<effect::StartDigitTimer>(scene.Do("p1", silent))->delay == 5s);
    const Effects effects = scene.On(input::DigitTimeout{kCustomer});
    CHECK(Told<event::DigitsCollected>(effects)->result == CollectResult::kFirstTimeout);
    CHECK(scene.On(input::DigitTimeout{kCustomer}).empty());
}

TEST_CASE("digits: pressed while nothing is collected they are told, sent ones are checked", "[trunk][call]") {
    Scene scene;
    CHECK(scene.On(input::DigitKeyed{kCustomer, '1'}).empty());
    scene.Answer();
    CHECK(Told<event::DigitPressed>(scene.On(input::DigitKeyed{kCustomer, '1'}))->leg == kCustomer);
    CHECK(Find<effect::SendDigits>(scene.Do(action::SendDigits{LegId(), "12,#"}))->digits == "12,#");
    CHECK(scene.FailureOf(scene.Do(action::SendDigits{LegId(), "12x"})) == "INVALID");
    CHECK(scene.FailureOf(scene.Do(action::SendDigits{LegId(), ""})) == "INVALID");
}
