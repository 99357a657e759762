// Sending, answering and ending inside a session (RFC 3261 sections 12.2, 13.2.2.4, 15).
#include "sip/session_core.hpp"

#include <algorithm>

#include "sip/credentials.hpp"
#include "sip/text.hpp"

namespace trunkline::sip {

namespace {
constexpr const char* kAllow = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY, MESSAGE";
}  // namespace

SessionCore::SessionCore(SessionServices& services_, SessionId id_, bool outgoing_)
    : services(services_),
      id(id_),
      outgoing(outgoing_),
      state(outgoing_ ? SessionState::kCalling : SessionState::kIncoming),
      contact_user(services_.settings().contact_user),
      timer_settings{services_.settings().session_expires, services_.settings().min_session_expires},
      session_timer(
          services_.timers(), [this] { refresh(); }, [this] { HangUp(CauseOf(EndCause::Kind::kExpired, 408)); }) {}

std::function<void()> SessionCore::Guard(std::function<void()> call) const {
    return [weak = std::weak_ptr<bool>(alive_), call = std::move(call)] {
        if (!weak.expired()) call();
    };
}

void SessionCore::SendOn(const Dialog& on, Message request, ResponseHandler done) {
    const auto hop = on.NextHop();
    const bool invite = request.method() == "INVITE";
    auto guarded = [weak = std::weak_ptr<bool>(alive_), invite, done = std::move(done)](const Message& response,
                                                                                        const Peer& source) {
        if (weak.expired() || (response.status() < 200 && !invite)) return;
        done(response, source);
    };
    if (!hop) {  // told later, never inside the caller's own call
        timers().Start(Duration::zero(), [guarded] { guarded(Message::Response(503, "No Route"), Peer{}); });
        return;
    }
    services.Resolve(*hop, [this, weak = std::weak_ptr<bool>(alive_), request = std::move(request),
                            guarded = std::move(guarded)](Result<Peer> peer) mutable {
        if (weak.expired()) return;
        if (!peer) return guarded(Message::Response(503, peer.error().message), Peer{});
        SendTo(*peer, std::move(request), std::move(guarded), 0);
    });
}

void SessionCore::SendTo(const Peer& peer, Message request, ResponseHandler done, int rounds) {
    const Message copy = account ? request : Message();
    auto answered = [this, weak = std::weak_ptr<bool>(alive_), copy, peer, done = std::move(done), rounds](
                        const Message& response, const Peer& source) {
        const bool challenged = response.status() == 401 || response.status() == 407;
        if (weak.expired() || !challenged || !account) return done(response, source);
        auto again = WithCredentials(copy, response, {*account, peer, source, rounds});
        if (!again) return done(response, source);
        const auto sequence = again->Sequence();
        const uint32_t number = std::max(sequence ? sequence->number : 0, dialog.local_sequence) + 1;
        dialog.local_sequence = number;
        SetSequence(*again, number);
        SendTo(peer, std::move(*again), done, rounds + 1);
    };
    services.transactions().Send(std::move(request), peer, std::move(answered));
}

std::shared_ptr<SessionCore::SentAck> SessionCore::SendAck(const Dialog& with, uint32_t invite_sequence,
                                                           const std::string& sdp) {
    auto ack = std::make_shared<SentAck>(SentAck{with.MakeAck(invite_sequence), std::nullopt});
    if (!sdp.empty()) ack->message.SetBody("application/sdp", sdp);
    const auto hop = with.NextHop();
    if (!hop) return ack;
    services.Resolve(*hop, [this, weak = std::weak_ptr<bool>(alive_), ack](const Result<Peer>& peer) {
        if (weak.expired() || !peer) return;
        ack->peer = *peer;
        services.transactions().SendDirect(ack->message, *peer);
    });
    return ack;
}

void SessionCore::SendAckAgain(SentAck& ack) {
    if (ack.peer) services.transactions().SendDirect(ack.message, *ack.peer);
}

void SessionCore::SendBye(Dialog& with, const std::string& reason_header) {
    const auto hop = with.NextHop();
    if (!hop) return;
    Message bye = with.MakeRequest("BYE");
    if (!reason_header.empty()) bye.Add("Reason", reason_header);
    Transactions& transactions = services.transactions();
    services.Resolve(*hop, [&transactions, bye = std::move(bye)](const Result<Peer>& peer) {
        if (peer) transactions.Send(bye, *peer, [](const Message&, const Peer&) {});
    });
}

Message SessionCore::MakeAnswer(const Message& request, int status, std::string reason) const {
    if (reason.empty()) reason = ReasonPhrase(status);
    Message response = MakeResponse(request, status, std::move(reason), dialog.local_tag);
    if (!services.settings().product.empty()) response.Add("Server", services.settings().product);
    return response;
}

void SessionCore::Respond(ServerId server, const Message& request, int status, std::string reason) {
    Respond(server, MakeAnswer(request, status, std::move(reason)));
}

void SessionCore::AddAbilities(Message& message) const {
    if (message.Find("Contact") == nullptr && !dialog.contact.empty()) message.Add("Contact", dialog.contact);
    message.Add("Allow", kAllow);
    message.Add("Supported", services.settings().reliable_provisional ? "100rel, timer, replaces" : "timer, replaces");
    const auto& product = services.settings().product;
    if (message.IsRequest() && !product.empty()) message.Add("User-Agent", product);
}

void SessionCore::ReadAbilities(const Message& message) {
    if (message.Find("Allow") != nullptr) peer_takes_update = message.HasToken("Allow", "UPDATE");
}

void SessionCore::HangUp(EndCause cause, const std::string& reason_header) {
    if (ended || state == SessionState::kEnding) return;
    state = SessionState::kEnding;
    session_timer.Stop();
    Message bye = dialog.MakeRequest("BYE");
    if (!reason_header.empty()) bye.Add("Reason", reason_header);
    SendInDialog(std::move(bye), [this, cause = std::move(cause)](const Message&, const Peer&) { Finish(cause); });
}

void SessionCore::Finish(EndCause cause) {
    if (ended) return;
    ended = true;
    state = SessionState::kEnding;
    session_timer.Stop();
    if (before_end) before_end();
    // The transaction of our INVITE may still bring a 2xx (again, or of a lost fork), which asks for an ACK.
    services.Release(id, outgoing ? services.settings().times.Give() : Duration::zero());
    handler().OnEnded(id, cause);
}

Error WrongState(std::string message) { return Error{Code::kFailedPrecondition, "WRONG_STATE", std::move(message)}; }

std::string SdpOf(const Message& message) {
    if (message.body().empty()) return "";
    const std::string_view type = message.Get("Content-Type");
    const std::string_view bare = Trim(type.substr(0, type.find(';')));
    return EqualsIgnoreCase(bare, "application/sdp") ? message.body() : "";
}

EndCause CauseOf(EndCause::Kind kind, int status, std::string reason) {
    EndCause cause;
    cause.kind = kind;
    cause.status = status;
    cause.reason = reason.empty() && status != 0 ? ReasonPhrase(status) : std::move(reason);
    return cause;
}

}  // namespace trunkline::sip
