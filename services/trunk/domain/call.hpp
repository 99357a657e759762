// The nouns of a live call: the call, its legs, and why they end. Values only.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "trunk/domain/leg_state.hpp"

namespace trunkline::trunk {

using AttachedData = std::map<std::string, std::string>;

enum class CallDirection { kInbound, kOutbound };
enum class Role { kCustomer, kAgent, kOutside, kSupervisor };

// The five results by which call ends are counted; alerts use kServerError only.
enum class EndResult { kSuccess, kClientError, kServerError, kUpstreamError, kIndeterminate };

// Why a leg or a call ended. `reason` is a machine word of a closed set, see the named causes below.
struct EndCause {
    EndResult result = EndResult::kSuccess;
    std::string reason;
    int sip_status = 0;  // of a leg that was not answered, 0 otherwise

    bool operator==(const EndCause&) const = default;
};

namespace cause {
inline const EndCause kRemoteHangUp{EndResult::kSuccess, "REMOTE_HANG_UP", 0};
inline const EndCause kApplicationHangUp{EndResult::kSuccess, "APPLICATION_HANG_UP", 0};
inline const EndCause kCancelled{EndResult::kSuccess, "CANCELLED", 0};
inline const EndCause kMediaTimeout{EndResult::kIndeterminate, "MEDIA_TIMEOUT", 0};
inline const EndCause kNoApplication{EndResult::kServerError, "NO_APPLICATION", 0};
inline const EndCause kDialLimit{EndResult::kClientError, "DIAL_LIMIT", 0};
inline const EndCause kNoRecording{EndResult::kServerError, "NO_RECORDING", 0};
}  // namespace cause

struct Leg {
    LegId id;
    Role role = Role::kCustomer;
    LegState state = LegState::kCalling;
    std::string endpoint;  // a phone's name or a number
    bool held = false;     // by the peer
    bool bridged = false;
    bool recorded = false;         // its speech goes into the call's recording
    bool has_early_media = false;  // a dialled leg that is ringing can be heard
    TimePoint started{};
    std::optional<TimePoint> answered;
    std::optional<TimePoint> bridged_at;
    std::string playing_command;  // empty when nothing plays or is collected

    bool CanBeHeard() const { return state == LegState::kUp || (state == LegState::kRinging && has_early_media); }
};

struct Call {
    CallId id;
    ContactId contact;
    uint64_t epoch = 1;
    std::string application;
    CallDirection direction = CallDirection::kInbound;
    std::string from_number;
    std::string to_number;
    std::string trunk;
    AttachedData data;
    std::vector<Leg> legs;  // the customer's comes first
    TimePoint started{};
    std::optional<TimePoint> answered;
    std::optional<TimePoint> ended;
    EndCause end_cause;
    RecordingId recording;  // empty while nothing is recorded

    Leg& customer() { return legs.front(); }
    const Leg& customer() const { return legs.front(); }
    Leg* Find(const LegId& leg);
    const Leg* Find(const LegId& leg) const;
    bool HasBridge() const;
    // Of a call of our own, until the customer's leg is dialled.
    bool is_customer_dialled = true;
};

}  // namespace trunkline::trunk
