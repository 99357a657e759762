// The transaction layer: finds the transaction of each message, answers what needs no dialog, hands on the rest
// (RFC 3261 sections 8.2.2.2, 9.2, 17.1.3, 17.2.3, 18.1.2, 18.2.1; RFC 3581).
#pragma once
#include <memory>
#include <string>
#include <unordered_map>

#include "ids/ids.hpp"
#include "sip/client_transaction.hpp"
#include "sip/server_transaction.hpp"
#include "sip/session_handler.hpp"
#include "sip/transport.hpp"

namespace trunkline::sip {

using ClientId = uint64_t;  // 0: none
using ServerId = uint64_t;  // 0: none

// What stands above the transaction layer.
class TransactionUser {
 public:
    virtual ~TransactionUser() = default;
    virtual Admission OnAdmission(const Message& request, const Peer& source) = 0;
    // A new request, neither ACK nor CANCEL. For INVITE, 100 has been sent.
    virtual void OnRequest(ServerId id, const Message& request, const Peer& source) = 0;
    // The tag that our responses to the owner's INVITE carry, for the answer to its CANCEL; empty when there is none.
    virtual std::string LocalTag(uint64_t owner) const = 0;
    // The INVITE (or re-INVITE) of that transaction is cancelled; the CANCEL itself has been answered.
    virtual void OnCancel(ServerId invite, uint64_t owner) = 0;
    // The ACK of a 2xx.
    virtual void OnAck(const Message& ack, const Peer& source) = 0;
};

class Transactions final : public TransportSink {
 public:
    Transactions(TransactionContext& context, IdGenerator& ids, TransactionUser& user);
    ~Transactions() override;

    // Sends a request in a transaction of its own; the Via is made here.
    ClientId Send(Message request, const Peer& peer, ResponseHandler handler);
    // CANCEL for an INVITE that has no final response yet; waits for the first provisional one.
    // `reason` is the value of a Reason header (RFC 3326), may be empty.
    void Cancel(ClientId invite, const std::string& reason = "");
    // Sends what has no transaction: the ACK of a 2xx. `message` gets its Via the first time.
    void SendDirect(Message& message, const Peer& peer);

    // False when the transaction is gone or has its final response. A 2xx to an INVITE may be sent again.
    bool Respond(ServerId id, const Message& response);
    // A word of the user that comes back with OnCancel.
    void SetOwner(ServerId id, uint64_t owner);

    void OnReceived(Parsed parsed, const Peer& source, size_t bytes) override;
    void OnConnectionLost(uint64_t connection) override;

    size_t client_count() const { return clients_.size(); }
    size_t server_count() const { return servers_.size(); }

 private:
    struct Server;
    struct WantedCancel {
        ClientId invite = 0;
        std::string reason;
    };
    // A request on its way in, its top Via parsed and marked once.
    struct Incoming {
        const Message& request;
        const Via& via;
        const Peer& source;
    };
    void OnRequest(Message request, const Peer& source);
    void OnNewRequest(const Incoming& incoming, std::string key);
    void OnCancelRequest(const Incoming& incoming, std::string key);
    void OnResponse(const Message& response, const Peer& source);
    void Reject(const Parsed& parsed, const Peer& source, size_t bytes);
    void AnswerStateless(const Incoming& incoming, int status);
    ServerId NewServer(const Incoming& incoming, std::string key);
    bool AddVia(Message& request, const Peer& peer, const std::string& branch) const;

    TransactionContext& context_;
    IdGenerator& ids_;
    TransactionUser& user_;
    uint64_t last_id_ = 0;
    std::unordered_map<std::string, std::unique_ptr<ClientTransaction>> clients_;  // by branch and method
    std::unordered_map<ClientId, std::string> client_keys_;
    std::unordered_map<std::string, WantedCancel> wanted_cancels_;  // waiting for the first provisional response
    std::unordered_map<std::string, ServerId> server_ids_;          // by what section 17.2.3 compares
    std::unordered_map<ServerId, Server> servers_;
    std::unordered_map<size_t, ServerId> originals_;  // hash of section 8.2.2.2: requests that may come by two ways
};

}  // namespace trunkline::sip
