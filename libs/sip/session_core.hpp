// What the parts of one session share: its dialog, its state, and the ways to send, answer and end.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sip/dialog.hpp"
#include "sip/reason_phrase.hpp"
#include "sip/session_handler.hpp"
#include "sip/session_timer.hpp"
#include "sip/transactions.hpp"
#include "sip/user_agent.hpp"

namespace trunkline::sip {

// What a session needs from the user agent around it.
class SessionServices {
 public:
    virtual ~SessionServices() = default;
    virtual Timers& timers() = 0;
    virtual Transactions& transactions() = 0;
    virtual IdGenerator& ids() = 0;
    virtual const UserAgentSettings& settings() const = 0;
    virtual SessionHandler& handler() = 0;
    virtual void Resolve(const Hop& hop, std::function<void(Result<Peer>)> done) = 0;
    virtual Result<NameAddr> ContactFor(const Peer& peer, std::string_view user) const = 0;
    // Requests with this Call-ID and local tag belong to the session from now on.
    virtual void Attach(SessionId id, const std::string& call_id, const std::string& local_tag) = 0;
    // The session has ended; it may be destroyed once `linger` has passed.
    virtual void Release(SessionId id, Duration linger) = 0;
    // A number from 0 to `limit` - 1, for glare and Retry-After.
    virtual uint32_t Random(uint32_t limit) = 0;
};

class SessionCore {
 public:
    SessionCore(SessionServices& services, SessionId id, bool outgoing);

    SessionServices& services;
    const SessionId id;
    const bool outgoing;
    SessionState state;
    Dialog dialog;
    std::string contact_user;
    std::optional<Account> account;  // never set in calls that arrive
    std::string local_sdp;           // our last description, repeated in refreshes
    bool peer_takes_update = false;  // Allow said so
    bool ended = false;
    SessionTimerSettings timer_settings;
    SessionTimer session_timer;
    std::function<void()> refresh;     // sends a refresh (RFC 4028)
    std::function<void()> before_end;  // answers what is still open when the session ends

    Timers& timers() { return services.timers(); }
    SessionHandler& handler() { return services.handler(); }

    // Sends a request inside the dialog; answers challenges if there is an account. `done` gets final responses (each
    // 2xx of an INVITE) and is not called once the session has been destroyed.
    void SendInDialog(Message request, ResponseHandler done) { SendOn(dialog, std::move(request), std::move(done)); }
    // The same in an early dialog of a branch that has not won yet.
    void SendOn(const Dialog& on, Message request, ResponseHandler done);
    // Sends the ACK of the 2xx to our INVITE with that number; the message and its way are kept for `again`.
    struct SentAck {
        Message message;
        std::optional<Peer> peer;
    };
    std::shared_ptr<SentAck> SendAck(const Dialog& with, uint32_t invite_sequence, const std::string& sdp);
    void SendAckAgain(SentAck& ack);
    // BYE in a dialog that is not this session's any more (lost forks, calls that were cancelled).
    void SendBye(Dialog& with, const std::string& reason_header);

    Message MakeAnswer(const Message& request, int status, std::string reason = "") const;
    void Respond(ServerId server, const Message& response) { services.transactions().Respond(server, response); }
    void Respond(ServerId server, const Message& request, int status, std::string reason = "");
    // Adds Contact, Allow, Supported: what INVITE, UPDATE and their 2xx carry.
    void AddAbilities(Message& message) const;
    // Takes over what the peer says about itself in Allow.
    void ReadAbilities(const Message& message);

    // BYE, then Finish when it is answered.
    void HangUp(EndCause cause, const std::string& reason_header = "");
    // The end: tells the handler once and lets the user agent forget the session.
    void Finish(EndCause cause);
    // A function that does nothing once the session has been destroyed.
    std::function<void()> Guard(std::function<void()> call) const;
    const std::shared_ptr<bool>& alive() const { return alive_; }

 private:
    void SendTo(const Peer& peer, Message request, ResponseHandler done, int rounds);

    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

Error WrongState(std::string message);
// The body when it is SDP, else empty.
std::string SdpOf(const Message& message);
EndCause CauseOf(EndCause::Kind kind, int status = 0, std::string reason = "");
}  // namespace trunkline::sip
