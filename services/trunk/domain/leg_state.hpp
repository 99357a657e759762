// The life of a leg.
//
//   kCalling ──kRang──> kRinging ──kAnswered──> kUp
//      │  └──────────kAnswered──────────────────^ │
//      │                  │                       │
//      └──────kEnded──────┴────────kEnded─────────┴──> kEnded
//
// A dialled leg starts in kCalling, a customer's incoming one in kRinging.
#pragma once
#include <string_view>

#include "result/result.hpp"

namespace trunkline::trunk {

enum class LegState { kCalling, kRinging, kUp, kEnded };
enum class LegEvent { kRang, kAnswered, kEnded };

// The next state; FAILED_PRECONDITION/WRONG_STATE for an arrow that is not drawn above. Ringing again is no change.
Result<LegState> Apply(LegState state, LegEvent event);

std::string_view Name(LegState state);

}  // namespace trunkline::trunk
