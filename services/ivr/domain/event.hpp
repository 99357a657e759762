// What happens to a call while a flow serves it.
#pragma once
#include <optional>
#include <string>
#include <variant>

#include "clock/clock.hpp"
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

// What the customers' records say about a number.
struct CallerFacts {
    std::string customer;  // empty: nobody, or several people
    int vip_level = 0;
    std::string account_manager;  // an agent
    std::string last_agent;       // who served this customer or number last
    TimePoint last_contact{};
    std::string language;  // "zh", "en", or something that is not spoken here
};
// Nothing: no answer came in time.
struct CallerLookedUp {
    std::optional<CallerFacts> facts;
};

using Event = std::variant<CallAnswered, Played, PlayFailed, KeysPressed, PartyAnswered, PartyEnded, PartyBridged,
                           CommandRefused, CallReturned, CallerLookedUp>;

}  // namespace trunkline::ivr
