// Who takes part in a conversation beside the customer and the agent who has the contact.
#pragma once
#include <string>

#include "acd/domain/ids.hpp"
#include "clock/clock.hpp"

namespace trunkline::acd {

// The customer and seven others.
inline constexpr size_t kMostTalkers = 8;
inline constexpr size_t kMostSupervisors = 4;

// Whom a supervisor speaks to. He always hears what the agent hears and says.
enum class Supervision { kListen, kWhisper, kBarge, kTakeOver };

struct Party {
    // kConsulted: talks with the agent while the customer waits. kMember: of the conference. kMoved: another phone of
    // the agent himself, which replaces his present one when it is picked up.
    enum class Kind { kConsulted, kMember, kSupervisor, kMoved };
    Kind kind = Kind::kConsulted;
    LegId leg = {};
    AgentId agent = {};       // empty: an outside number
    std::string number = {};  // of an outside party, or the phone of a moved one
    bool up = false;
    bool muted = false;
    Supervision supervision = Supervision::kListen;
    TimePoint since{};
};

// Where a conversation goes: a queue, an agent (by id or extension) or a number outside.
struct Destination {
    enum class Kind { kAgent, kQueue, kNumber };
    Kind kind = Kind::kAgent;
    std::string name;
};

}  // namespace trunkline::acd
