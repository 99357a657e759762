// The INVITE that starts a call of ours: forks, early dialogs, PRACK, CANCEL, and what crosses them (RFC 3261
// section 13.2, RFC 3262 section 4).
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "sip/session_core.hpp"

namespace trunkline::sip {

class InviteClient {
 public:
    explicit InviteClient(SessionCore& core);

    void Start(InviteRequest request);
    // CANCEL; `cause` is told when the INVITE has ended.
    void Cancel(EndCause cause, const std::string& reason_header);
    // Our answer to the offer of a 2xx or of a reliable provisional response.
    Status Acknowledge(const std::string& sdp);
    // The offer of a reliable provisional response waits for its answer.
    bool offer_in_provisional() const { return waiting_fork_ != nullptr; }
    bool acknowledgement_due() const { return acknowledgement_due_; }

 private:
    // One branch of the INVITE that has answered with a tag of its own.
    struct Fork {
        Dialog dialog;
        std::string early_sdp;
        uint32_t last_rseq = 0;
        std::shared_ptr<SessionCore::SentAck> ack;  // set once its 2xx was acknowledged
    };

    void OnResolved(Result<Peer> peer);
    Message BuildInvite() const;
    void Send(Message invite);
    void SendAgain(Message invite);
    void OnResponse(const Message& response, const Peer& source);
    void OnProvisional(const Message& response, const Peer& source);
    void OnSuccess(const Message& response, const Peer& source);
    void OnRefusal(const Message& response, const Peer& source);
    bool RetryWithMore(const Message& response, const Peer& source);
    bool TakeReliable(Fork& fork, const Message& response);
    void SendPrack(Fork& fork, uint32_t rseq, const std::string& sdp);
    void Win(Fork& fork, const Message& response);
    Fork* ForkOf(const Message& response, const Peer& source);

    SessionCore& core_;
    InviteRequest request_;
    Peer peer_;
    Message invite_;  // as last sent, without Via
    uint32_t sequence_ = 1;
    ClientId client_ = 0;
    int auth_rounds_ = 0;
    int interval_rounds_ = 0;
    std::vector<std::unique_ptr<Fork>> forks_;
    Fork* waiting_fork_ = nullptr;  // its offer is being answered by our user
    uint32_t waiting_rseq_ = 0;
    Fork* winner_ = nullptr;
    bool acknowledgement_due_ = false;
    std::optional<EndCause> cancelled_;
    Timer ringing_;
};

}  // namespace trunkline::sip
