// Changing a call that runs: re-INVITE and UPDATE in both directions, glare, and refreshes (RFC 3261 section 14, RFC
// 3311, RFC 4028 section 7.4). One exchange at a time.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "sip/answer_keeper.hpp"
#include "sip/session_core.hpp"

namespace trunkline::sip {

//  Idle --Reoffer--> Sent --2xx--> Idle (ACK)
//                    Sent --491--> Glare --timer--> Sent
//                    Sent --other--> Idle
//  Idle, Glare --peer's offer--> Received --Answer, Refuse--> Idle or Glare
class OfferExchange {
 public:
    explicit OfferExchange(SessionCore& core);

    Status Reoffer(std::string sdp, ReofferBy by);
    // Repeats our description to keep the session timer going.
    void Refresh();
    Status Answer(std::string sdp);
    Status Refuse(int status, std::string reason);

    // re-INVITE, UPDATE, or a PRACK with an offer. `initial_open`: the first exchange is not complete yet.
    void OnRequest(ServerId server, const Message& request, bool initial_open);
    void OnCancel(ServerId server);
    bool OnAck(const Message& ack);
    bool busy() const { return sent_.has_value() || received_.has_value(); }
    // The session ends: what is open is answered with 487.
    void Stop();

 private:
    struct Sent {
        std::string sdp;
        ReofferBy by = ReofferBy::kReinvite;
        bool is_refresh = false;
        bool in_flight = false;  // false: waits for the glare timer
    };
    struct Received {
        ServerId server = 0;
        Message request;
    };
    void Send();
    void OnResponse(uint32_t sequence, const Message& response, const Peer& source);
    void OnSuccess(uint32_t sequence, const Message& response);
    void OnFailure(const Message& response);
    void RetryAfterGlare();
    bool RefuseAtOnce(ServerId server, const Message& request, bool initial_open);
    void Accept(const Received& received, std::string sdp);

    SessionCore& core_;
    std::optional<Sent> sent_;
    std::optional<Received> received_;
    bool our_offer_open_ = false;  // our 2xx to a re-INVITE without SDP made an offer
    uint32_t acked_sequence_ = 0;
    std::shared_ptr<SessionCore::SentAck> ack_;
    AnswerKeeper keeper_;
    Timer glare_;
    Timer reply_limit_;
};

}  // namespace trunkline::sip
