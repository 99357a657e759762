// What a call tells: to the application that owns it, to the bus, to the metrics. Each listener takes what is his.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "trunk/domain/call.hpp"

namespace trunkline::trunk {

enum class PlayResult { kFinished, kBarged, kStopped, kFailed };
enum class CollectResult { kComplete, kTerminator, kFirstTimeout, kBetweenTimeout };

namespace event {
struct CallStarted {};
// A new call for its application, or one that was handed over.
struct CallOffered {};
struct HandedOver {
    std::string from_application;
};
struct LegStarted {
    LegId leg;
};
struct LegRinging {
    LegId leg;
};
struct LegAnswered {
    LegId leg;
};
// `position` of hold and resume counts them within the call, so that each is a fact of its own.
struct LegHeld {
    LegId leg;
    uint64_t position = 0;
};
struct LegResumed {
    LegId leg;
    uint64_t position = 0;
};
struct LegsBridged {
    std::string command_id;
    std::vector<LegId> legs;
};
struct LegEnded {
    LegId leg;
    EndCause cause;
};
struct PlayFinished {
    std::string command_id;
    PlayResult result = PlayResult::kFinished;
};
struct DigitsCollected {
    std::string command_id;
    std::string digits;
    CollectResult result = CollectResult::kComplete;
};
struct DigitPressed {
    LegId leg;
    char digit = 0;
};
struct TransferRequested {
    LegId leg;
    std::string target;
    LegId replaces;  // empty: blind
    uint64_t position = 0;
};
struct RecordingStarted {
    RecordingId recording;
};
struct CallEnded {};
struct CommandFailed {
    std::string command_id;
    std::string reason;
    std::string message;
};
}  // namespace event

using Event = std::variant<event::CallStarted, event::CallOffered, event::HandedOver, event::LegStarted,
                           event::LegRinging, event::LegAnswered, event::LegHeld, event::LegResumed, event::LegsBridged,
                           event::LegEnded, event::PlayFinished, event::DigitsCollected, event::DigitPressed,
                           event::TransferRequested, event::RecordingStarted, event::CallEnded, event::CommandFailed>;

}  // namespace trunkline::trunk
