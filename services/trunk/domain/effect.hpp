// What a call wants done by the outside, in order. The controller carries it out and never decides.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "trunk/domain/command.hpp"
#include "trunk/domain/event.hpp"

namespace trunkline::trunk {

namespace effect {
// ---- SIP ----
struct AnswerLeg {
    LegId leg;
};
struct RejectLeg {
    LegId leg;
    int sip_status = 603;
};
struct DialLeg {
    std::string command_id;
    action::Dial dial;
};
// BYE, CANCEL or nothing, by the state of its SIP session; its media is closed too.
struct EndLeg {
    LegId leg;
};
struct OfferHold {
    LegId leg;
    bool hold = true;
};
struct AnswerTransfer {
    LegId leg;
    bool accept = false;
    int sip_status = 603;
};
struct ReportTransfer {
    LegId leg;
    int sip_status = 200;
};
// ---- media ----
struct StartPlay {
    LegId leg;
    std::string play_id;
    std::vector<PromptItem> items;
    bool loop = false;
    bool barge_in = false;
};
struct StopPlay {
    LegId leg;
    std::string play_id;
};
struct Connect {
    LegId leg;
};
// The listener does not hear the speaker.
struct Deaf {
    LegId listener;
    LegId speaker;
};
// Who does not hear whom among the legs of the bridge; replaces the former matrix in one step.
struct SetMatrix {
    std::vector<Deaf> holes;
};
struct Disconnect {
    LegId leg;
};
struct SendDigits {
    std::string command_id;
    LegId leg;
    std::string digits;
};
struct StartRecording {
    std::string command_id;
    RecordingId recording;
    LegId customer;
    std::vector<LegId> others;
};
struct RecordLeg {
    RecordingId recording;
    LegId leg;
    bool on = true;
};
struct PauseRecording {
    RecordingId recording;
    bool paused = false;
};
struct StopRecording {
    RecordingId recording;
};
// ---- time ----
// The one digit timer of a leg; starting it again replaces it. It comes back as input::DigitTimeout.
struct StartDigitTimer {
    LegId leg;
    Duration delay{};
};
struct StopDigitTimer {
    LegId leg;
};
// ---- told ----
struct Tell {
    Event event;
};
}  // namespace effect

using Effect = std::variant<effect::AnswerLeg, effect::RejectLeg, effect::DialLeg, effect::EndLeg, effect::OfferHold,
                            effect::AnswerTransfer, effect::ReportTransfer, effect::StartPlay, effect::StopPlay,
                            effect::Connect, effect::Disconnect, effect::SetMatrix, effect::SendDigits,
                            effect::StartRecording, effect::RecordLeg, effect::PauseRecording, effect::StopRecording,
                            effect::StartDigitTimer, effect::StopDigitTimer, effect::Tell>;
using Effects = std::vector<Effect>;

}  // namespace trunkline::trunk
