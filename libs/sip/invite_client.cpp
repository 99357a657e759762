// Calls that we start (RFC 3261 section 13.2).
#include "sip/invite_client.hpp"

#include <algorithm>

#include "sip/credentials.hpp"
#include "sip/text.hpp"

namespace trunkline::sip {

namespace {
constexpr size_t kMostForks = 16;
constexpr int kMostIntervalRounds = 2;

std::string TagOf(const Message& response) {
    const auto to = response.To();
    return to ? to->Tag() : "";
}
}  // namespace

InviteClient::InviteClient(SessionCore& core) : core_(core), ringing_(core.timers()) {}

void InviteClient::Start(InviteRequest request) {
    request_ = std::move(request);
    core_.account = request_.account;
    core_.local_sdp = request_.sdp;
    if (!request_.contact_user.empty()) core_.contact_user = request_.contact_user;
    core_.dialog.local_tag = core_.services.ids().New();
    core_.dialog.call_id = core_.services.ids().New();
    core_.services.Attach(core_.id, core_.dialog.call_id, core_.dialog.local_tag);
    ringing_.Start(request_.longest_ringing, [this] { Cancel(CauseOf(EndCause::Kind::kTimeout, 408), ""); });
    const auto hop = request_.next_hop ? Result<Hop>(*request_.next_hop) : HopOf(request_.to);
    // From a timer: a failure is told by OnEnded, never inside the call that starts the session.
    core_.timers().Start(Duration::zero(), core_.Guard([this, hop] {
        if (core_.ended) return;
        if (!hop) return OnResolved(hop.error());
        std::weak_ptr<void> alive = core_.alive();
        core_.services.Resolve(*hop, [this, alive](Result<Peer> peer) {
            if (!alive.expired()) OnResolved(std::move(peer));
        });
    }));
}

void InviteClient::OnResolved(Result<Peer> peer) {
    if (core_.ended) return;
    if (!peer) return core_.Finish(CauseOf(EndCause::Kind::kTransport, 503, peer.error().message));
    peer_ = std::move(*peer);
    const auto contact = core_.services.ContactFor(peer_, core_.contact_user);
    if (!contact) return core_.Finish(CauseOf(EndCause::Kind::kTransport, 503, contact.error().message));
    core_.dialog.contact = contact->ToString();
    Send(BuildInvite());
}

Message InviteClient::BuildInvite() const {
    Message invite = Message::Request("INVITE", request_.to);
    NameAddr from = request_.from;
    if (from.uri.host.empty()) {  // no identity was given: we are who can be reached
        if (auto contact = ParseNameAddr(core_.dialog.contact)) from.uri = std::move(contact->uri);
    }
    SetParam(from.params, "tag", core_.dialog.local_tag);
    NameAddr to;
    to.uri = request_.to;
    invite.Add("Max-Forwards", "70");
    invite.Add("From", from.ToString());
    invite.Add("To", to.ToString());
    invite.Add("Call-ID", core_.dialog.call_id);
    invite.Add("CSeq", std::to_string(sequence_) + " INVITE");
    core_.AddAbilities(invite);
    OfferSessionTimer(invite, core_.timer_settings, "");
    for (const auto& header : request_.headers) invite.Add(header.name, header.value);
    if (!request_.sdp.empty()) invite.SetBody("application/sdp", request_.sdp);
    return invite;
}

void InviteClient::Send(Message invite) {
    invite_ = std::move(invite);
    client_ = core_.services.transactions().Send(
        invite_, peer_,
        [this, alive = std::weak_ptr<void>(core_.alive())](const Message& response, const Peer& source) {
            if (!alive.expired()) OnResponse(response, source);
        });
}

void InviteClient::SendAgain(Message invite) {
    SetSequence(invite, ++sequence_);
    waiting_fork_ = nullptr;
    forks_.clear();
    Send(std::move(invite));
}

void InviteClient::Cancel(EndCause cause, const std::string& reason_header) {
    if (core_.ended || cancelled_) return;
    cancelled_ = std::move(cause);
    core_.state = SessionState::kEnding;
    ringing_.Stop();
    if (client_ == 0) {  // nothing has been sent yet
        core_.timers().Start(Duration::zero(), core_.Guard([this] { core_.Finish(*cancelled_); }));
        return;
    }
    core_.services.transactions().Cancel(client_, reason_header);
}

void InviteClient::OnResponse(const Message& response, const Peer& source) {
    core_.dialog.source = source;
    if (response.status() == 100) return;
    if (response.status() < 200) return OnProvisional(response, source);
    if (response.status() < 300) return OnSuccess(response, source);
    OnRefusal(response, source);
}

InviteClient::Fork* InviteClient::ForkOf(const Message& response, const Peer& source) {
    const std::string tag = TagOf(response);
    for (const auto& fork : forks_) {
        if (fork->dialog.remote_tag == tag) return fork.get();
    }
    auto dialog = Dialog::FromResponse(invite_, response, source);
    if (!dialog || forks_.size() >= kMostForks) return nullptr;
    forks_.push_back(std::make_unique<Fork>());
    forks_.back()->dialog = std::move(*dialog);
    return forks_.back().get();
}

void InviteClient::OnProvisional(const Message& response, const Peer& source) {
    if (core_.ended || cancelled_ || winner_ != nullptr) return;
    const std::string sdp = SdpOf(response);
    if (!TagOf(response).empty()) {
        Fork* fork = ForkOf(response, source);
        if (fork == nullptr) return;
        core_.ReadAbilities(response);
        const bool reliable = response.HasToken("Require", "100rel") && response.Find("RSeq") != nullptr;
        const bool first_sdp = !sdp.empty() && fork->early_sdp.empty();
        if (first_sdp) fork->early_sdp = sdp;
        if (reliable && !TakeReliable(*fork, response)) return;
        core_.dialog.remote_tag = fork->dialog.remote_tag;
        if (reliable && first_sdp && request_.sdp.empty()) {
            waiting_fork_ = fork;
            return core_.handler().OnOffer(core_.id, sdp);
        }
    }
    core_.handler().OnProvisional(core_.id, response, sdp);
}

bool InviteClient::TakeReliable(Fork& fork, const Message& response) {
    const auto rseq = static_cast<uint32_t>(ParseNumber(Trim(response.Get("RSeq")), UINT32_MAX).value_or(0));
    // RFC 3262 section 4: in order without holes; what came before was acknowledged by a PRACK that still goes its way.
    if (rseq == 0 || (fork.last_rseq != 0 && rseq != fork.last_rseq + 1)) return false;
    fork.last_rseq = rseq;
    fork.dialog.RefreshTarget(response);
    const bool offer = request_.sdp.empty() && !SdpOf(response).empty() && fork.early_sdp == SdpOf(response);
    if (offer) {
        waiting_rseq_ = rseq;
    } else {
        SendPrack(fork, rseq, "");
    }
    return true;
}

void InviteClient::SendPrack(Fork& fork, uint32_t rseq, const std::string& sdp) {
    Message prack = fork.dialog.MakeRequest("PRACK");
    prack.Add("RAck", std::to_string(rseq) + " " + std::to_string(sequence_) + " INVITE");
    if (!sdp.empty()) prack.SetBody("application/sdp", sdp);
    core_.SendOn(fork.dialog, std::move(prack), [](const Message&, const Peer&) {});
}

Status InviteClient::Acknowledge(const std::string& sdp) {
    if (waiting_fork_ != nullptr) {
        Fork* fork = std::exchange(waiting_fork_, nullptr);
        core_.local_sdp = sdp;
        SendPrack(*fork, waiting_rseq_, sdp);
        return {};
    }
    if (!acknowledgement_due_) return WrongState("No offer of the peer waits for an answer.");
    acknowledgement_due_ = false;
    core_.local_sdp = sdp;
    winner_->ack = core_.SendAck(core_.dialog, sequence_, sdp);
    return {};
}

void InviteClient::OnSuccess(const Message& response, const Peer& source) {
    ringing_.Stop();
    Fork* fork = ForkOf(response, source);
    if (fork == nullptr) return;
    if (fork->ack) return core_.SendAckAgain(*fork->ack);
    if (fork == winner_) return;  // its ACK waits for our user's answer
    fork->dialog.RefreshTarget(response);
    if (response.Find("Record-Route") != nullptr) {
        fork->dialog.route_set = response.GetList("Record-Route");
        std::reverse(fork->dialog.route_set.begin(), fork->dialog.route_set.end());
    }
    if (!cancelled_ && !core_.ended && winner_ == nullptr) return Win(*fork, response);
    // It crossed our CANCEL, or another branch was faster: take the call and hang it up.
    fork->ack = core_.SendAck(fork->dialog, sequence_, "");
    core_.SendBye(fork->dialog, "");
    if (cancelled_) core_.Finish(*cancelled_);
}

void InviteClient::Win(Fork& fork, const Message& response) {
    winner_ = &fork;
    core_.dialog = fork.dialog;
    core_.state = SessionState::kConfirmed;
    core_.ReadAbilities(response);
    core_.session_timer.Set(ReadAnsweredTimer(response));
    const std::string sdp = SdpOf(response);
    acknowledgement_due_ = request_.sdp.empty() && fork.early_sdp.empty() && !sdp.empty();
    if (!acknowledgement_due_) fork.ack = core_.SendAck(core_.dialog, sequence_, "");
    core_.handler().OnAnswered(core_.id, response, sdp.empty() ? fork.early_sdp : sdp);
}

void InviteClient::OnRefusal(const Message& response, const Peer& source) {
    if (core_.ended || winner_ != nullptr) return;
    if (cancelled_) return core_.Finish(*cancelled_);
    if (RetryWithMore(response, source)) return;
    const bool local = response.Find("Via") == nullptr;
    EndCause cause = CauseOf(EndCause::Kind::kRefused, response.status(), response.reason());
    if (local) cause.kind = response.status() == 408 ? EndCause::Kind::kTimeout : EndCause::Kind::kTransport;
    cause.header = response.Get("Reason");
    cause.contact = response.Get("Contact");
    core_.Finish(std::move(cause));
}

bool InviteClient::RetryWithMore(const Message& response, const Peer& source) {
    const bool challenged = response.status() == 401 || response.status() == 407;
    if (challenged && core_.account) {
        auto again = WithCredentials(invite_, response, {*core_.account, peer_, source, auth_rounds_});
        if (!again) return false;
        ++auth_rounds_;
        SendAgain(std::move(*again));
        return true;
    }
    const Duration least = ReadMinSessionExpires(response);
    if (response.status() != 422 || least == Duration::zero() || ++interval_rounds_ > kMostIntervalRounds) return false;
    core_.timer_settings.min_expires = std::max(core_.timer_settings.min_expires, least);
    core_.timer_settings.expires = std::max(core_.timer_settings.expires, least);
    SendAgain(BuildInvite());
    return true;
}

}  // namespace trunkline::sip
