// Retransmission of 2xx responses (RFC 3261 section 13.3.1.4).
#include "sip/answer_keeper.hpp"

#include <algorithm>

namespace trunkline::sip {

AnswerKeeper::AnswerKeeper(SessionCore& core) : core_(core), retransmission_(core.timers()), deadline_(core.timers()) {}

void AnswerKeeper::Send(ServerId server, Message response, std::function<void()> no_ack) {
    server_ = server;
    response_ = std::move(response);
    const auto sequence = response_.Sequence();
    sequence_ = sequence ? sequence->number : 0;
    const TransactionTimes& times = core_.services.settings().times;
    interval_ = times.t1;
    core_.Respond(server_, response_);
    retransmission_.Start(interval_, [this] { Retransmit(); });
    deadline_.Start(times.Give(), [this, no_ack = std::move(no_ack)] {
        Stop();
        no_ack();
    });
}

void AnswerKeeper::Retransmit() {
    core_.Respond(server_, response_);
    interval_ = std::min(interval_ * 2, core_.services.settings().times.t2);
    retransmission_.Start(interval_, [this] { Retransmit(); });
}

bool AnswerKeeper::OnAck(const Message& ack) {
    const auto sequence = ack.Sequence();
    if (!sequence_ || !sequence || sequence->number != *sequence_) return false;
    Stop();
    return true;
}

void AnswerKeeper::Stop() {
    sequence_.reset();
    retransmission_.Stop();
    deadline_.Stop();
    response_ = Message();
}

}  // namespace trunkline::sip
