// The INVITE that starts a call of a peer: provisional responses, the answer, PRACK and CANCEL (RFC 3261 section 13.3,
// RFC 3262 section 3).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sip/answer_keeper.hpp"
#include "sip/reliable_provisional.hpp"
#include "sip/session_core.hpp"

namespace trunkline::sip {

class InviteServer {
 public:
    explicit InviteServer(SessionCore& core);

    // False when the INVITE was refused at once and there is no session.
    bool Start(ServerId server, const Message& invite, const Peer& source);
    Status Progress(int status, std::string reason, std::string sdp);
    Status Answer(std::string sdp, std::vector<Header> headers);
    Status Reject(int status, std::string reason, std::vector<Header> headers);

    bool Owns(ServerId server) const { return server == server_; }
    void OnCancel();
    // A BYE that comes before the answer.
    void OnBye(EndCause cause) { FinishWith(487, "", {}, std::move(cause)); }
    // True when the ACK was that of our answer.
    bool OnAck(const Message& ack);
    // `new_offer` answers a PRACK that changes the session again (RFC 3262 section 5).
    void OnPrack(ServerId server, const Message& prack, const std::function<void()>& new_offer);
    // Hangs up: at once, or after the ACK when our 2xx is still on its way (section 15).
    void End(EndCause cause, const std::string& reason_header);
    // Nothing has been answered finally.
    bool open() const { return server_ != 0 && !answered_; }
    bool offer_without_answer() const { return our_offer_open_; }
    void Stop();

 private:
    struct Deferred {
        std::string sdp;
        std::vector<Header> headers;
    };
    struct DeferredBye {
        EndCause cause;
        std::string reason_header;
    };
    void SendAnswer(const Deferred& deferred);
    void Remind();
    void FinishWith(int status, const std::string& reason, const std::vector<Header>& headers, EndCause cause);

    SessionCore& core_;
    ServerId server_ = 0;
    Message invite_;
    bool answered_ = false;
    bool our_offer_open_ = false;  // we offered, in a response to an INVITE without SDP
    int last_provisional_ = 100;
    std::optional<Deferred> deferred_;  // waits for a PRACK
    std::optional<DeferredBye> bye_after_ack_;
    ReliableProvisional reliable_;
    AnswerKeeper keeper_;
    Timer reminder_;
};

}  // namespace trunkline::sip
