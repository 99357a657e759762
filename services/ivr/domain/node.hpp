// A node of a flow: what it does with a call, and what it says about itself before any call arrives.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "ivr/domain/command.hpp"
#include "ivr/domain/event.hpp"
#include "ivr/domain/text.hpp"

namespace trunkline::ivr {

// A way out of a node: what it is called in reports ("key 1", "timeout") and the node it leads to.
struct Exit {
    std::string name;
    std::string target;
    auto operator<=>(const Exit&) const = default;
};

enum class EndReason { kQueued, kTransferred, kHungUp, kCallerHungUp, kFailed };
// "QUEUED", "TRANSFERRED", "HUNG_UP", "CALLER_HUNG_UP", "FAILED".
std::string_view ToString(EndReason reason);

struct Continue {
    Exit exit;
};
struct Wait {};
// The node begins another round after `reason` ("timeout"); told as leaving the node and entering it again.
struct Repeat {
    std::string reason;
};
// The flow is done with the call. An event that comes later (a queue that does not take the caller) may still continue.
struct End {
    EndReason reason = EndReason::kHungUp;
};
// The node cannot go on; the call is hung up. `reason` is a machine word.
struct Fail {
    std::string reason;
};
using Step = std::variant<Wait, Repeat, Continue, End, Fail>;

// The call as the flow sees it.
struct CallState {
    LegId customer;
    bool answered = false;
    LegId party;  // a further party that rings or is connected; empty: none
    bool party_bridged = false;
};

// What a node works with. `round` is the node's own count, 0 whenever an exit leads to it.
struct Context {
    Variables& variables;
    const std::string& language;  // of the call now
    CallState& call;
    int& round;
    TimePoint now;
    IdGenerator& ids;
    std::vector<Command>& commands;

    // The text with its variables and its language filled in.
    Text Speech(const Text& text) const;
    // Speaks a text without reading keys.
    void Say(const Text& text, bool barge_in);
};

// What is wrong with a node's parameters: a machine word and one English sentence.
struct Problem {
    std::string reason;
    std::string message;
};
inline constexpr std::string_view kBadParameter = "BAD_PARAMETER";
inline constexpr std::string_view kMissingPrompt = "MISSING_PROMPT";
inline constexpr std::string_view kNotSupported = "NOT_SUPPORTED";

// Collects problems of a node's parameters.
class Problems {
 public:
    // Notes a bad parameter unless `good`.
    void Expect(bool good, std::string message);
    void Add(std::string_view reason, std::string message);
    // A text that has to be there, and its language.
    void ExpectText(const Text& text);
    void ExpectLanguage(const Text& text);
    void ExpectBetween(std::chrono::milliseconds value, std::chrono::milliseconds lowest,
                       std::chrono::milliseconds highest, const std::string& name);

    const std::vector<Problem>& all() const { return all_; }

 private:
    std::vector<Problem> all_;
};

// Kinds of nodes derive from it, one file each under nodes/. Immutable and shared by all calls: what a node has to
// remember about a call is in the Context. It does no I/O; it returns commands. There is no cancel: when the caller
// hangs up the trunk gateway frees all that a node asked for, and the journey tells that the node was left.
class Node {
 public:
    virtual ~Node() = default;
    // The kind's word: "menu".
    virtual std::string_view Kind() const = 0;
    virtual Step Start(Context& context) const = 0;
    virtual Step OnEvent(Context& context, const Event& event) const;

    virtual std::vector<Exit> Exits() const { return {}; }
    virtual void Check(Problems& problems) const { (void)problems; }
    // Texts that may be spoken; those without variables are spoken when the flow is published.
    virtual std::vector<Text> Texts() const { return {}; }
    // An uploaded prompt that must be there.
    virtual std::string RequiredPrompt() const { return {}; }
    // Must the call have been answered before?
    virtual bool NeedsAnswer() const { return true; }
    // Does the caller do something here, so that a loop through this node is not endless?
    virtual bool WaitsForCaller() const { return false; }
    // Variables that the node sets.
    virtual std::vector<std::string> Sets() const { return {}; }
};

}  // namespace trunkline::ivr
