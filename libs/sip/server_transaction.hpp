// One request of a peer until our final response has arrived for sure (RFC 3261 section 17.2, RFC 6026 section 7.1).
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "sip/message.hpp"
#include "sip/transaction_context.hpp"

namespace trunkline::sip {

//  INVITE                                        others
//  Proceeding --2xx--> Accepted                  Trying --1xx--> Proceeding
//  Proceeding --3xx-6xx--> Completed             Trying, Proceeding --2xx-6xx--> Completed
//  Completed --ACK--> Confirmed --I--> Terminated    Completed --J--> Terminated
//  Completed --H--> Terminated
//  Accepted --L--> Terminated (the ACK of a 2xx is a matter of the dialog)
class ServerTransaction {
 public:
    enum class State { kTrying, kProceeding, kCompleted, kConfirmed, kAccepted, kTerminated };

    // `reply_to` is where responses go (RFC 3261 section 18.2.2, RFC 3581). `gone` is called once, last, and may
    // destroy this object.
    ServerTransaction(TransactionContext& context, bool is_invite, Peer reply_to, std::function<void()> gone);

    // The same request again: answered from memory.
    void OnRetransmission();
    // An ACK with the branch of this INVITE.
    void OnAck();
    void OnConnectionLost(uint64_t connection);
    // Sends a response. False when the state does not allow it: after a final response only another 2xx to an INVITE.
    bool Respond(const Message& response);

    State state() const { return state_; }
    bool is_invite() const { return is_invite_; }

 private:
    void Transmit();
    void Retransmit();
    void Enter(State state, Duration linger);
    void Terminate();

    TransactionContext& context_;
    Peer reply_to_;
    std::string wire_;  // our last response
    std::function<void()> gone_;
    bool is_invite_;
    State state_;
    Duration interval_;
    Timer retransmission_;  // G
    Timer deadline_;        // H, I, J, L
};

}  // namespace trunkline::sip
