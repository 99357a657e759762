// An attendant with fake surroundings: tests tell it what happens on the line and read what it does.
#pragma once
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ivr/app/attendant.hpp"
#include "testing/manual_clock.hpp"
#include "testing/sequential_ids.hpp"

namespace trunkline::ivr {

// Writes commands down as short words and keeps the attached data as the gateway would.
class FakeTrunkLink final : public TrunkLink {
 public:
    void Send(const CallRef& call, const std::string& command_id, const Command& command) override {
        last_id = command_id;
        last_epoch = call.epoch;
        done.push_back(Word(command));
        if (const auto* hand_over = std::get_if<HandOverCall>(&command)) {
            for (const auto& [key, value] : hand_over->data) data[key] = value;
        }
    }
    void SetData(const CallRef&, const CallData& changed) override {
        for (const auto& [key, value] : changed) {
            data[key] = value;
            if (value.empty()) data.erase(key);
        }
    }
    // What was done since the last look.
    std::vector<std::string> Take() { return std::exchange(done, {}); }

    std::vector<std::string> done;
    std::string last_id;
    uint64_t last_epoch = 0;
    CallData data;

 private:
    static std::string Word(const Command& command) {
        if (const auto* play = std::get_if<PlayPrompt>(&command)) {
            std::string word = "play";
            for (const PromptItem& item : play->items) {
                const auto* prompt = std::get_if<PromptId>(&item);
                word += " " + (prompt ? prompt->sha256 : "tone");
            }
            return word;
        }
        if (const auto* reject = std::get_if<RejectCall>(&command))
            return "reject " + std::to_string(reject->sip_status);
        if (const auto* over = std::get_if<HandOverCall>(&command)) return "hand over to " + over->application;
        if (std::holds_alternative<AnswerCall>(command)) return "answer";
        if (std::holds_alternative<HangUpCall>(command)) return "hang up";
        if (std::holds_alternative<DialParty>(command)) return "dial";
        return "other";
    }
};

// Texts are prompts of the same name once they were prepared.
class FakeLivePrompts final : public LivePrompts {
 public:
    std::optional<PromptId> Find(const Text& text) const override {
        return known.contains(text.words) ? std::optional(PromptId{text.words}) : std::nullopt;
    }
    void Prepare(std::vector<PromptItem> items, std::function<void(bool)> done) override {
        wanted = std::move(items);
        waiting = std::move(done);
    }
    void Finish(bool prepared) {
        for (const PromptItem& item : wanted) {
            if (const auto* text = std::get_if<Text>(&item); text && prepared) known.insert(text->words);
        }
        std::exchange(waiting, nullptr)(prepared);
    }

    std::set<std::string> known{"hello", "menu", "wrong"};
    std::vector<PromptItem> wanted;
    std::function<void(bool)> waiting;
};

// Answers when a test says so.
class FakeCallers final : public Callers {
 public:
    void LookUp(const std::string& number, std::function<void(std::optional<CallerFacts>)> done) override {
        asked.push_back(number);
        waiting = std::move(done);
    }

    std::vector<std::string> asked;
    std::function<void(std::optional<CallerFacts>)> waiting;
};

class FakeFlowFacts final : public FlowFacts {
 public:
    void Started(const ContactId&, const FlowVersion& flow, TimePoint) override {
        told.push_back("started " + flow.name + " " + std::to_string(flow.version));
    }
    void Entered(const ContactId&, const FlowVersion&, const NodeEntry& entry, TimePoint) override {
        told.push_back("entered " + entry.node + " " + std::to_string(entry.step));
    }
    void Left(const ContactId&, const NodeExit& exit, TimePoint) override {
        told.push_back("left " + exit.node + " by " + exit.exit);
    }
    void Ended(const ContactId&, const std::string&, uint32_t, EndReason reason, TimePoint) override {
        told.push_back("ended " + std::string(ToString(reason)));
    }
    std::vector<std::string> Take() { return std::exchange(told, {}); }

    std::vector<std::string> told;
};

inline const CallId kCall{"call"};

// A number with the flow "small": pick_up, greeting, menu, queue, sorry. Everything but the attendant itself outlives
// Restart.
class AttendantBench {
 public:
    AttendantBench();

    // A new call, or our call as the gateway has it now.
    Call Caller(bool answered) const {
        CallData data = link.data;
        data.try_emplace("flow", "small");
        return {{kCall, epoch}, ContactId{"contact"},
                "13800000000",  "96166",
                data,           {{LegId{"caller"}, true, answered, false, false}}};
    }
    void On(const LinkEvent& event) { attendant->OnEvent(kCall, event); }
    void PlayEnds() { On(PlayFinished{link.last_id, false}); }
    void Key(const std::string& keys) { On(DigitsCollected{link.last_id, keys}); }
    // Brings a fresh call to the menu.
    void ReachMenu() {
        On(CallOffered{Caller(false)});
        On(LegAnswered{LegId{"caller"}});
        PlayEnds();
    }
    // kill -9 and a new process that attaches.
    void Restart(bool answered) {
        attendant = std::make_unique<Attendant>(Ports());
        link.Take();
        facts.Take();
        attendant->OnSnapshot({Caller(answered)}, {});
    }
    Attendant::Ports Ports() { return {link, prompts, callers, facts, book, clock, ids}; }

    FakeTrunkLink link;
    FakeLivePrompts prompts;
    FakeCallers callers;
    FakeFlowFacts facts;
    FlowBook book;
    testing::ManualClock clock;
    testing::SequentialIds ids;
    uint64_t epoch = 1;
    std::unique_ptr<Attendant> attendant;
};

// Version `version` of the flow "small"; `greeting` is what it says first.
FlowBook::Page SmallFlow(uint32_t version, const std::string& greeting);

}  // namespace trunkline::ivr
