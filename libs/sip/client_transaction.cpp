// Client transactions (RFC 3261 section 17.1; RFC 6026 for the Accepted state).
#include "sip/client_transaction.hpp"

#include <algorithm>

namespace trunkline::sip {

namespace {
constexpr Duration kTimerD = std::chrono::seconds(32);

// ACK of a failure and CANCEL are the INVITE's shadow: same target, Via, route, From, Call-ID and CSeq number.
Message ShadowOf(const Message& invite, const std::string& method) {
    Message shadow = Message::Request(method, invite.uri());
    if (const std::string* via = invite.Find("Via")) shadow.Add("Via", *via);
    shadow.Add("Max-Forwards", "70");
    for (const auto& header : invite.headers()) {
        if (header.name == "Route" || header.name == "From" || header.name == "Call-ID") {
            shadow.Add(header.name, header.value);
        }
    }
    if (const auto sequence = invite.Sequence()) shadow.Add("CSeq", std::to_string(sequence->number) + " " + method);
    return shadow;
}
}  // namespace

Message MakeFailureAck(const Message& invite, const Message& response) {
    Message ack = ShadowOf(invite, "ACK");
    ack.Add("To", std::string(response.Get("To")));
    return ack;
}

Message MakeCancel(const Message& invite) {
    Message cancel = ShadowOf(invite, "CANCEL");
    cancel.Add("To", std::string(invite.Get("To")));
    return cancel;
}

ClientTransaction::ClientTransaction(TransactionContext& context, Message request, Peer peer, ResponseHandler handler,
                                     std::function<void()> gone)
    : context_(context),
      request_(std::move(request)),
      wire_(request_.ToString()),
      peer_(std::move(peer)),
      handler_(std::move(handler)),
      gone_(std::move(gone)),
      is_invite_(request_.method() == "INVITE"),
      state_(is_invite_ ? State::kCalling : State::kTrying),
      interval_(context.times.t1),
      retransmission_(context.timers),
      deadline_(context.timers) {}

void ClientTransaction::Start() {
    const auto sent = context_.transport.Send(peer_, wire_);
    if (!sent) {
        // The user is told from the timer, never inside his own call.
        deadline_.Start(Duration::zero(), [this, why = sent.error().message] { Fail(503, why); });
        return;
    }
    peer_.connection = *sent;
    if (!IsReliable(peer_.protocol)) retransmission_.Start(interval_, [this] { Retransmit(); });
    deadline_.Start(context_.times.Give(), [this] { Fail(408, "Request Timeout"); });
}

void ClientTransaction::Transmit() {
    const auto sent = context_.transport.Send(peer_, wire_);
    if (sent) peer_.connection = *sent;
}

void ClientTransaction::Retransmit() {
    ++context_.counters.retransmitted;
    Transmit();
    // Timer A doubles without limit while Calling; timer E is limited by T2, and is T2 at once in Proceeding.
    if (is_invite()) {
        interval_ *= 2;
    } else {
        interval_ = state_ == State::kProceeding ? context_.times.t2 : std::min(interval_ * 2, context_.times.t2);
    }
    retransmission_.Start(interval_, [this] { Retransmit(); });
}

void ClientTransaction::OnResponse(const Message& response, const Peer& source) {
    if (is_invite()) {
        OnInviteResponse(response, source);
    } else {
        OnOtherResponse(response, source);
    }
}

void ClientTransaction::OnInviteResponse(const Message& response, const Peer& source) {
    const bool success = response.status() >= 200 && response.status() < 300;
    if (state_ == State::kAccepted) {
        if (success) handler_(response, source);
        return;
    }
    if (state_ == State::kCompleted) {
        if (response.status() < 300) return;
        ++context_.counters.absorbed;
        Transmit();  // the ACK again
        return;
    }
    if (response.status() < 200) {
        if (state_ == State::kCalling) {
            state_ = State::kProceeding;
            retransmission_.Stop();
            deadline_.Stop();
        }
        handler_(response, source);
    } else if (success) {
        Complete(State::kAccepted, context_.times.Give());  // M
        wire_.clear();
        request_ = Message();
        handler_(response, source);
    } else {
        Complete(State::kCompleted, IsReliable(peer_.protocol) ? Duration::zero() : kTimerD);
        Acknowledge(response);
        handler_(response, source);
    }
}

void ClientTransaction::OnOtherResponse(const Message& response, const Peer& source) {
    if (state_ == State::kCompleted) {
        ++context_.counters.absorbed;
        return;
    }
    if (response.status() < 200) {
        state_ = State::kProceeding;
        handler_(response, source);
        return;
    }
    Complete(State::kCompleted, IsReliable(peer_.protocol) ? Duration::zero() : context_.times.t4);  // K
    wire_.clear();
    handler_(response, source);
}

void ClientTransaction::Acknowledge(const Message& response) {
    wire_ = MakeFailureAck(request_, response).ToString();
    Transmit();
}

void ClientTransaction::OnConnectionLost(uint64_t connection) {
    if (connection != peer_.connection || connection == 0) return;
    peer_.connection = 0;
    const bool waiting = state_ == State::kCalling || state_ == State::kTrying || state_ == State::kProceeding;
    if (waiting) Fail(503, "The connection to " + peer_.ToString() + " was lost.");
}

void ClientTransaction::GiveUpSoon() {
    if (state_ != State::kCalling && state_ != State::kProceeding) return;
    deadline_.Start(context_.times.Give(), [this] { Fail(408, "Request Timeout"); });
}

void ClientTransaction::Fail(int status, std::string reason) {
    state_ = State::kTerminated;
    Message response = Message::Response(status, std::move(reason));
    for (const char* name : {"From", "To", "Call-ID", "CSeq"}) response.Add(name, std::string(request_.Get(name)));
    const auto handler = std::move(handler_);
    const Peer peer = peer_;
    handler(response, peer);
    Terminate();
}

void ClientTransaction::Complete(State state, Duration linger) {
    state_ = state;
    retransmission_.Stop();
    deadline_.Start(linger, [this] { Terminate(); });
}

void ClientTransaction::Terminate() {
    state_ = State::kTerminated;
    retransmission_.Stop();
    deadline_.Stop();
    const auto gone = std::move(gone_);
    gone();
}

}  // namespace trunkline::sip
