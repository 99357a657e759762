// The door: which SIP requests may come in, from whom, and what becomes of them.
#pragma once
#include <functional>
#include <map>
#include <string>

#include "sip/user_agent.hpp"
#include "trunk/adapters/digest_gate.hpp"
#include "trunk/adapters/metrics.hpp"
#include "trunk/adapters/phone_book.hpp"
#include "trunk/adapters/sip_legs.hpp"
#include "trunk/app/call_controller.hpp"
#include "trunk/domain/source_guard.hpp"

namespace trunkline::trunk {

struct SipGatePorts {
    const Directory& directory;
    const DigestGate& digest;
    PhoneBook& phones;
    SipLegs& legs;
    CallController& calls;
    LinePicker& lines;
    LoadGuard& load;
    Metrics& metrics;
    IdGenerator& ids;
    sip::Timers& timers;
};

// On the SIP thread.
class SipGate final : public sip::UserAgentHandler {
 public:
    // `most_calls` live ones; INVITEs above it get 503.
    SipGate(SipGatePorts ports, size_t most_calls);
    void Bind(sip::UserAgent& user_agent) { user_agent_ = &user_agent; }

    // Before the directory is loaded, and while draining, new calls get 503.
    void SetOpen(bool open) { is_open_ = open; }
    // Every second.
    void Sweep() { guard_.Sweep(ports_.timers.Now()); }

    sip::Admission OnAdmission(const sip::Message& request, const sip::Peer& source) override;
    void OnInvite(sip::SessionId id, const sip::Message& invite, const sip::Peer& source) override;
    void OnRegister(sip::RequestId id, const sip::Message& request, const sip::Peer& source) override;
    void OnRequest(sip::RequestId id, const sip::Message& request, const sip::Peer& source) override;
    int OnOptions(const sip::Message& request, const sip::Peer& source) override;

 private:
    bool HasRoomFor(const sip::Message& request);
    sip::Admission JudgeStranger(const sip::Peer& source);
    void OnStranger(sip::SessionId id, const sip::Message& invite, const sip::Peer& source);
    // A 401's header; credentials that proved nothing are counted against the source.
    sip::Header Challenge(const sip::Message& request, const sip::Peer& source);
    void Refuse(sip::SessionId id, int status, std::vector<sip::Header> headers = {});

    SipGatePorts ports_;
    size_t most_calls_;
    sip::UserAgent* user_agent_ = nullptr;
    bool is_open_ = false;
    SourceGuard guard_;
};

// The caller's number as a trusted trunk tells it: P-Asserted-Identity (RFC 3325), Remote-Party-ID, then From; empty
// when the caller withholds it.
std::string CallerNumber(const sip::Message& invite);

}  // namespace trunkline::trunk
