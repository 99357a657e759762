// Plays the telephone gateway's part: answers, ends prompts at once, and stops where a caller has to do something.
#include "ivr/domain/rehearsal.hpp"

#include <deque>
#include <optional>

namespace trunkline::ivr {
namespace {

class CountedIds final : public IdGenerator {
 public:
    std::string New() override { return "rehearsal-" + std::to_string(++count_); }

 private:
    int count_ = 0;
};

class Stage {
 public:
    Stage(const std::shared_ptr<const Flow>& flow, TimePoint now, const std::vector<RehearsedInput>& inputs)
        : journey_(flow, {}, {LegId{"caller"}, false, {}, false}, ids_),
          now_(now),
          inputs_(inputs.begin(), inputs.end()) {}

    Rehearsal Play() {
        Take(journey_.Begin(now_));
        while (!events_.empty()) {
            const Event event = events_.front();
            events_.pop_front();
            Take(journey_.OnEvent(event, now_));
            if (events_.empty()) AskCaller();
        }
        result_.variables = journey_.progress().variables;
        return std::move(result_);
    }

 private:
    void Take(const Outcome& outcome) {
        for (const auto& each : outcome.trace) {
            if (const auto* entry = std::get_if<NodeEntry>(&each)) {
                result_.steps.push_back({entry->node, entry->kind, {}, {}});
            } else if (!result_.steps.empty()) {
                result_.steps.back().exit = std::get<NodeExit>(each).exit;
            }
        }
        for (const Command& command : outcome.commands) Obey(command);
        if (outcome.ended) {
            result_.end = ToString(*outcome.ended);
            events_.clear();
            result_.needs = Rehearsal::Needs::kNothing;
        }
    }

    void Obey(const Command& command) {
        if (std::holds_alternative<AnswerCall>(command)) events_.emplace_back(CallAnswered{});
        if (const auto* play = std::get_if<PlayPrompt>(&command)) Hear(*play);
        if (const auto* dial = std::get_if<DialParty>(&command)) {
            result_.needs = Rehearsal::Needs::kParty;
            party_ = dial->leg;
        }
        // Nobody calls, so nobody is known.
        if (std::holds_alternative<LookUpCaller>(command)) events_.emplace_back(CallerLookedUp{});
        if (const auto* bridge = std::get_if<BridgeParty>(&command)) events_.emplace_back(PartyBridged{bridge->leg});
    }

    void Hear(const PlayPrompt& play) {
        for (const PromptItem& item : play.items) {
            if (const auto* text = std::get_if<Text>(&item)) result_.steps.back().texts.push_back(text->words);
        }
        if (play.keys) {
            result_.needs = Rehearsal::Needs::kKeys;
            result_.most_keys = play.keys->highest;
        } else if (!play.loop) {
            events_.emplace_back(Played{});
        }
    }

    // Gives what the caller does here, when that is known.
    void AskCaller() {
        while (result_.needs != Rehearsal::Needs::kNothing && events_.empty() && !inputs_.empty()) {
            const RehearsedInput input = inputs_.front();
            inputs_.pop_front();
            const auto* keys = std::get_if<RehearsedKeys>(&input);
            if ((keys != nullptr) != (result_.needs == Rehearsal::Needs::kKeys)) continue;
            result_.needs = Rehearsal::Needs::kNothing;
            if (keys) {
                events_.emplace_back(KeysPressed{keys->keys});
            } else if (std::get<RehearsedParty>(input).answers) {
                events_.emplace_back(PartyAnswered{party_});
            } else {
                events_.emplace_back(PartyEnded{party_});
            }
        }
    }

    CountedIds ids_;
    Journey journey_;
    TimePoint now_;
    std::deque<RehearsedInput> inputs_;
    std::deque<Event> events_;
    LegId party_;
    Rehearsal result_;
};

}  // namespace

Rehearsal Rehearse(const std::shared_ptr<const Flow>& flow, TimePoint now, const std::vector<RehearsedInput>& inputs) {
    return Stage{flow, now, inputs}.Play();
}

}  // namespace trunkline::ivr
