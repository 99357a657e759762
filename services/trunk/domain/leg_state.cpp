// The table behind the drawing in leg_state.hpp.
#include "trunk/domain/leg_state.hpp"

#include <array>
#include <optional>
#include <string>

namespace trunkline::trunk {
namespace {

using Row = std::array<std::optional<LegState>, 3>;  // by LegEvent: kRang, kAnswered, kEnded

constexpr std::array<Row, 4> kTable{{
    /* kCalling */ {LegState::kRinging, LegState::kUp, LegState::kEnded},
    /* kRinging */ {LegState::kRinging, LegState::kUp, LegState::kEnded},
    /* kUp      */ {std::nullopt, std::nullopt, LegState::kEnded},
    /* kEnded   */ {std::nullopt, std::nullopt, std::nullopt},
}};

}  // namespace

Result<LegState> Apply(LegState state, LegEvent event) {
    const auto next = kTable[static_cast<size_t>(state)][static_cast<size_t>(event)];
    if (!next) {
        return Error{Code::kFailedPrecondition, "WRONG_STATE",
                     "the leg is " + std::string(Name(state)) + "; what happened does not fit that state"};
    }
    return *next;
}

std::string_view Name(LegState state) {
    constexpr std::array<std::string_view, 4> kNames{"calling", "ringing", "up", "ended"};
    return kNames[static_cast<size_t>(state)];
}

}  // namespace trunkline::trunk
