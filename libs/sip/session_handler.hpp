// What the SIP engine tells and asks the outside about calls. Business policy lives behind these two interfaces only.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sip/address.hpp"
#include "sip/message.hpp"
#include "sip/replaces.hpp"

namespace trunkline::sip {

// Names one INVITE session of a UserAgent. Never used again, so a late command meets NOT_FOUND, never another call.
struct SessionId {
    uint64_t value = 0;
    auto operator<=>(const SessionId&) const = default;
    explicit operator bool() const { return value != 0; }
};

// Names one request outside of a dialog that waits for UserAgent::Respond.
struct RequestId {
    uint64_t value = 0;
    auto operator<=>(const RequestId&) const = default;
};

// How a session came to its end.
struct EndCause {
    enum class Kind {
        kLocal,          // UserAgent::End or Reject
        kRemoteBye,      // the peer hung up
        kRemoteCancel,   // the caller gave up before an answer
        kRefused,        // our INVITE was refused with `status`
        kTimeout,        // nobody answered: 408, no ACK, no PRACK
        kExpired,        // the session timer ran out (RFC 4028)
        kTransport,      // the peer could not be reached
        kProtocolError,  // the peer broke the protocol (481 to a re-INVITE, unusable answer)
    };
    Kind kind = Kind::kLocal;
    int status = 0;       // SIP status that ended it, 0 when none
    std::string reason;   // reason phrase or a short English cause
    std::string header;   // the peer's Reason header (RFC 3326) as it came, may be empty
    std::string contact;  // the Contact of a 3xx, may be empty
};

// An in-dialog REFER (RFC 3515).
struct ReferRequest {
    NameAddr refer_to;                 // URI without the Replaces header
    std::optional<Replaces> replaces;  // attended transfer: the dialog to be replaced (RFC 3891)
    std::string referred_by;           // as it came, may be empty
};

// Every call is made on the SIP thread. Commands may be given inside a call-back. SDP is passed as text; an empty
// string means that the message had none.
class SessionHandler {
 public:
    virtual ~SessionHandler() = default;

    // Our INVITE: a 101-199. `sdp` is early media's answer. PRACK has been taken care of.
    virtual void OnProvisional(SessionId id, const Message& response, const std::string& sdp) = 0;
    // Our INVITE: the first 2xx. `sdp` is the answer, or the offer when the INVITE had none: then give AckAnswer.
    virtual void OnAnswered(SessionId id, const Message& response, const std::string& sdp) = 0;
    // The peer's INVITE: our 2xx was acknowledged. Media may be cut through before; nothing has to wait for this.
    virtual void OnConfirmed(SessionId /*id*/) {}
    // The peer's answer to an offer that we made in a response (to an INVITE without SDP); arrives in ACK or PRACK.
    virtual void OnRemoteAnswer(SessionId /*id*/, const std::string& /*sdp*/) {}
    // The peer changes the session by re-INVITE, UPDATE or PRACK. Reply with AnswerOffer or RefuseOffer, now or later
    // (within 30 s). Empty `sdp`: a re-INVITE without one; reply with an offer of ours.
    virtual void OnOffer(SessionId id, const std::string& sdp) = 0;
    // What became of Reoffer: 200 with the peer's answer, or the refusal's status. The session goes on in both cases.
    // Glare (491) has been retried.
    virtual void OnReofferDone(SessionId /*id*/, int /*status*/, const std::string& /*sdp*/) {}
    // The last call for this session, made once.
    virtual void OnEnded(SessionId id, const EndCause& cause) = 0;

    // The peer asks us to call somebody (transfer). Reply with AcceptRefer, then NotifyRefer; or RefuseRefer.
    virtual void OnRefer(SessionId id, const ReferRequest& request) = 0;
    // Progress of our Refer as the peer tells it: 100..699; `final` is the last one.
    virtual void OnReferProgress(SessionId /*id*/, int /*status*/, bool /*final*/) {}
    // A key told by INFO, application/dtmf-relay or application/dtmf: 0-9 A-D * #, duration in milliseconds.
    virtual void OnInfoDigit(SessionId /*id*/, char /*digit*/, int /*millis*/) {}
    // Any other INFO or a MESSAGE inside the dialog; already answered with 200.
    virtual void OnInfo(SessionId /*id*/, const Message& /*request*/) {}
};

// Whether a new request may enter at all.
enum class Admission {
    kAccept,
    kBusy,  // 503 without Retry-After, no state kept
    kDrop,  // silence
};

// Every call is made on the SIP thread.
class UserAgentHandler {
 public:
    virtual ~UserAgentHandler() = default;

    // Asked before anything is kept for a request outside of a dialog: overload, bans, unknown peers.
    virtual Admission OnAdmission(const Message& /*request*/, const Peer& /*source*/) { return Admission::kAccept; }
    // A call arrives; 100 has been sent. Reply with Progress, Answer or Reject, now or later.
    virtual void OnInvite(SessionId id, const Message& invite, const Peer& source) = 0;
    // REGISTER; reply with Respond (a Registrar makes the response).
    virtual void OnRegister(RequestId id, const Message& request, const Peer& source) = 0;
    // MESSAGE, SUBSCRIBE, out-of-dialog REFER and the like, if settings allow the method; reply with Respond.
    virtual void OnRequest(RequestId id, const Message& request, const Peer& source) = 0;
    // OPTIONS to us. The status of the answer: 200, or 503 while draining.
    virtual int OnOptions(const Message& /*request*/, const Peer& /*source*/) { return 200; }
};

}  // namespace trunkline::sip
