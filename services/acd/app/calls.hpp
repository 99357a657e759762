// The telephone side as the router's desk sees it: calls with their legs, what happens on them, what may be asked.
#pragma once
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "acd/domain/arrangement.hpp"
#include "acd/domain/ids.hpp"
#include "clock/clock.hpp"

namespace trunkline::acd::calls {

using Data = std::map<std::string, std::string>;

struct Leg {
    enum class State { kRinging, kUp, kEnded };
    LegId id;
    bool customer = false;
    State state = State::kRinging;
    bool held = false;
    bool bridged = false;
    bool playing = false;
    // Zero when it has not happened.
    TimePoint answered{};
    TimePoint connected{};
    TimePoint ended{};
    std::string end_reason;  // machine word, such as NO_ANSWER
};

struct Call {
    CallId id;
    ContactId contact;
    uint64_t epoch = 0;
    std::string from_number;
    bool outbound = false;  // one of our own
    Data data;
    std::vector<Leg> legs;
    TimePoint owned{};  // when it became ours; zero: not known
    bool answered = false;
    bool recording = false;
    TimePoint ended{};
    std::string end_reason;
};

// Events.
struct Snapshot {
    std::vector<Call> calls;
    std::vector<Call> ended_calls;
    std::vector<std::string> registered_phones;
};
struct Offered {
    Call call;
};
struct LegRinging {
    LegId leg;
};
struct LegAnswered {
    LegId leg;
};
struct LegEnded {
    LegId leg;
    std::string reason;
};
struct LegHeld {
    LegId leg;
};
struct LegResumed {
    LegId leg;
};
struct LegsBridged {
    std::vector<LegId> legs;
};
struct PlayFinished {
    std::string command_id;
    bool stopped = false;  // by a later command
};
struct DigitPressed {
    LegId leg;
    std::string digit;
};
struct DigitsCollected {
    std::string command_id;
    std::string digits;
};
struct TransferRequested {
    LegId leg;
    std::string target;
    bool attended = false;
};
struct Ended {
    Call call;
};
struct CommandFailed {
    std::string command_id;
    std::string reason;
    std::string message;
};
struct PhoneRegistrationChanged {
    std::string phone;
    bool registered = false;
};

struct Event {
    CallId call;
    TimePoint occurred{};
    std::variant<Snapshot, Offered, LegRinging, LegAnswered, LegEnded, LegHeld, LegResumed, LegsBridged, PlayFinished,
                 DigitPressed, DigitsCollected, TransferRequested, Ended, CommandFailed, PhoneRegistrationChanged>
        body;
};

// Orders.
struct Answer {};
struct PlayMusic {               // until something else comes
    LegId leg = {};              // empty: the customer's
    std::string prompt_id = {};  // empty: the built-in music
};
// Plays the prompts and waits for keys; DigitsCollected follows.
struct AskKeys {
    LegId leg;
    std::vector<std::string> prompt_ids;  // empty: a tone
    uint32_t most = 1;                    // more than one are ended by "#", too
};
struct PlayRinging {
    LegId leg;
};
struct PlayPrompt {  // to the customer, once
    std::string prompt_id;
};
struct Dial {
    enum class Role { kAgent, kSupervisor, kOutside, kCustomer };
    LegId leg;
    std::string phone;  // empty: a number over a trunk
    std::string caller_number;
    Duration ring_limit{};
    Data headers;
    Role role = Role::kAgent;
    std::string number = {};
    std::string trunk = {};
    bool is_group = false;  // `trunk` names a group
};
struct Originate {
    ContactId contact;
    LegId customer_leg;
    std::string from_number;
    std::string to_number;
    Data data;
};
struct SendDigits {
    LegId leg;
    std::string digits;
};
struct PauseRecording {
    bool paused = false;
};
struct HangUpLeg {
    LegId leg;
};
struct Bridge {
    std::vector<LegId> legs;
    std::vector<Arrangement::Hearing> hearing = {};  // empty: everybody hears all others
    bool record_private = false;
};
struct Unbridge {
    LegId leg;
};
struct SetData {
    Data data;
};
struct HandOver {
    std::string application;
    Data data;
};
struct StartRecording {
    RecordingId recording;
    bool required = false;
};
struct AnswerTransfer {
    LegId leg;
    bool accept = false;
    uint32_t sip_status = 0;
};
struct ReportTransfer {
    LegId leg;
    uint32_t sip_status = 0;
};
struct HangUp {};

struct Order {
    CallId call;
    uint64_t epoch = 0;
    std::string command_id;
    std::variant<Answer, PlayMusic, PlayPrompt, Dial, HangUpLeg, Bridge, Unbridge, SetData, HandOver, StartRecording,
                 AnswerTransfer, ReportTransfer, HangUp, AskKeys, PlayRinging, Originate, SendDigits, PauseRecording>
        action;
};

}  // namespace trunkline::acd::calls
