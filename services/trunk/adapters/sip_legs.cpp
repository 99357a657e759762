// Legs as SIP sessions: what we do to them.
#include "trunk/adapters/sip_legs.hpp"

#include "trunk/adapters/end_causes.hpp"

namespace trunkline::trunk {
namespace {

Error UnknownLeg(const LegId& leg) { return {Code::kNotFound, "UNKNOWN_LEG", "no SIP session for leg " + leg.str()}; }

}  // namespace

sip::Protocol ProtocolOf(const CarrierTrunk& trunk) {
    const auto protocol = sip::ParseProtocol(trunk.transport);
    return protocol.ok() ? *protocol : sip::Protocol::kUdp;
}

sip::Hop HopOf(const CarrierTrunk& trunk) { return {ProtocolOf(trunk), trunk.host, trunk.port}; }

std::optional<sip::Account> AccountOf(const CarrierTrunk& trunk) {
    if (trunk.username.empty() || trunk.password.empty()) {
        return std::nullopt;
    }
    return sip::Account{trunk.realm.empty() ? trunk.host : trunk.realm, trunk.username, trunk.password};
}

SipLegs::SipLegs(SipLegsPorts ports, SipLegsSettings settings) : ports_(ports), settings_(std::move(settings)) {}

void SipLegs::Bind(sip::UserAgent& user_agent, Listener listener) {
    user_agent_ = &user_agent;
    listener_ = std::move(listener);
}

Result<SipLegs::SipLeg*> SipLegs::Find(const LegId& leg) {
    const auto found = legs_.find(leg);
    return found == legs_.end() ? Result<SipLeg*>(UnknownLeg(leg)) : Result<SipLeg*>(&found->second);
}

SipLegs::SipLeg* SipLegs::Find(sip::SessionId session) {
    const auto found = sessions_.find(session);
    return found == sessions_.end() ? nullptr : &legs_.at(found->second);
}

Status SipLegs::Accept(const LegId& leg, sip::SessionId session, const std::string& offer, const CarrierTrunk& trunk) {
    auto media = LegMedia::Open(ports_.engine, settings_.media, leg, trunk.symmetric_media);
    if (!media.ok()) {
        return media.error();
    }
    SipLeg accepted;
    accepted.id = leg;
    accepted.session = session;
    accepted.media = std::move(*media);
    accepted.is_incoming = true;
    if (!offer.empty()) {
        const auto answer = accepted.media->AnswerTo(offer);
        if (!answer.ok()) {
            return answer.error();
        }
        accepted.answer = *answer;
    }
    sessions_.emplace(session, leg);
    legs_.emplace(leg, std::move(accepted));
    return {};
}

int SipLegs::RefusalOf(const Error& error) { return error.reason == "NO_MEDIA_PORT" ? 503 : 488; }

Status SipLegs::Answer(const LegId& leg) {
    const auto found = Find(leg);
    if (!found.ok()) {
        return found.error();
    }
    SipLeg& answered = **found;
    answered.was_answered = true;
    if (answered.answer.empty()) {
        answered.answer = answered.media->Offer(false);
    }
    return user_agent_->Answer(answered.session, answered.answer);
}

Status SipLegs::Reject(const LegId& leg, int sip_status) {
    const auto found = Find(leg);
    if (!found.ok()) {
        return found.error();
    }
    const sip::SessionId session = (*found)->session;
    sessions_.erase(session);
    legs_.erase(leg);
    return user_agent_->Reject(session, sip_status);
}

Result<sip::InviteRequest> SipLegs::InvitePhone(const PhoneTarget& target) const {
    const auto route = ports_.phones.Route(target.name, ports_.timers.Now());
    if (!route.ok()) {
        return route.error();
    }
    sip::InviteRequest invite;
    invite.to = route->target;
    invite.next_hop = route->next_hop;
    return invite;
}

Result<sip::InviteRequest> SipLegs::InviteOutside(const OutsideTarget& target) const {
    const CarrierTrunk* trunk = ports_.directory.FindTrunk(target.trunk);
    if (trunk == nullptr) {
        return Error{Code::kNotFound, "UNKNOWN_TRUNK", "there is no trunk " + target.trunk};
    }
    sip::InviteRequest invite;
    invite.to.user = sip::EscapeUser(target.number);
    invite.to.host = trunk->host;
    invite.to.port = trunk->port;
    invite.next_hop = HopOf(*trunk);
    invite.account = AccountOf(*trunk);
    return invite;
}

Result<sip::InviteRequest> SipLegs::MakeInvite(const action::Dial& dial) const {
    const auto* phone = std::get_if<PhoneTarget>(&dial.target);
    auto invite = phone != nullptr ? InvitePhone(*phone) : InviteOutside(std::get<OutsideTarget>(dial.target));
    if (!invite.ok()) {
        return invite;
    }
    invite->from.display = dial.caller_name;
    invite->from.uri.user = sip::EscapeUser(dial.caller_number.empty() ? "anonymous" : dial.caller_number);
    invite->from.uri.host = settings_.domain;
    invite->longest_ringing = dial.ring_limit;
    if (phone != nullptr) {
        // Attached data is for our own phones; it never leaves over a trunk.
        for (const auto& [name, value] : dial.headers) {
            invite->headers.push_back({name, value});
        }
    }
    return invite;
}

Status SipLegs::Dial(const action::Dial& dial) {
    auto invite = MakeInvite(dial);
    if (!invite.ok()) {
        return invite.error();
    }
    const auto* outside = std::get_if<OutsideTarget>(&dial.target);
    const bool symmetric = outside == nullptr || ports_.directory.FindTrunk(outside->trunk)->symmetric_media;
    auto media = LegMedia::Open(ports_.engine, settings_.media, dial.leg, symmetric);
    if (!media.ok()) {
        return media.error();
    }
    invite->sdp = (*media)->Offer(false);
    const auto session = user_agent_->Invite(std::move(*invite));
    if (!session.ok()) {
        return session.error();
    }
    SipLeg dialled;
    dialled.id = dial.leg;
    dialled.session = *session;
    dialled.media = std::move(*media);
    sessions_.emplace(*session, dial.leg);
    legs_.emplace(dial.leg, std::move(dialled));
    return {};
}

void SipLegs::End(const LegId& leg) {
    const auto found = legs_.find(leg);
    if (found == legs_.end()) {
        return;
    }
    const sip::SessionId session = found->second.session;
    sessions_.erase(session);
    legs_.erase(found);
    (void)user_agent_->End(session);
}

Status SipLegs::OfferHold(const LegId& leg, bool hold) {
    const auto found = Find(leg);
    if (!found.ok()) {
        return found.error();
    }
    return user_agent_->Reoffer((*found)->session, (*found)->media->Offer(hold));
}

Status SipLegs::AnswerTransfer(const LegId& leg, bool accept, int sip_status) {
    const auto found = Find(leg);
    if (!found.ok()) {
        return found.error();
    }
    const sip::SessionId session = (*found)->session;
    return accept ? user_agent_->AcceptRefer(session) : user_agent_->RefuseRefer(session, sip_status);
}

Status SipLegs::ReportTransfer(const LegId& leg, int sip_status) {
    const auto found = Find(leg);
    return found.ok() ? user_agent_->NotifyRefer((*found)->session, sip_status) : Status(found.error());
}

}  // namespace trunkline::trunk
