// A flow followed without a call: the same journey that serves callers, with what the caller does given beforehand.
#pragma once
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "ivr/domain/flow.hpp"
#include "ivr/domain/journey.hpp"

namespace trunkline::ivr {

// What the caller keys; empty: nothing in time.
struct RehearsedKeys {
    std::string keys;
};
// Whether the party that is rung answers.
struct RehearsedParty {
    bool answers = false;
};
using RehearsedInput = std::variant<RehearsedKeys, RehearsedParty>;

struct RehearsedStep {
    std::string node;
    std::string kind;
    std::vector<std::string> texts;  // what the caller hears there
    std::string exit;                // empty while he is there
};

struct Rehearsal {
    enum class Needs { kNothing, kKeys, kParty };

    std::vector<RehearsedStep> steps;
    Needs needs = Needs::kNothing;
    int most_keys = 0;  // when keys are needed
    std::string end;    // "QUEUED", ...; empty while something is needed
    Variables variables;
};

// The flow must be sound (CheckFlow). Inputs that nobody asked for are left out.
Rehearsal Rehearse(const std::shared_ptr<const Flow>& flow, TimePoint now, const std::vector<RehearsedInput>& inputs);

}  // namespace trunkline::ivr
