// One request of ours until its final response has been taken care of (RFC 3261 section 17.1, RFC 6026 section 7.2).
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "sip/message.hpp"
#include "sip/transaction_context.hpp"

namespace trunkline::sip {

// Each response that the transaction user has to know: provisional and final ones; for an INVITE also every 2xx that
// comes again or from another branch. A response without Via was made here: 408 nobody answered, 503 not reachable.
using ResponseHandler = std::function<void(const Message& response, const Peer& source)>;

//  INVITE                                        others
//  Calling --1xx--> Proceeding                   Trying --1xx--> Proceeding
//  Calling, Proceeding --2xx--> Accepted         Trying, Proceeding --2xx-6xx--> Completed
//  Calling, Proceeding --3xx-6xx--> Completed    Trying, Proceeding --F, error--> Terminated
//  Calling --B, error--> Terminated              Completed --K--> Terminated
//  Completed --D--> Terminated
//  Accepted --M--> Terminated
class ClientTransaction {
 public:
    enum class State { kCalling, kTrying, kProceeding, kCompleted, kAccepted, kTerminated };

    // `request` has our Via on top. `gone` is called once, last, and may destroy this object.
    ClientTransaction(TransactionContext& context, Message request, Peer peer, ResponseHandler handler,
                      std::function<void()> gone);

    void Start();
    void OnResponse(const Message& response, const Peer& source);
    void OnConnectionLost(uint64_t connection);
    // The INVITE is no longer wanted: if no final response comes in 64*T1, it ends with 408 (RFC 3261 section 9.1).
    void GiveUpSoon();

    State state() const { return state_; }
    const Message& request() const { return request_; }
    const Peer& peer() const { return peer_; }

 private:
    bool is_invite() const { return is_invite_; }
    void OnInviteResponse(const Message& response, const Peer& source);
    void OnOtherResponse(const Message& response, const Peer& source);
    void Acknowledge(const Message& response);
    void Retransmit();
    void Transmit();
    void Fail(int status, std::string reason);
    void Complete(State state, Duration linger);
    void Terminate();

    TransactionContext& context_;
    Message request_;
    std::string wire_;  // the request as sent, or the ACK once a 3xx-6xx has come
    Peer peer_;
    ResponseHandler handler_;
    std::function<void()> gone_;
    bool is_invite_;
    State state_;
    Duration interval_;
    Timer retransmission_;  // A, E
    Timer deadline_;        // B, D, F, K, M
};

// The ACK of a 3xx-6xx (RFC 3261 section 17.1.1.3): same branch, the response's To.
Message MakeFailureAck(const Message& invite, const Message& response);
// CANCEL of an INVITE (RFC 3261 section 9.1): same branch and CSeq number.
Message MakeCancel(const Message& invite);

}  // namespace trunkline::sip
