// The SIP sessions behind legs: carries out what calls want and tells what the peers do.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "sip/user_agent.hpp"
#include "trunk/adapters/leg_media.hpp"
#include "trunk/adapters/outbound_lines.hpp"
#include "trunk/adapters/phone_book.hpp"
#include "trunk/app/ports.hpp"
#include "trunk/domain/input.hpp"

namespace trunkline::trunk {

struct SipLegsPorts {
    media::Engine& engine;
    const Directory& directory;
    PhoneBook& phones;
    sip::Timers& timers;
    OutboundLines& outbound;
};

struct SipLegsSettings {
    MediaAddress media;
    std::string domain = "trunkline";  // host part of our From
};

// On the SIP thread.
class SipLegs final : public SipPort, public sip::SessionHandler {
 public:
    using Listener = std::function<void(const LegId&, const Input&)>;

    SipLegs(SipLegsPorts ports, SipLegsSettings settings);
    // Both once, before anything happens; the listener hears what the peers do.
    void Bind(sip::UserAgent& user_agent, Listener listener);

    // Makes a leg of an INVITE that was admitted: opens its media, judges its offer. The error's reason says why not;
    // see RefusalOf.
    Status Accept(const LegId& leg, sip::SessionId session, const std::string& offer, const CarrierTrunk& trunk);
    // The SIP status for an error of Accept.
    static int RefusalOf(const Error& error);

    Status Answer(const LegId& leg) override;
    Status Reject(const LegId& leg, int sip_status) override;
    Status Dial(const action::Dial& dial) override;
    void End(const LegId& leg) override;
    Status OfferHold(const LegId& leg, bool hold) override;
    Status AnswerTransfer(const LegId& leg, bool accept, int sip_status) override;
    Status ReportTransfer(const LegId& leg, int sip_status) override;

    void OnProvisional(sip::SessionId id, const sip::Message& response, const std::string& sdp) override;
    void OnAnswered(sip::SessionId id, const sip::Message& response, const std::string& sdp) override;
    void OnRemoteAnswer(sip::SessionId id, const std::string& sdp) override;
    void OnOffer(sip::SessionId id, const std::string& sdp) override;
    void OnReofferDone(sip::SessionId id, int status, const std::string& sdp) override;
    void OnEnded(sip::SessionId id, const sip::EndCause& cause) override;
    void OnRefer(sip::SessionId id, const sip::ReferRequest& request) override;
    void OnInfoDigit(sip::SessionId id, char digit, int millis) override;

    size_t size() const { return legs_.size(); }

 private:
    // A leg to a number: what was asked, for the next trunk to try.
    struct Outside {
        OutboundLines::Attempt attempt;
        action::Dial dial;
        std::unique_ptr<sip::Timer> limit;  // of the longest call
    };
    struct SipLeg {
        LegId id;
        sip::SessionId session;
        std::unique_ptr<LegMedia> media;
        std::string answer;  // to an incoming offer; empty: the INVITE had none
        bool is_incoming = false;
        bool was_answered = false;
        bool has_rung = false;
        bool is_held = false;
        std::string inbound_trunk;  // whose call it is; empty: one of ours
        std::unique_ptr<Outside> outside;
    };
    Result<SipLeg*> Find(const LegId& leg);
    SipLeg* Find(sip::SessionId session);
    Status DialPhone(const action::Dial& dial, const PhoneTarget& target);
    Status DialOutside(const action::Dial& dial, const OutsideTarget& target);
    void Complete(sip::InviteRequest& invite, const action::Dial& dial) const;
    // Sends the INVITE of a leg whose media is open.
    Result<sip::SessionId> Invite(SipLeg& leg, sip::InviteRequest invite);
    // True: another trunk carries the leg now.
    bool TryNextTrunk(SipLeg& leg, const sip::EndCause& cause);
    void LimitCall(SipLeg& leg);
    // The leg's session and media go, and its trunk has room for another.
    void Forget(const LegId& leg);
    void TellHold(SipLeg& leg);
    // The peer broke off or broke the rules: the leg is gone, the call hears why.
    void Drop(SipLeg& leg, const EndCause& cause);

    SipLegsPorts ports_;
    SipLegsSettings settings_;
    sip::UserAgent* user_agent_ = nullptr;
    Listener listener_;
    std::unordered_map<LegId, SipLeg> legs_;
    std::map<sip::SessionId, LegId> sessions_;
};

// "udp", "tcp" or "tls" as the directory has it.
sip::Protocol ProtocolOf(const CarrierTrunk& trunk);
// Where requests for the trunk go, and the account for its challenges; nothing when it has none.
sip::Hop HopOf(const CarrierTrunk& trunk);
std::optional<sip::Account> AccountOf(const CarrierTrunk& trunk);

}  // namespace trunkline::trunk
