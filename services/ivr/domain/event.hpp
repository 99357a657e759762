// What happens to a call while a flow serves it.
#pragma once
#include <string>
#include <variant>

#include "ids/ids.hpp"

namespace trunkline::ivr {

// The caller's leg is up.
struct CallAnswered {};
// The prompt that was asked for last has ended, by itself or by a key.
struct Played {};
// The prompt could not be spoken or played.
struct PlayFailed {};
// What the caller keyed in reply to the prompt; empty when he pressed nothing in time.
struct KeysPressed {
    std::string keys;
};
struct PartyAnswered {
    LegId leg;
};
struct PartyEnded {
    LegId leg;
};
struct PartyBridged {
    LegId leg;
};
// The gateway refused the command sent last; `reason` is its machine word.
struct CommandRefused {
    std::string reason;
};
// The application that the call was handed to gave it back, or could not take it.
struct CallReturned {
    std::string reason;
};

using Event = std::variant<CallAnswered, Played, PlayFailed, KeysPressed, PartyAnswered, PartyEnded, PartyBridged,
                           CommandRefused, CallReturned>;

}  // namespace trunkline::ivr
