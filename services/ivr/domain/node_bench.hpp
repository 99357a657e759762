// A call on a bench: tests put one node on it and see what it wants done.
#pragma once
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "ivr/domain/node.hpp"
#include "testing/manual_clock.hpp"
#include "testing/sequential_ids.hpp"

namespace trunkline::ivr {

class NodeBench {
 public:
    NodeBench() {
        call.customer = LegId{"caller"};
        call.answered = true;
    }

    // Both return the exit taken, "wait", "repeat after REASON", "end REASON" or "fail REASON".
    std::string Start(const Node& node) {
        round_ = 0;
        return Run([&](Context& context) { return node.Start(context); });
    }
    std::string On(const Node& node, const Event& event) {
        return Run([&](Context& context) { return node.OnEvent(context, event); });
    }
    // The machine words of what is wrong with the node's parameters.
    static std::vector<std::string> Faults(const Node& node) {
        Problems problems;
        node.Check(problems);
        std::vector<std::string> reasons;
        for (const Problem& problem : problems.all()) reasons.push_back(problem.reason);
        return reasons;
    }

    Variables variables;
    CallState call;
    testing::ManualClock clock;
    std::vector<Command> commands;  // of the last step

 private:
    template <class Function>
    std::string Run(Function function) {
        commands.clear();
        Context context{variables, language_, call, round_, clock.Now(), ids_, commands};
        const Step step = function(context);
        if (const auto* next = std::get_if<Continue>(&step)) return next->exit.name + " -> " + next->exit.target;
        if (const auto* again = std::get_if<Repeat>(&step)) return "repeat after " + again->reason;
        if (const auto* end = std::get_if<End>(&step)) return "end " + std::string(ToString(end->reason));
        if (const auto* fail = std::get_if<Fail>(&step)) return "fail " + fail->reason;
        return "wait";
    }

    std::string language_ = "zh";
    testing::SequentialIds ids_;
    int round_ = 0;
};

inline PlayPrompt Spoken(const std::string& words, bool barge_in = false) {
    return {{Text{words, "zh"}}, barge_in, false, std::nullopt};
}
using Commands = std::vector<Command>;

}  // namespace trunkline::ivr
