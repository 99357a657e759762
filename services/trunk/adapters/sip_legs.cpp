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
    accepted.inbound_trunk = trunk.name;
    accepted.media->OfferOnly(trunk.line.codecs);
    if (!offer.empty()) {
        const auto answer = accepted.media->AnswerTo(offer);
        if (!answer.ok()) {
            return answer.error();
        }
        accepted.answer = *answer;
    }
    sessions_.emplace(session, leg);
    legs_.emplace(leg, std::move(accepted));
    ports_.outbound.lines().BeginInbound(trunk.name);
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
    Forget(leg);
    return user_agent_->Reject(session, sip_status);
}

void SipLegs::Complete(sip::InviteRequest& invite, const action::Dial& dial) const {
    invite.from.display = dial.caller_name;
    invite.from.uri.host = settings_.domain;
    invite.longest_ringing = dial.ring_limit;
}

Result<sip::SessionId> SipLegs::Invite(SipLeg& leg, sip::InviteRequest invite) {
    invite.sdp = leg.media->Offer(false);
    auto session = user_agent_->Invite(std::move(invite));
    if (session.ok()) {
        leg.session = *session;
        sessions_.emplace(*session, leg.id);
    }
    return session;
}

Status SipLegs::DialPhone(const action::Dial& dial, const PhoneTarget& target) {
    const auto route = ports_.phones.Route(target.name, ports_.timers.Now());
    if (!route.ok()) {
        return route.error();
    }
    sip::InviteRequest invite;
    invite.to = route->target;
    invite.next_hop = route->next_hop;
    invite.from.uri.user = sip::EscapeUser(dial.caller_number.empty() ? "anonymous" : dial.caller_number);
    Complete(invite, dial);
    // Attached data is for our own phones; it never leaves over a trunk.
    for (const auto& [name, value] : dial.headers) {
        invite.headers.push_back({name, value});
    }
    auto media = LegMedia::Open(ports_.engine, settings_.media, dial.leg, true);
    if (!media.ok()) {
        return media.error();
    }
    SipLeg dialled;
    dialled.id = dial.leg;
    dialled.media = std::move(*media);
    const auto session = Invite(dialled, std::move(invite));
    if (session.ok()) {
        legs_.emplace(dial.leg, std::move(dialled));
    }
    return session.ok() ? Status() : Status(session.error());
}

Status SipLegs::DialOutside(const action::Dial& dial, const OutsideTarget& target) {
    auto attempt = ports_.outbound.Begin(target);
    if (!attempt.ok()) {
        return attempt.error();
    }
    const auto give_up = [&](const Error& error) {
        ports_.outbound.End(*attempt);
        return Status(error);
    };
    auto invite = ports_.outbound.InviteOf(*attempt, dial.caller_number);
    if (!invite.ok()) {
        return give_up(invite.error());
    }
    const CarrierTrunk& trunk = *ports_.directory.FindTrunk(attempt->trunk);
    auto media = LegMedia::Open(ports_.engine, settings_.media, dial.leg, trunk.symmetric_media);
    if (!media.ok()) {
        return give_up(media.error());
    }
    SipLeg dialled;
    dialled.id = dial.leg;
    dialled.media = std::move(*media);
    dialled.media->OfferOnly(trunk.line.codecs);
    Complete(*invite, dial);
    const auto session = Invite(dialled, std::move(*invite));
    if (!session.ok()) {
        return give_up(session.error());
    }
    dialled.outside = std::make_unique<Outside>(Outside{std::move(*attempt), dial, nullptr});
    legs_.emplace(dial.leg, std::move(dialled));
    return {};
}

Status SipLegs::Dial(const action::Dial& dial) {
    const auto* phone = std::get_if<PhoneTarget>(&dial.target);
    return phone != nullptr ? DialPhone(dial, *phone) : DialOutside(dial, std::get<OutsideTarget>(dial.target));
}

void SipLegs::Forget(const LegId& id) {
    const SipLeg& leg = legs_.at(id);
    if (leg.outside != nullptr) {
        ports_.outbound.End(leg.outside->attempt);
    } else if (!leg.inbound_trunk.empty()) {
        ports_.outbound.lines().End(leg.inbound_trunk);
    }
    sessions_.erase(leg.session);
    legs_.erase(id);
}

void SipLegs::End(const LegId& leg) {
    const auto found = legs_.find(leg);
    if (found == legs_.end()) {
        return;
    }
    const sip::SessionId session = found->second.session;
    Forget(leg);
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
