// Re-INVITE and UPDATE (RFC 3261 section 14, RFC 3311, RFC 6141).
#include "sip/offer_exchange.hpp"

#include <utility>

namespace trunkline::sip {

namespace {
constexpr Duration kReplyWithin = std::chrono::seconds(30);  // before the peer's own timer F gives up

bool EndsDialog(int status) { return status == 408 || status == 481; }
}  // namespace

OfferExchange::OfferExchange(SessionCore& core)
    : core_(core), keeper_(core), glare_(core.timers()), reply_limit_(core.timers()) {}

Status OfferExchange::Reoffer(std::string sdp, ReofferBy by) {
    if (busy() || keeper_.waiting()) {
        return Error{Code::kFailedPrecondition, "OFFER_PENDING", "Another offer of this session has no answer yet."};
    }
    sent_ = Sent{std::move(sdp), by, false, false};
    Send();
    return {};
}

void OfferExchange::Refresh() {
    if (busy() || keeper_.waiting()) return;  // that exchange refreshes too
    sent_ = Sent{core_.local_sdp, core_.peer_takes_update ? ReofferBy::kUpdate : ReofferBy::kReinvite, true, false};
    Send();
}

void OfferExchange::Send() {
    sent_->in_flight = true;
    const bool update = sent_->by == ReofferBy::kUpdate;
    Message request = core_.dialog.MakeRequest(update ? "UPDATE" : "INVITE");
    const uint32_t sequence = core_.dialog.local_sequence;
    core_.AddAbilities(request);
    const auto& terms = core_.session_timer.terms();
    if (terms) OfferSessionTimer(request, core_.timer_settings, terms->we_refresh ? "uac" : "uas");
    const bool with_sdp = !(update && sent_->is_refresh);
    if (with_sdp && !sent_->sdp.empty()) request.SetBody("application/sdp", sent_->sdp);
    core_.SendInDialog(std::move(request), [this, sequence](const Message& response, const Peer& source) {
        OnResponse(sequence, response, source);
    });
}

void OfferExchange::OnResponse(uint32_t sequence, const Message& response, const Peer& source) {
    if (response.status() < 200) return;
    const auto answered = response.Sequence();
    if (answered) sequence = answered->number;  // a challenge has raised it
    const bool success = response.status() < 300;
    if (success && ack_ && acked_sequence_ == sequence) return core_.SendAckAgain(*ack_);
    if (success) core_.dialog.source = source;
    if (!sent_ || !sent_->in_flight || core_.ended) return;
    if (success) return OnSuccess(sequence, response);
    OnFailure(response);
}

void OfferExchange::OnSuccess(uint32_t sequence, const Message& response) {
    core_.dialog.RefreshTarget(response);
    core_.ReadAbilities(response);
    const Sent done = *std::exchange(sent_, std::nullopt);
    if (done.by == ReofferBy::kReinvite) {
        acked_sequence_ = sequence;
        ack_ = core_.SendAck(core_.dialog, sequence, "");
    }
    if (!done.sdp.empty()) core_.local_sdp = done.sdp;
    if (core_.session_timer.terms()) core_.session_timer.Set(ReadAnsweredTimer(response));
    if (!done.is_refresh) core_.handler().OnReofferDone(core_.id, response.status(), SdpOf(response));
}

void OfferExchange::OnFailure(const Message& response) {
    const int status = response.status();
    if (status == 491) return RetryAfterGlare();
    const Duration least = ReadMinSessionExpires(response);
    if (status == 422 && least > core_.timer_settings.min_expires) {
        core_.timer_settings.min_expires = least;
        return Send();
    }
    const Sent done = *std::exchange(sent_, std::nullopt);
    if (EndsDialog(status)) {
        const bool timeout = status == 408;
        return core_.HangUp(CauseOf(timeout ? EndCause::Kind::kTimeout : EndCause::Kind::kProtocolError, status));
    }
    if (!done.is_refresh) core_.handler().OnReofferDone(core_.id, status, "");
}

void OfferExchange::RetryAfterGlare() {
    // Section 14.1: the owner of the Call-ID waits 2.1 to 4 s, the other 0 to 2 s, in steps of 10 ms.
    sent_->in_flight = false;
    const uint32_t steps = core_.outgoing ? 210 + core_.services.Random(190) : core_.services.Random(200);
    glare_.Start(std::chrono::milliseconds(10) * steps, [this] {
        if (!sent_ || core_.ended) return;
        if (received_ || keeper_.waiting()) return RetryAfterGlare();
        Send();
    });
}

bool OfferExchange::RefuseAtOnce(ServerId server, const Message& request, bool initial_open) {
    if (received_) {  // section 14.2: its own earlier request has no answer yet
        Message refusal = core_.MakeAnswer(request, 500);
        refusal.Add("Retry-After", std::to_string(core_.services.Random(10)));
        core_.Respond(server, refusal);
        return true;
    }
    const bool carries_offer = !SdpOf(request).empty() || request.method() == "INVITE";
    if (carries_offer && (initial_open || keeper_.waiting() || (sent_ && sent_->in_flight))) {
        core_.Respond(server, request, 491);
        return true;
    }
    if (IsTooSmall(request, core_.timer_settings)) {
        Message refusal = core_.MakeAnswer(request, 422);
        AddMinSessionExpires(refusal, core_.timer_settings);
        core_.Respond(server, refusal);
        return true;
    }
    return false;
}

void OfferExchange::OnRequest(ServerId server, const Message& request, bool initial_open) {
    if (RefuseAtOnce(server, request, initial_open)) return;
    core_.dialog.RefreshTarget(request);
    core_.ReadAbilities(request);
    const std::string sdp = SdpOf(request);
    if (request.method() == "UPDATE" && sdp.empty()) return Accept({server, request}, "");
    received_ = Received{server, request};
    reply_limit_.Start(kReplyWithin, [this] { [[maybe_unused]] const auto refused = Refuse(500, ""); });
    core_.handler().OnOffer(core_.id, sdp);
}

Status OfferExchange::Answer(std::string sdp) {
    if (!received_) return WrongState("No offer of the peer waits for an answer.");
    reply_limit_.Stop();
    const Received received = *std::exchange(received_, std::nullopt);
    if (!sdp.empty()) core_.local_sdp = sdp;
    Accept(received, std::move(sdp));
    return {};
}

void OfferExchange::Accept(const Received& received, std::string sdp) {
    Message response = core_.MakeAnswer(received.request, 200);
    core_.AddAbilities(response);
    if (received.request.method() != "PRACK" && core_.state != SessionState::kIncoming) {
        core_.session_timer.Set(AnswerSessionTimer(received.request, core_.timer_settings, response));
    }
    if (!sdp.empty()) response.SetBody("application/sdp", std::move(sdp));
    if (received.request.method() != "INVITE") return core_.Respond(received.server, response);
    our_offer_open_ = SdpOf(received.request).empty();
    keeper_.Send(received.server, std::move(response),
                 [this] { core_.HangUp(CauseOf(EndCause::Kind::kTimeout, 408, "No ACK")); });
}

Status OfferExchange::Refuse(int status, std::string reason) {
    if (!received_) return WrongState("No offer of the peer waits for an answer.");
    if (status < 300 || status > 699) return WrongState("A refusal is 300 to 699.");
    reply_limit_.Stop();
    const Received received = *std::exchange(received_, std::nullopt);
    core_.Respond(received.server, received.request, status, std::move(reason));
    return {};
}

void OfferExchange::OnCancel(ServerId server) {
    if (received_ && received_->server == server) [[maybe_unused]]
        const auto refused = Refuse(487, "");
}

bool OfferExchange::OnAck(const Message& ack) {
    if (!keeper_.OnAck(ack)) return false;
    const std::string sdp = SdpOf(ack);
    const bool wanted = std::exchange(our_offer_open_, false);
    if (wanted && !sdp.empty() && !core_.ended) core_.handler().OnRemoteAnswer(core_.id, sdp);
    return true;
}

void OfferExchange::Stop() {
    if (received_) [[maybe_unused]]
        const auto refused = Refuse(487, "");
    sent_.reset();
    keeper_.Stop();
    glare_.Stop();
}

}  // namespace trunkline::sip
