// One caller's way through a flow: (where he is, what happens, now) gives (commands, facts).
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ivr/domain/flow.hpp"

namespace trunkline::ivr {

// Where a caller is; all that is needed to go on after a restart.
struct Progress {
    std::string node;
    uint32_t step = 0;  // counts the nodes of this call: 1, 2, 3 ...
    Variables variables;
    auto operator<=>(const Progress&) const = default;
};

struct NodeEntry {
    std::string node;
    uint32_t step = 0;
    std::string kind;
};
struct NodeExit {
    std::string node;
    uint32_t step = 0;
    std::string exit;
};
using Trace = std::vector<std::variant<NodeEntry, NodeExit>>;

// What one event led to.
struct Outcome {
    std::vector<Command> commands;
    Trace trace;
    std::optional<EndReason> ended;  // set when the flow became done with the call just now
    std::string failure;             // the machine word when it failed
};

// Used by one thread. After the flow is done, events still reach the last node.
class Journey {
 public:
    // A flow that a caller cannot leave is ended after this many nodes.
    static constexpr uint32_t kMostSteps = 500;

    Journey(std::shared_ptr<const Flow> flow, Progress progress, CallState call, IdGenerator& ids);

    // Enters the entry node, or, when `progress` names a node, that node once more.
    Outcome Begin(TimePoint now);
    Outcome OnEvent(const Event& event, TimePoint now);
    // The call is over, whatever the node was doing.
    Outcome OnCallEnded();

    const Progress& progress() const { return progress_; }
    const CallState& call() const { return call_; }
    bool ended() const { return ended_; }
    // "zh" or "en": of texts that name none.
    std::string Language() const;

 private:
    Step RunNode(const Event* event, TimePoint now, Outcome& outcome);
    void Follow(Step step, TimePoint now, Outcome& outcome);
    void Enter(const std::string& node, Outcome& outcome);
    void Leave(const std::string& exit, Outcome& outcome) const;
    void Finish(EndReason reason, Outcome& outcome);
    void Break(const std::string& reason, Outcome& outcome);

    std::shared_ptr<const Flow> flow_;  // shared with the flow book and other calls
    Progress progress_;
    CallState call_;
    IdGenerator& ids_;
    int round_ = 0;
    bool ended_ = false;
};

}  // namespace trunkline::ivr
