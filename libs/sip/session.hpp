// One call in the eyes of SIP (an INVITE usage, RFC 3261 sections 13 to 15): hands each message and each command to the
// part that knows about it.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sip/invite_client.hpp"
#include "sip/invite_server.hpp"
#include "sip/offer_exchange.hpp"
#include "sip/session_core.hpp"
#include "sip/transfer.hpp"

namespace trunkline::sip {

//              Calling --2xx--> Confirmed            (ours)
//  Incoming --Answer--> Answered --ACK--> Confirmed  (theirs)
//  any --End, BYE, failure--> Ending --> gone
class Session {
 public:
    Session(SessionServices& services, SessionId id, bool outgoing);

    void Call(InviteRequest request) { client_->Start(std::move(request)); }
    // False when the INVITE was refused and the session is to be forgotten without a word.
    bool Take(ServerId server, const Message& invite, const Peer& source) {
        return server_->Start(server, invite, source);
    }

    Status AckAnswer(const std::string& sdp);
    Status Progress(int status, std::string reason, std::string sdp);
    Status Answer(std::string sdp, std::vector<Header> headers);
    Status Reject(int status, std::string reason, std::vector<Header> headers);
    Status End(const std::string& reason_header);
    Status Reoffer(std::string sdp, ReofferBy by);
    Status AnswerOffer(std::string sdp);
    Status RefuseOffer(int status, std::string reason);
    Status Refer(const NameAddr& refer_to, const std::string& referred_by);
    Status SendInfo(std::string content_type, std::string body);
    Transfer& transfer() { return transfer_; }

    // A request inside the dialog, neither ACK nor CANCEL.
    void OnRequest(ServerId server, const Message& request, const Peer& source);
    void OnAck(const Message& ack);
    void OnCancel(ServerId server);

    SessionView View() const;
    const SessionCore& core() const { return core_; }

 private:
    bool Established() const {
        return core_.state == SessionState::kConfirmed || core_.state == SessionState::kAnswered;
    }
    bool CheckRequest(ServerId server, const Message& request);
    void OnBye(ServerId server, const Message& bye);
    void OnInfo(ServerId server, const Message& info);

    SessionCore core_;
    std::optional<InviteClient> client_;
    std::optional<InviteServer> server_;
    OfferExchange offers_;
    Transfer transfer_;
};

}  // namespace trunkline::sip
