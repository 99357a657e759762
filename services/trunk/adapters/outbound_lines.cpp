// Rules, choice, next choice.
#include "trunk/adapters/outbound_lines.hpp"

#include "log/keys.hpp"
#include "log/log.hpp"
#include "trunk/adapters/sip_legs.hpp"

namespace trunkline::trunk {

Error OutboundLines::Refuse(Error error) {
    ports_.metrics.CountDialRefused(error.reason);
    log::Warning("a call to a number is refused", {{log::kReason, error.reason}, {log::kError, error.message}});
    return error;
}

Result<OutboundLines::Attempt> OutboundLines::Begin(const OutsideTarget& target) {
    if (!ports_.load.Admit(Work::kOutboundCall)) {
        return Refuse({Code::kUnavailable, "OVERLOAD", "the gateway sheds calls of ours: " + ports_.load.reason()});
    }
    const SteadyTime now = ports_.timers.Now();
    Attempt attempt{target, target.trunk, {}, std::nullopt};
    if (target.group.empty()) {
        if (ports_.directory.FindTrunk(target.trunk) == nullptr) {
            return Refuse({Code::kNotFound, "UNKNOWN_TRUNK", "there is no trunk " + target.trunk});
        }
    } else {
        const TrunkGroup* group = ports_.directory.FindGroup(target.group);
        if (group == nullptr) {
            return Refuse({Code::kNotFound, "UNKNOWN_TRUNK", "there is no trunk group " + target.group});
        }
        auto picked = lines_.Pick(*group, {}, ports_.chance(), now);
        if (!picked.ok()) {
            return Refuse(picked.error());
        }
        auto ticket = guard_.Admit(*group, target.number, now);
        if (!ticket.ok()) {
            return Refuse(ticket.error());
        }
        attempt.trunk = *picked;
        attempt.ticket = *ticket;
    }
    lines_.Begin(attempt.trunk, now);
    return attempt;
}

bool OutboundLines::TryNext(Attempt& attempt, int sip_status) {
    if (!IsTrunkFailure(sip_status)) {
        lines_.Worked(attempt.trunk);
        return false;
    }
    const SteadyTime now = ports_.timers.Now();
    lines_.Failed(attempt.trunk, now);
    ports_.metrics.CountTrunkFailure(attempt.trunk);
    const TrunkGroup* group = ports_.directory.FindGroup(attempt.target.group);
    attempt.tried.insert(attempt.trunk);
    const auto picked = group == nullptr ? Result<std::string>(Error{Code::kNotFound, "UNKNOWN_TRUNK", ""})
                                         : lines_.Pick(*group, attempt.tried, ports_.chance(), now);
    if (!picked.ok()) {
        return false;
    }
    log::Warning("a trunk could not carry a call; the next one tries",
                 {{log::kName, attempt.trunk}, {log::kResult, sip_status}});
    lines_.End(attempt.trunk);
    lines_.Begin(*picked, now);
    attempt.trunk = *picked;
    return true;
}

void OutboundLines::End(const Attempt& attempt) {
    lines_.End(attempt.trunk);
    if (attempt.ticket) {
        guard_.End(*attempt.ticket);
    }
}

Result<sip::InviteRequest> OutboundLines::InviteOf(const Attempt& attempt, const std::string& caller_number) const {
    const CarrierTrunk* trunk = ports_.directory.FindTrunk(attempt.trunk);
    if (trunk == nullptr) {
        return Error{Code::kNotFound, "UNKNOWN_TRUNK", "there is no trunk " + attempt.trunk};
    }
    sip::InviteRequest invite;
    invite.to.user = sip::EscapeUser(Rewrite(trunk->line.called_rewrites, attempt.target.number));
    invite.to.host = trunk->host;
    invite.to.port = trunk->port;
    invite.next_hop = HopOf(*trunk);
    invite.account = AccountOf(*trunk);
    const std::string caller = CallerNumberFor(trunk->line, caller_number);
    invite.from.uri.user = sip::EscapeUser(caller.empty() ? "anonymous" : caller);
    return invite;
}

}  // namespace trunkline::trunk
