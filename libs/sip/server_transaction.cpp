// Server transactions (RFC 3261 section 17.2; RFC 6026 for the Accepted state).
#include "sip/server_transaction.hpp"

#include <algorithm>

namespace trunkline::sip {

ServerTransaction::ServerTransaction(TransactionContext& context, bool is_invite, Peer reply_to,
                                     std::function<void()> gone)
    : context_(context),
      reply_to_(std::move(reply_to)),
      gone_(std::move(gone)),
      is_invite_(is_invite),
      state_(is_invite_ ? State::kProceeding : State::kTrying),
      interval_(context.times.t1),
      retransmission_(context.timers),
      deadline_(context.timers) {}

void ServerTransaction::OnRetransmission() {
    ++context_.counters.absorbed;
    const bool answer = state_ == State::kProceeding || state_ == State::kCompleted;
    if (answer && !wire_.empty()) Transmit();
}

void ServerTransaction::OnAck() {
    if (state_ != State::kCompleted || !is_invite_) return;
    Enter(State::kConfirmed, IsReliable(reply_to_.protocol) ? Duration::zero() : context_.times.t4);  // I
}

void ServerTransaction::OnConnectionLost(uint64_t connection) {
    // The next response goes to the address in the Via over a connection of ours.
    if (reply_to_.connection == connection && IsReliable(reply_to_.protocol)) reply_to_.connection = 0;
}

bool ServerTransaction::Respond(const Message& response) {
    const bool success = response.status() >= 200 && response.status() < 300;
    if (state_ == State::kAccepted && success) {
        ++context_.counters.retransmitted;
        wire_ = response.ToString();
        Transmit();
        wire_.clear();
        return true;
    }
    if (state_ != State::kTrying && state_ != State::kProceeding) return false;
    wire_ = response.ToString();
    Transmit();
    if (response.status() < 200) {
        state_ = State::kProceeding;
    } else if (!is_invite_) {
        Enter(State::kCompleted, IsReliable(reply_to_.protocol) ? Duration::zero() : context_.times.Give());  // J
    } else if (success) {
        wire_.clear();                                   // the dialog retransmits a 2xx, not the transaction
        Enter(State::kAccepted, context_.times.Give());  // L
    } else {
        Enter(State::kCompleted, context_.times.Give());  // H
        if (!IsReliable(reply_to_.protocol)) retransmission_.Start(interval_, [this] { Retransmit(); });
    }
    return true;
}

void ServerTransaction::Transmit() {
    const auto sent = context_.transport.Send(reply_to_, wire_);
    if (sent) reply_to_.connection = *sent;
}

void ServerTransaction::Retransmit() {
    ++context_.counters.retransmitted;
    Transmit();
    interval_ = std::min(interval_ * 2, context_.times.t2);
    retransmission_.Start(interval_, [this] { Retransmit(); });
}

void ServerTransaction::Enter(State state, Duration linger) {
    state_ = state;
    retransmission_.Stop();
    deadline_.Start(linger, [this] { Terminate(); });
}

void ServerTransaction::Terminate() {
    state_ = State::kTerminated;
    retransmission_.Stop();
    deadline_.Stop();
    const auto gone = std::move(gone_);
    gone();
}

}  // namespace trunkline::sip
