// The closed sets of words that work orders speak in; the same numbers as in the API.
#pragma once
#include <chrono>
#include <string>

namespace trunkline::workorder {

enum class OrderType {
    kNone = 0,
    kConsultation = 1,
    kComplaint = 2,
    kSuggestion = 3,
    kFaultReport = 4,
    kBusinessAcceptance = 5,
    kCallback = 6,
};

// The phase that a flow's state belongs to.
enum class Phase {
    kNone = 0,
    kDispatched = 1,
    kAccepted = 2,
    kFedBack = 3,
    kVerified = 4,
    kClosed = 5,
    kCreated = 6,
    kApproved = 7,
    kWithdrawn = 8,
    kMerged = 9,
};

enum class Step {
    kNone = 0,
    kCreate = 1,
    kAccept = 2,
    kFeedBack = 3,
    kVerify = 4,
    kSendBack = 5,
    kClose = 6,
    kNote = 7,
    kApprove = 8,
    kReject = 9,
    kDispatch = 10,
    kRefuse = 11,
    kHandle = 12,
    kReturn = 13,
    kForward = 14,
    kHandOver = 15,
    kAssist = 16,
    kMerge = 17,
    kRelate = 18,
    kUrge = 19,
    kAskExtension = 20,
    kAskSuspension = 21,
    kGrant = 22,
    kDeny = 23,
    kResume = 24,
    kEscalate = 25,
    kReopen = 26,
    kWithdraw = 27,
    kEdit = 28,
    kRate = 29,
    kAnswer = 30,
    kCloseByIncident = 31,
    kWarn = 32,
    kSendCrew = 33,
};

enum class ClockKind { kNone = 0, kFirstResponse = 1, kHandingOver = 2, kHandling = 3, kTotal = 4 };
enum class Priority { kNone = 0, kNormal = 1, kUrgent = 2, kCritical = 3 };
enum class Medium { kNone = 0, kSms = 1, kEmail = 2, kFax = 3, kCall = 4, kWechat = 5, kNothing = 6 };

// How long proof that a message arrived is waited for before it goes the next way.
inline constexpr std::chrono::milliseconds kProofWait = std::chrono::hours{2};

// "FEED_BACK"
const char* Name(Step step);
const char* Name(Phase phase);

// No more is to be done.
constexpr bool IsFinal(Phase phase) {
    return phase == Phase::kClosed || phase == Phase::kWithdrawn || phase == Phase::kMerged;
}

inline constexpr const char* kCentre = "centre";
inline constexpr const char* kSystem = "system";

}  // namespace trunkline::workorder
