// What a flow wants done with its call; the trunk gateway does it.
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ids/ids.hpp"
#include "ivr/domain/text.hpp"

namespace trunkline::ivr {

struct PromptId {
    std::string sha256;  // lower-case hexadecimal, of the WAV file
    auto operator<=>(const PromptId&) const = default;
};
struct Silence {
    std::chrono::milliseconds length{};
    auto operator<=>(const Silence&) const = default;
};
struct Tone {
    int hertz = 0;
    std::chrono::milliseconds length{};
    auto operator<=>(const Tone&) const = default;
};
// A Text has to be spoken, and so become a PromptId, before the gateway can play it.
using PromptItem = std::variant<Text, PromptId, Silence, Tone>;

// How keys are read while and after a prompt.
struct KeyInput {
    int lowest = 1;  // number of keys
    int highest = 1;
    std::string terminators;
    std::chrono::milliseconds first_timeout{};    // from the end of the prompt to the first key
    std::chrono::milliseconds between_timeout{};  // between two keys
    auto operator<=>(const KeyInput&) const = default;
};

struct AnswerCall {
    auto operator<=>(const AnswerCall&) const = default;
};
// Ends a call that was not answered.
struct RejectCall {
    int sip_status = 480;
    auto operator<=>(const RejectCall&) const = default;
};
struct HangUpCall {
    auto operator<=>(const HangUpCall&) const = default;
};
// Plays to the caller; told by Played, or by KeysPressed when keys are asked for.
struct PlayPrompt {
    std::vector<PromptItem> items;
    bool barge_in = false;
    bool loop = false;
    std::optional<KeyInput> keys;
    auto operator<=>(const PlayPrompt&) const = default;
};
// Rings a further party: a phone of the centre, or a number outside over a carrier trunk.
struct DialParty {
    LegId leg;
    std::string phone;
    std::string number;
    std::string trunk;
    std::string caller_number;  // shown to the party
    std::chrono::milliseconds ring_limit{};
    auto operator<=>(const DialParty&) const = default;
};
// Connects the caller with that party.
struct BridgeParty {
    LegId customer;
    LegId leg;
    auto operator<=>(const BridgeParty&) const = default;
};
// Records the call from now on; goes on without when that fails.
struct RecordCall {
    RecordingId recording;
    auto operator<=>(const RecordCall&) const = default;
};
struct HangUpParty {
    LegId leg;
    auto operator<=>(const HangUpParty&) const = default;
};
struct HandOverCall {
    std::string application;
    std::map<std::string, std::string> data;
    auto operator<=>(const HandOverCall&) const = default;
};

// Asks the customers' records who has this number; told by CallerLookedUp. Not for the gateway.
struct LookUpCaller {
    std::string number;
    auto operator<=>(const LookUpCaller&) const = default;
};

using Command = std::variant<AnswerCall, RejectCall, HangUpCall, PlayPrompt, DialParty, BridgeParty, RecordCall,
                             HangUpParty, HandOverCall, LookUpCaller>;

}  // namespace trunkline::ivr
