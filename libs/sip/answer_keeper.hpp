// Sends our 2xx to an INVITE again and again until its ACK comes (RFC 3261 section 13.3.1.4): over every transport, as
// the ACK travels end to end.
#pragma once
#include <functional>
#include <optional>

#include "sip/session_core.hpp"

namespace trunkline::sip {

class AnswerKeeper {
 public:
    explicit AnswerKeeper(SessionCore& core);

    // Sends `response` and keeps it. `no_ack` is called after 64*T1 without an ACK.
    void Send(ServerId server, Message response, std::function<void()> no_ack);
    // True when this ACK was awaited: its number is that of the response.
    bool OnAck(const Message& ack);
    bool waiting() const { return sequence_.has_value(); }
    void Stop();

 private:
    void Retransmit();

    SessionCore& core_;
    ServerId server_ = 0;
    Message response_;
    std::optional<uint32_t> sequence_;
    Duration interval_{};
    Timer retransmission_;
    Timer deadline_;
};

}  // namespace trunkline::sip
