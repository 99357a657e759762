// Admission of calls and registrations.
#include "trunk/adapters/sip_gate.hpp"

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::trunk {
namespace {

std::string NumberIn(std::string_view header) {
    const auto address = sip::ParseNameAddr(header);
    if (!address.ok()) {
        return "";
    }
    std::string user = address->uri.UserPart();
    // tel: URIs and some gateways write parameters behind the number.
    user = user.substr(0, user.find(';'));
    return user == "anonymous" || user == "unknown" || user == "unavailable" ? "" : user;
}

}  // namespace

std::string CallerNumber(const sip::Message& invite) {
    for (const std::string_view name : {"P-Asserted-Identity", "Remote-Party-ID", "From"}) {
        if (const std::string* header = invite.Find(name)) {
            std::string number = NumberIn(*header);
            if (!number.empty()) {
                return number;
            }
        }
    }
    return "";
}

SipGate::SipGate(SipGatePorts ports, size_t most_calls) : ports_(ports), most_calls_(most_calls) {}

sip::Admission SipGate::JudgeStranger(const sip::Peer& source) {
    switch (guard_.Judge(source.address.Host(), ports_.timers.Now())) {
        case SourceGuard::Verdict::kAdmit:
            return sip::Admission::kAccept;
        case SourceGuard::Verdict::kRefuse:
            ports_.metrics.CountRefused(503);
            log::Warning("a source floods and is banned", {{log::kAddress, source.address.Host()}});
            return sip::Admission::kBusy;
        case SourceGuard::Verdict::kDrop:
            return sip::Admission::kDrop;
    }
    return sip::Admission::kDrop;
}

bool SipGate::HasRoomFor(const sip::Message& request) {
    if (request.method() == "INVITE") {
        return is_open_ && ports_.calls.live_calls() < most_calls_ && ports_.load.Admit(Work::kInboundCall);
    }
    if (request.method() == "OPTIONS") {
        return ports_.load.Admit(Work::kOptions);
    }
    return request.method() != "REGISTER" || ports_.load.Admit(Work::kRegisterRefresh);
}

sip::Admission SipGate::OnAdmission(const sip::Message& request, const sip::Peer& source) {
    ports_.metrics.CountRequest(request.method());
    if (!HasRoomFor(request)) {
        ports_.metrics.CountRefused(503);
        return sip::Admission::kBusy;
    }
    const bool is_carrier = ports_.directory.TrunkOf(source.address.Host(), source.address.port()) != nullptr;
    return is_carrier ? sip::Admission::kAccept : JudgeStranger(source);
}

sip::Header SipGate::Challenge(const sip::Message& request, const sip::Peer& source) {
    if (ports_.digest.IsAttempt(request)) {
        guard_.CountWrongPassword(source.address.Host(), ports_.timers.Now());
    }
    return ports_.digest.Challenge(request);
}

void SipGate::Refuse(sip::SessionId id, int status, std::vector<sip::Header> headers) {
    ports_.metrics.CountRefused(status);
    (void)user_agent_->Reject(id, status, "", std::move(headers));
}

void SipGate::OnStranger(sip::SessionId id, const sip::Message& invite, const sip::Peer& source) {
    // Phones may prove who they are, but dialling out from a phone is not offered.
    if (ports_.digest.ProvenPhone(invite)) {
        Refuse(id, 403);
    } else {
        Refuse(id, 401, {Challenge(invite, source)});
    }
}

void SipGate::OnInvite(sip::SessionId id, const sip::Message& invite, const sip::Peer& source) {
    const CarrierTrunk* trunk = ports_.directory.TrunkOf(source.address.Host(), source.address.port());
    if (trunk == nullptr) {
        OnStranger(id, invite, source);
        return;
    }
    if (trunk->challenge_inbound && !ports_.digest.ProvesTrunk(invite, *trunk)) {
        Refuse(id, 401, {Challenge(invite, source)});
        return;
    }
    if (!ports_.lines.HasRoom(trunk->name)) {
        Refuse(id, 503);
        return;
    }
    const Number* number = ports_.directory.FindNumber(invite.uri().UserPart());
    if (number == nullptr) {
        Refuse(id, 404);
        return;
    }
    const LegId leg(ports_.ids.New());
    const Status accepted = ports_.legs.Accept(leg, id, invite.body(), *trunk);
    if (!accepted.ok()) {
        log::Warning("the offer of a call is refused", {{log::kSipCallId, invite.CallId()},
                                                        {log::kReason, accepted.error().reason},
                                                        {log::kError, accepted.error().message}});
        Refuse(id, SipLegs::RefusalOf(accepted.error()));
        return;
    }
    (void)user_agent_->Progress(id, 180, "Ringing");
    ports_.calls.OnIncoming({leg, CallerNumber(invite), trunk->name, *number});
}

void SipGate::OnRegister(sip::RequestId id, const sip::Message& request, const sip::Peer& source) {
    const auto phone = ports_.digest.ProvenPhone(request);
    if (!phone) {
        ports_.metrics.CountRefused(401);
        (void)user_agent_->Respond(id, 401, "", {Challenge(request, source)});
        return;
    }
    const auto address_of_record = request.To();
    if (!address_of_record.ok() || address_of_record->uri.UserPart() != *phone) {
        ports_.metrics.CountRefused(403);
        (void)user_agent_->Respond(id, 403, "A phone registers itself only");
        return;
    }
    auto reply = ports_.phones.Register(*phone, request, source, ports_.timers.Now());
    (void)user_agent_->Respond(id, reply.status, reply.reason, std::move(reply.headers));
}

void SipGate::OnRequest(sip::RequestId id, const sip::Message& request, const sip::Peer& source) {
    // Default deny: nothing but calls, registrations and OPTIONS is served outside of calls.
    ports_.metrics.CountRefused(401);
    (void)user_agent_->Respond(id, 401, "", {Challenge(request, source)});
}

int SipGate::OnOptions(const sip::Message&, const sip::Peer&) { return is_open_ ? 200 : 503; }

}  // namespace trunkline::trunk
