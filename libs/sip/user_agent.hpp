// The SIP engine: INVITE sessions in both directions, requests outside of dialogs, and the questions it asks the
// outside (RFC 3261, 3262, 3311, 3515, 3891, 4028, 6026). Sans-I/O: time and network come in through ports.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ids/ids.hpp"
#include "result/result.hpp"
#include "sip/address.hpp"
#include "sip/message.hpp"
#include "sip/resolver.hpp"
#include "sip/session_handler.hpp"
#include "sip/timers.hpp"
#include "sip/transaction_context.hpp"
#include "sip/transport.hpp"

namespace trunkline::sip {

// Our name and password at a carrier. Used only for requests of ours that were given the account, only when the
// challenge names `realm`, only for an answer from the address that the request went to, at most two rounds.
struct Account {
    std::string realm;
    std::string username;
    std::string password;
};

struct UserAgentSettings {
    std::string product = "Trunkline";                               // User-Agent and Server headers; empty: none
    std::string contact_user = "trunkline";                          // user part of our Contact
    TransactionTimes times;                                          // RFC 3261 table 4
    Duration session_expires = std::chrono::seconds(1800);           // RFC 4028; 0: no session timers
    Duration min_session_expires = std::chrono::seconds(90);         // smaller is refused with 422
    bool reliable_provisional = true;                                // offer and use 100rel (RFC 3262)
    size_t max_sessions = 10000;                                     // more INVITEs get 503
    std::vector<std::string> extra_methods = {"REGISTER"};           // handed to OnRegister and OnRequest
    std::vector<std::string> accepted_bodies = {"application/sdp"};  // content types taken in an INVITE; else 415
};

// What the engine lives on. All of it must outlive the UserAgent.
struct UserAgentPorts {
    Timers& timers;
    Transport& transport;
    Resolver& resolver;
    IdGenerator& ids;
};

// A call that we start.
struct InviteRequest {
    Uri to;                          // request URI and To
    NameAddr from;                   // tag is set by the engine; no host: our Contact
    std::string sdp;                 // our offer; empty: the peer offers in its answer, see AckAnswer
    std::optional<Hop> next_hop;     // outbound proxy or carrier; empty: the URI's host
    std::optional<Account> account;  // for 401 and 407; also used for later requests of this session
    std::vector<Header> headers;     // added as they are (P-Asserted-Identity, Replaces ...)
    std::string contact_user;        // empty: settings.contact_user
    Duration longest_ringing = std::chrono::seconds(180);  // then CANCEL and OnEnded(kTimeout, 408)
};

// How a session is changed by us.
enum class ReofferBy { kReinvite, kUpdate };

enum class SessionState {
    kCalling,    // our INVITE: no answer yet, or provisional ones
    kIncoming,   // the peer's INVITE: not yet answered
    kAnswered,   // our 2xx was sent, its ACK is awaited
    kConfirmed,  // talk
    kEnding,     // CANCEL or BYE is under way; OnEnded follows
};

// A copy of what is known about a session.
struct SessionView {
    SessionState state = SessionState::kCalling;
    bool outgoing = false;
    std::string call_id;
    std::string local_tag;
    std::string remote_tag;  // empty before the first tagged response
    Peer peer;               // where the last message of the peer came from
    Uri remote_target;       // the peer's Contact
    std::string local_uri;   // our From or To, without tag
    std::string remote_uri;
};

// Runs on the SIP thread only; the constructor may run before Reactor::Run starts. Commands fail with
// NOT_FOUND/SESSION_GONE when the session has ended and FAILED_PRECONDITION/WRONG_STATE when its state forbids them.
class UserAgent {
 public:
    UserAgent(UserAgentPorts ports, UserAgentSettings settings, UserAgentHandler& handler, SessionHandler& sessions);
    ~UserAgent();
    UserAgent(const UserAgent&) = delete;
    UserAgent& operator=(const UserAgent&) = delete;

    // --- Calls we start ---
    // Sends an INVITE. Failures of the network come later by OnEnded. RESOURCE_EXHAUSTED/TOO_MANY_SESSIONS.
    Result<SessionId> Invite(InviteRequest request);
    // Our answer to the offer that came in a 2xx; sends the ACK.
    Status AckAnswer(SessionId id, std::string sdp);

    // --- Calls that arrive ---
    // 101..199. With `sdp` it is early media: an answer, or an offer when the INVITE had none. Sent reliably when the
    // peer knows 100rel and `sdp` is there, or when the peer requires it.
    Status Progress(SessionId id, int status, std::string reason = "", std::string sdp = "");
    // 200 with our answer (or offer). Waits for an open PRACK by itself. Empty `sdp`: the reliable 183 had the answer.
    Status Answer(SessionId id, std::string sdp, std::vector<Header> headers = {});
    // 300..699 for an INVITE that is not yet answered; OnEnded(kLocal) follows.
    Status Reject(SessionId id, int status, std::string reason = "", std::vector<Header> headers = {});

    // --- Both ---
    // Hangs up in any state: CANCEL, 603, or BYE. `reason` is the value of a Reason header (RFC 3326), may be empty.
    // OnEnded(kLocal) comes when the peer has agreed or after 32 s at most; a 2xx that crosses our CANCEL is
    // acknowledged and ended with BYE.
    Status End(SessionId id, std::string reason = "");
    // Offers `sdp` anew (hold, resume, T.38, codec). FAILED_PRECONDITION/OFFER_PENDING while an exchange is open.
    Status Reoffer(SessionId id, std::string sdp, ReofferBy by = ReofferBy::kReinvite);
    // Replies to OnOffer.
    Status AnswerOffer(SessionId id, std::string sdp);
    Status RefuseOffer(SessionId id, int status = 488, std::string reason = "");

    // --- Transfer ---
    // Asks the peer to call `refer_to`; see MakeReferTo for attended transfer. Progress comes by OnReferProgress.
    Status Refer(SessionId id, const NameAddr& refer_to, std::string referred_by = "");
    // Replies to OnRefer: 202 and NOTIFY 100; then tell each step, the last is a status >= 200.
    Status AcceptRefer(SessionId id);
    Status RefuseRefer(SessionId id, int status, std::string reason = "");
    Status NotifyRefer(SessionId id, int status, std::string reason = "");
    // The session that an incoming Replaces names (RFC 3891 section 3): for INVITE with Replaces and for transfers.
    std::optional<SessionId> FindReplaced(const Replaces& replaces) const;
    // The Replaces value that makes another party take over the peer's end of this session.
    std::optional<Replaces> ReplacesOf(SessionId id) const;

    // --- Inside a session ---
    Status SendInfo(SessionId id, std::string content_type, std::string body);
    std::optional<SessionView> View(SessionId id) const;
    size_t session_count() const;

    // --- Outside of sessions ---
    // Final answer to OnRegister or OnRequest. Via, From, To, Call-ID, CSeq are the request's. NOT_FOUND/REQUEST_GONE.
    Status Respond(RequestId id, int status, std::string reason = "", std::vector<Header> headers = {});
    // A request of ours outside of a dialog (OPTIONS, REGISTER, MESSAGE). From, To, Call-ID, Contact and CSeq are made
    // when they are absent. `done` gets the final response; one that we made ourselves (408 or 503) has no Via.
    struct OutOfDialog {
        Message request;
        std::optional<Hop> next_hop;
        std::optional<Account> account;
        std::string contact_user;  // empty: settings.contact_user
    };
    using Done = std::function<void(const Message& response, const Peer& source)>;
    void Request(OutOfDialog request, Done done);
    // Our Contact as that peer should see it. UNIMPLEMENTED/NO_LISTENER.
    Result<NameAddr> LocalContact(const Peer& peer, std::string_view user) const;

    SipCounters counters() const;

 private:
    class Core;
    std::unique_ptr<Core> core_;
};

}  // namespace trunkline::sip
