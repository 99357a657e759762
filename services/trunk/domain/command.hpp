// What an application may ask of a call. The meaning of each action is told in trunk.proto.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "trunk/domain/call.hpp"

namespace trunkline::trunk {

struct PromptReference {
    std::string id;
};
struct SilenceItem {
    Duration length{};
};
struct ToneItem {
    int hertz = 0;
    Duration length{};
};
struct MusicItem {};
using PromptItem = std::variant<PromptReference, SilenceItem, ToneItem, MusicItem>;

// When keys that the caller presses are a whole answer.
struct CollectRule {
    size_t min_digits = 0;
    size_t max_digits = 1;
    std::string terminators;
    Duration first_timeout = std::chrono::seconds(5);
    Duration between_timeout = std::chrono::seconds(3);
};

struct PhoneTarget {
    std::string name;
};
struct OutsideTarget {
    std::string number;
    std::string trunk;
    std::string group{};  // chooses the trunk and holds the number against its rules; empty: `trunk` it is
};

// One leg of a bridge and whom it hears. A leg that no Hearing names as listener hears nobody.
struct Hearing {
    LegId listener;
    std::vector<LegId> speakers;
};

namespace action {
struct Answer {};
struct Reject {
    int sip_status = 603;
};
struct Play {
    LegId leg;
    std::vector<PromptItem> items;
    bool loop = false;
    bool barge_in = false;
    std::optional<CollectRule> collect;
};
struct StopPlay {
    LegId leg;
};
struct Dial {
    LegId leg;
    Role role = Role::kAgent;
    std::variant<PhoneTarget, OutsideTarget> target;
    std::string caller_number;
    std::string caller_name;
    Duration ring_limit = std::chrono::seconds(60);
    std::map<std::string, std::string> headers;  // names start with "X-"
};
struct HangUpLeg {
    LegId leg;
};
struct Bridge {
    std::vector<LegId> legs;
    // Who hears whom; empty: everybody hears all others.
    std::vector<Hearing> hearing = {};
    bool record_private = false;
};
struct Unbridge {
    LegId leg;
};
struct HoldLeg {
    LegId leg;
};
struct ResumeLeg {
    LegId leg;
};
struct SendDigits {
    LegId leg;
    std::string digits;
};
struct SetData {
    AttachedData data;
};
struct HandOver {
    std::string application;
    AttachedData data;
};
struct StartRecording {
    RecordingId recording;
    bool required = false;
};
struct PauseRecording {
    bool paused = false;
};
struct StopRecording {};
struct AnswerTransfer {
    LegId leg;
    bool accept = false;
    int sip_status = 603;
};
struct ReportTransfer {
    LegId leg;
    int sip_status = 200;
};
struct HangUp {};
// A call of our own; the customer's leg is dialled by a Dial that names it.
struct Originate {
    ContactId contact;
    LegId customer_leg;
    std::string from_number;
    std::string to_number;
    AttachedData data;
};
}  // namespace action

using Action = std::variant<action::Answer, action::Reject, action::Play, action::StopPlay, action::Dial,
                            action::HangUpLeg, action::Bridge, action::Unbridge, action::HoldLeg, action::ResumeLeg,
                            action::SendDigits, action::SetData, action::HandOver, action::StartRecording,
                            action::PauseRecording, action::StopRecording, action::AnswerTransfer,
                            action::ReportTransfer, action::HangUp, action::Originate>;

struct Command {
    std::string id;  // unique for the call; answers carry it
    CallId call;
    uint64_t epoch = 0;
    Action action;
};

}  // namespace trunkline::trunk
