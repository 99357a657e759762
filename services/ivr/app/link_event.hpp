// What the trunk gateway tells self service about its calls.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "ivr/app/ports.hpp"

namespace trunkline::ivr {

struct Leg {
    LegId id;
    bool customer = false;
    bool up = false;
    bool ended = false;
    bool bridged = false;
};

struct Call {
    CallRef ref;
    ContactId contact;
    std::string from_number;
    std::string to_number;
    CallData data;
    std::vector<Leg> legs;
};

struct CallOffered {
    Call call;
};
struct LegAnswered {
    LegId leg;
};
struct LegEnded {
    LegId leg;
};
struct LegsBridged {
    std::vector<LegId> legs;
};
struct PlayFinished {
    std::string command_id;
    bool failed = false;
};
struct DigitsCollected {
    std::string command_id;
    std::string digits;
};
struct CommandFailed {
    std::string command_id;
    std::string reason;
};
struct CallEnded {};

using LinkEvent = std::variant<CallOffered, LegAnswered, LegEnded, LegsBridged, PlayFinished, DigitsCollected,
                               CommandFailed, CallEnded>;

}  // namespace trunkline::ivr
