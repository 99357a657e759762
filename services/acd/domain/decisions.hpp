// What the router wants done, in the order in which it has to be done.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "acd/domain/arrangement.hpp"
#include "acd/domain/facts.hpp"
#include "acd/domain/ids.hpp"
#include "result/result.hpp"

namespace trunkline::acd {

// Picks up the customer's call.
struct AnswerContact {
    ContactId contact;
};
struct PlayMusic {
    ContactId contact;
    LegId leg = {};  // empty: the customer's
};
// The leg hears that somebody is being rung.
struct PlayRinging {
    ContactId contact;
    LegId leg;
};
// Tells the customer his place, 1 being next, then music again.
struct Announce {
    ContactId contact;
    size_t place = 0;
    std::optional<Duration> expected_wait{};  // nothing: not enough data
};
// Says the text, if any, and hangs up.
struct SayGoodbye {
    ContactId contact;
    std::string text;
    bool calls_back = false;  // instead of the text: he will be called back
};
// What a customer is asked to key in about a callback. The first three are asked while he waits, CallerKeyed follows;
// the last one whoever answers the callback, CallbackKeyed follows.
enum class Question { kConfirmNumber, kNumber, kNumberAgain, kGreeting };
struct AskCustomer {
    ContactId contact;
    Question question = Question::kConfirmNumber;
    std::string number{};  // spoken
};
// He cannot be called back: one is arranged already, or there is no way to do it. Music follows.
struct RefuseCallback {
    ContactId contact;
    bool arranged = false;
};
struct Ring {
    ContactId contact;
    AgentId agent;
    std::string phone;
    LegId leg;
    Duration limit{};
    bool supervises = false;
    std::string number = {};  // instead of the phone
};
// The leg is asked to press 1; OfferConfirmed follows.
struct AskToConfirm {
    ContactId contact;
    LegId leg;
};
// Calls a number outside.
struct DialNumber {
    ContactId contact;
    LegId leg;  // empty: the customer's, of a call of our own
    std::string number;
    std::string trunk;
    std::string caller_number;
    Duration limit{};
};
// Begins a call of our own; the customer is dialled by DialNumber.
struct Originate {
    ContactId contact;
    CallId call;
    std::string number;
    std::string caller_number;
};
// Ends a leg, ringing or talking.
struct DropLeg {
    ContactId contact;
    LegId leg;
};
// Connects customer and agent's leg.
struct Bridge {
    ContactId contact;
    LegId leg;
};
// As Bridge, with more than two legs or with somebody who does not hear all others.
struct Arrange {
    ContactId contact;
    Arrangement arrangement;
};
struct SendDigits {
    ContactId contact;
    LegId leg;  // empty: the customer's
    std::string digits;
};
struct PauseRecording {
    ContactId contact;
    bool paused = false;
};
// Takes the customer out of the conversation; music follows.
struct Unbridge {
    ContactId contact;
};
struct StartRecording {
    ContactId contact;
    bool required = false;
};
struct HangUp {
    ContactId contact;
};
// Gives the contact back to self service: to where it came from, or to the flow that is named.
struct HandBack {
    ContactId contact;
    std::string reason;
    std::string flow{};
    std::map<std::string, std::string> data{};  // for the flow
    uint32_t segments = 0;                      // counted so far
    uint32_t parts = 0;
};
enum class TransferAnswer { kAccepted, kUnknownTarget, kTargetAway, kNotNow, kNotSupported };
struct AnswerTransfer {
    ContactId contact;
    LegId leg;
    TransferAnswer answer = TransferAnswer::kAccepted;
};
struct ReportTransfer {
    ContactId contact;
    LegId leg;
    bool completed = false;
};

using Command = std::variant<AnswerContact, PlayMusic, Announce, Ring, DropLeg, Bridge, Unbridge, StartRecording,
                             HangUp, SayGoodbye, HandBack, AnswerTransfer, ReportTransfer, PlayRinging, AskToConfirm,
                             DialNumber, Originate, Arrange, SendDigits, PauseRecording, AskCustomer, RefuseCallback>;

inline const ContactId& ContactOf(const Command& command) {
    return std::visit([](const auto& body) -> const ContactId& { return body.contact; }, command);
}

// An agent whose status must be stored, and the contact that caused it (empty: none).
struct AgentTouched {
    AgentId agent;
    ContactId contact;
};

struct Decisions {
    std::vector<Command> commands;
    std::vector<Fact> facts;
    std::vector<AgentTouched> agents;
    std::vector<CallbackId> callbacks;  // to be stored; one that is gone is to be deleted
    std::vector<ContactId> contacts;    // whose state is to be kept; may repeat
    std::vector<ContactId> gone;        // contacts without a call that are no more
    std::vector<Error> illegal;         // arrows that do not exist were asked for; nothing was changed by them
};

}  // namespace trunkline::acd
