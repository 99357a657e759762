// What happens to a call without a command: on its legs, in its media, by time.
#pragma once
#include <string>
#include <variant>

#include "trunk/domain/event.hpp"

namespace trunkline::trunk {

namespace input {
// The INVITE of a Dial is on its way.
struct LegDialled {
    LegId leg;
};
struct LegRang {
    LegId leg;
    bool has_early_media = false;
};
struct LegAnswered {
    LegId leg;
};
struct LegEnded {
    LegId leg;
    EndCause cause;
};
struct PeerHeld {
    LegId leg;
    bool held = true;
};
struct TransferAsked {
    LegId leg;
    std::string target;
    LegId replaces;  // empty: blind
};
struct PlayDone {
    LegId leg;
    std::string play_id;
    PlayResult result = PlayResult::kFinished;
};
struct DigitKeyed {
    LegId leg;
    char digit = 0;
};
struct DigitTimeout {
    LegId leg;
};
struct MediaLost {
    LegId leg;
};
struct RecordingStarted {
    RecordingId recording;
};
// An effect could not be carried out; `leg` is the one that the command was about, empty when none.
struct EffectFailed {
    std::string command_id;
    LegId leg;
    RecordingId recording;
    Error error;
};
// Nobody is attached who could go on with the call, and the grace is over.
struct Abandoned {};
// The operator or the drain's limit ends the call.
struct ForcedEnd {};
}  // namespace input

using Input =
    std::variant<input::LegDialled, input::LegRang, input::LegAnswered, input::LegEnded, input::PeerHeld,
                 input::TransferAsked, input::PlayDone, input::DigitKeyed, input::DigitTimeout, input::MediaLost,
                 input::RecordingStarted, input::EffectFailed, input::Abandoned, input::ForcedEnd>;

}  // namespace trunkline::trunk
