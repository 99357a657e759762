// Provisional responses that must arrive (RFC 3262 section 3): numbered, sent again until the PRACK, one at a time.
#pragma once
#include <deque>
#include <functional>
#include <optional>

#include "sip/session_core.hpp"

namespace trunkline::sip {

class ReliableProvisional {
 public:
    // `no_prack` is called when one stays unacknowledged for 64*T1.
    ReliableProvisional(SessionCore& core, std::function<void()> no_prack);

    // Sends now, or when those before have been acknowledged. RSeq and Require are added here.
    void Send(ServerId server, Message response);
    // True when this PRACK acknowledges the one under way; the next one is sent.
    bool OnPrack(const Message& prack);
    bool pending() const { return current_.has_value() || !queue_.empty(); }
    void Stop();

 private:
    struct Item {
        ServerId server = 0;
        Message response;
        uint32_t rseq = 0;
    };
    void SendNext();
    void Retransmit();

    SessionCore& core_;
    std::function<void()> no_prack_;
    uint32_t next_rseq_;
    std::optional<Item> current_;
    std::deque<Item> queue_;
    Duration interval_{};
    Timer retransmission_;
    Timer deadline_;
};

}  // namespace trunkline::sip
