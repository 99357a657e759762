// Calls that arrive (RFC 3261 section 13.3).
#include "sip/invite_server.hpp"

#include <utility>

namespace trunkline::sip {

namespace {
constexpr Duration kRemindEvery = std::chrono::seconds(60);  // section 13.3.1.1: a proxy gives up after 3 minutes
}  // namespace

InviteServer::InviteServer(SessionCore& core)
    : core_(core),
      reliable_(core, [this] { FinishWith(504, "", {}, CauseOf(EndCause::Kind::kTimeout, 504)); }),
      keeper_(core),
      reminder_(core.timers()) {}

bool InviteServer::Start(ServerId server, const Message& invite, const Peer& source) {
    server_ = server;
    invite_ = invite;
    const std::string tag = core_.services.ids().New();
    core_.dialog.local_tag = tag;
    auto dialog = Dialog::FromRequest(invite, tag, source);
    const auto contact = core_.services.ContactFor(source, core_.contact_user);
    if (!dialog || !contact) {
        core_.Respond(server, invite, dialog ? 500 : 400, dialog ? "" : "Bad Contact");
        return false;
    }
    if (IsTooSmall(invite, core_.timer_settings)) {
        Message refusal = core_.MakeAnswer(invite, 422);
        AddMinSessionExpires(refusal, core_.timer_settings);
        core_.Respond(server, refusal);
        return false;
    }
    core_.dialog = std::move(*dialog);
    core_.dialog.contact = contact->ToString();
    core_.ReadAbilities(invite);
    core_.services.Attach(core_.id, core_.dialog.call_id, tag);
    reminder_.Start(kRemindEvery, [this] { Remind(); });
    return true;
}

void InviteServer::Remind() {
    if (answered_ || core_.ended) return;
    if (!reliable_.pending()) {
        Message response = core_.MakeAnswer(invite_, last_provisional_);
        if (last_provisional_ > 100) core_.AddAbilities(response);
        core_.Respond(server_, response);
    }
    reminder_.Start(kRemindEvery, [this] { Remind(); });
}

Status InviteServer::Progress(int status, std::string reason, std::string sdp) {
    if (status < 101 || status > 199) return WrongState("A provisional response is 101 to 199.");
    if (!open() || core_.ended || deferred_) return WrongState("The call has been answered.");
    last_provisional_ = status;
    Message response = core_.MakeAnswer(invite_, status, std::move(reason));
    core_.AddAbilities(response);
    const bool has_sdp = !sdp.empty();
    if (has_sdp) {
        core_.local_sdp = sdp;
        response.SetBody("application/sdp", std::move(sdp));
    }
    const bool wanted = invite_.HasToken("Supported", "100rel") && has_sdp;
    const bool allowed = core_.services.settings().reliable_provisional;
    if (invite_.HasToken("Require", "100rel") || (wanted && allowed)) {
        if (has_sdp && SdpOf(invite_).empty()) our_offer_open_ = true;
        reliable_.Send(server_, std::move(response));
    } else {
        core_.Respond(server_, response);
    }
    return {};
}

Status InviteServer::Answer(std::string sdp, std::vector<Header> headers) {
    if (!open() || core_.ended || deferred_) return WrongState("The call has been answered.");
    Deferred answer{std::move(sdp), std::move(headers)};
    if (reliable_.pending()) {
        deferred_ = std::move(answer);
    } else {
        SendAnswer(answer);
    }
    return {};
}

void InviteServer::SendAnswer(const Deferred& deferred) {
    answered_ = true;
    core_.state = SessionState::kAnswered;
    reminder_.Stop();
    Message response = core_.MakeAnswer(invite_, 200);
    core_.AddAbilities(response);
    core_.session_timer.Set(AnswerSessionTimer(invite_, core_.timer_settings, response));
    for (const auto& header : deferred.headers) response.Add(header.name, header.value);
    if (!deferred.sdp.empty()) {
        core_.local_sdp = deferred.sdp;
        if (SdpOf(invite_).empty()) our_offer_open_ = true;
        response.SetBody("application/sdp", deferred.sdp);
    }
    keeper_.Send(server_, std::move(response), [this] {
        core_.state = SessionState::kConfirmed;
        if (bye_after_ack_) return core_.HangUp(std::move(bye_after_ack_->cause), bye_after_ack_->reason_header);
        core_.HangUp(CauseOf(EndCause::Kind::kTimeout, 408, "No ACK"));
    });
}

Status InviteServer::Reject(int status, std::string reason, std::vector<Header> headers) {
    if (status < 300 || status > 699) return WrongState("A refusal is 300 to 699.");
    if (!open() || core_.ended) return WrongState("The call has been answered.");
    FinishWith(status, reason, headers, CauseOf(EndCause::Kind::kLocal, status, reason));
    return {};
}

void InviteServer::FinishWith(int status, const std::string& reason, const std::vector<Header>& headers,
                              EndCause cause) {
    answered_ = true;
    Message response = core_.MakeAnswer(invite_, status, reason);
    for (const auto& header : headers) response.Add(header.name, header.value);
    core_.Respond(server_, response);
    core_.Finish(std::move(cause));
}

void InviteServer::OnCancel() {
    if (!open() || core_.ended) return;
    FinishWith(487, "", {}, CauseOf(EndCause::Kind::kRemoteCancel, 487));
}

bool InviteServer::OnAck(const Message& ack) {
    if (!keeper_.OnAck(ack)) return false;
    if (core_.ended) return true;
    core_.state = SessionState::kConfirmed;
    if (bye_after_ack_) {
        core_.HangUp(std::move(bye_after_ack_->cause), bye_after_ack_->reason_header);
        return true;
    }
    core_.handler().OnConfirmed(core_.id);
    const std::string sdp = SdpOf(ack);
    if (std::exchange(our_offer_open_, false) && !sdp.empty()) core_.handler().OnRemoteAnswer(core_.id, sdp);
    return true;
}

void InviteServer::OnPrack(ServerId server, const Message& prack, const std::function<void()>& new_offer) {
    if (!reliable_.OnPrack(prack)) return core_.Respond(server, prack, 481);
    const std::string sdp = SdpOf(prack);
    if (!sdp.empty() && !our_offer_open_) {
        new_offer();
    } else {
        core_.Respond(server, prack, 200);
        if (!sdp.empty() && std::exchange(our_offer_open_, false)) core_.handler().OnRemoteAnswer(core_.id, sdp);
    }
    if (core_.ended || !deferred_ || reliable_.pending()) return;
    SendAnswer(*std::exchange(deferred_, std::nullopt));
}

void InviteServer::End(EndCause cause, const std::string& reason_header) {
    if (open()) {
        std::vector<Header> headers;
        if (!reason_header.empty()) headers.push_back({"Reason", reason_header});
        return FinishWith(603, "", headers, std::move(cause));
    }
    if (!keeper_.waiting()) return core_.HangUp(std::move(cause), reason_header);
    bye_after_ack_ = DeferredBye{std::move(cause), reason_header};
}

void InviteServer::Stop() {
    reliable_.Stop();
    keeper_.Stop();
    reminder_.Stop();
}

}  // namespace trunkline::sip
