// Legs as SIP sessions: what their peers do.
#include "log/keys.hpp"
#include "log/log.hpp"
#include "trunk/adapters/end_causes.hpp"
#include "trunk/adapters/sip_legs.hpp"

namespace trunkline::trunk {
namespace {

const EndCause kUnusableAnswer{EndResult::kUpstreamError, "ERROR", 488};

// The status that says how an INVITE of ours failed; silence and dead connections as RFC 3261 section 8.1.3.1 has them.
int StatusOf(const sip::EndCause& cause) {
    using Kind = sip::EndCause::Kind;
    switch (cause.kind) {
        case Kind::kRefused:
            return cause.status;
        case Kind::kTimeout:
            return 408;
        case Kind::kTransport:
            return 503;
        default:
            return 0;
    }
}

}  // namespace

void SipLegs::OnProvisional(sip::SessionId id, const sip::Message& response, const std::string& sdp) {
    SipLeg* leg = Find(id);
    if (leg == nullptr) {
        return;
    }
    const bool has_media = !sdp.empty() && leg->media->TakeAnswer(sdp).ok();
    if (response.status() == 180 || response.status() == 183) {
        leg->has_rung = true;
        listener_(leg->id, input::LegRang{leg->id, has_media});
    }
}

void SipLegs::OnAnswered(sip::SessionId id, const sip::Message&, const std::string& sdp) {
    SipLeg* leg = Find(id);
    if (leg == nullptr) {
        return;
    }
    leg->was_answered = true;
    const Status taken = sdp.empty() ? Status() : leg->media->TakeAnswer(sdp);
    if (!taken.ok() || !leg->media->is_negotiated()) {
        log::Warning("the far end's answer is not usable",
                     {{log::kLegId, leg->id.str()}, {log::kError, taken.ok() ? "no SDP" : taken.error().message}});
        Drop(*leg, kUnusableAnswer);
        return;
    }
    LimitCall(*leg);
    listener_(leg->id, input::LegAnswered{leg->id});
}

void SipLegs::OnRemoteAnswer(sip::SessionId id, const std::string& sdp) {
    SipLeg* leg = Find(id);
    if (leg == nullptr) {
        return;
    }
    if (!leg->media->TakeAnswer(sdp).ok()) {
        Drop(*leg, kUnusableAnswer);
        return;
    }
    TellHold(*leg);
}

void SipLegs::OnOffer(sip::SessionId id, const std::string& sdp) {
    SipLeg* leg = Find(id);
    if (leg == nullptr) {
        return;
    }
    if (sdp.empty()) {
        (void)user_agent_->AnswerOffer(id, leg->media->Offer(false));
        return;
    }
    const auto answer = leg->media->AnswerTo(sdp);
    if (!answer.ok()) {
        (void)user_agent_->RefuseOffer(id, 488);
        return;
    }
    (void)user_agent_->AnswerOffer(id, *answer);
    TellHold(*leg);
}

void SipLegs::OnReofferDone(sip::SessionId id, int status, const std::string& sdp) {
    SipLeg* leg = Find(id);
    if (leg != nullptr && status == 200 && !leg->media->TakeAnswer(sdp).ok()) {
        Drop(*leg, kUnusableAnswer);
    }
}

void SipLegs::TellHold(SipLeg& leg) {
    if (leg.is_held != leg.media->is_held_by_peer()) {
        leg.is_held = leg.media->is_held_by_peer();
        listener_(leg.id, input::PeerHeld{leg.id, leg.is_held});
    }
}

void SipLegs::OnEnded(sip::SessionId id, const sip::EndCause& cause) {
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) {
        return;
    }
    const LegId leg = found->second;
    SipLeg& ended = legs_.at(leg);
    if (TryNextTrunk(ended, cause)) {
        return;
    }
    const EndCause told = ToEndCause(cause, {ended.is_incoming, ended.was_answered, ended.has_rung});
    Forget(leg);
    listener_(leg, input::LegEnded{leg, told});
}

bool SipLegs::TryNextTrunk(SipLeg& leg, const sip::EndCause& cause) {
    // A phone that rang was found; what happened then is about it, not about the trunk.
    if (leg.outside == nullptr || leg.was_answered || leg.has_rung) {
        return false;
    }
    while (ports_.outbound.TryNext(leg.outside->attempt, StatusOf(cause))) {
        auto invite = ports_.outbound.InviteOf(leg.outside->attempt, leg.outside->dial.caller_number);
        if (!invite.ok()) {
            return false;
        }
        Complete(*invite, leg.outside->dial);
        sessions_.erase(leg.session);
        if (Invite(leg, std::move(*invite)).ok()) {
            return true;
        }
    }
    return false;
}

void SipLegs::LimitCall(SipLeg& leg) {
    if (leg.outside == nullptr) {
        return;
    }
    ports_.outbound.Answered(leg.outside->attempt);
    const Duration longest = leg.outside->attempt.longest_call();
    if (longest > Duration::zero()) {
        leg.outside->limit = std::make_unique<sip::Timer>(ports_.timers);
        leg.outside->limit->Start(longest, [this, id = leg.id] { Drop(legs_.at(id), cause::kDialLimit); });
    }
}

void SipLegs::Drop(SipLeg& leg, const EndCause& cause) {
    const LegId id = leg.id;
    End(id);
    listener_(id, input::LegEnded{id, cause});
}

void SipLegs::OnRefer(sip::SessionId id, const sip::ReferRequest& request) {
    const SipLeg* leg = Find(id);
    if (leg == nullptr) {
        (void)user_agent_->RefuseRefer(id, 481);
        return;
    }
    LegId replaced;
    if (request.replaces) {
        const auto session = user_agent_->FindReplaced(*request.replaces);
        const SipLeg* target = session ? Find(*session) : nullptr;
        if (target == nullptr) {
            (void)user_agent_->RefuseRefer(id, 481);
            return;
        }
        replaced = target->id;
    }
    listener_(leg->id, input::TransferAsked{leg->id, request.refer_to.uri.UserPart(), replaced});
}

void SipLegs::OnInfoDigit(sip::SessionId id, char digit, int) {
    if (const SipLeg* leg = Find(id)) {
        listener_(leg->id, input::DigitKeyed{leg->id, digit});
    }
}

}  // namespace trunkline::trunk
