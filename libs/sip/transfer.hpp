// REFER inside a call and the NOTIFYs that tell how it goes (RFC 3515, RFC 3420 message/sipfrag, RFC 3891).
#pragma once
#include <optional>
#include <string>

#include "sip/session_core.hpp"

namespace trunkline::sip {

class Transfer {
 public:
    explicit Transfer(SessionCore& core) : core_(core) {}

    // We ask.
    Status Send(const NameAddr& refer_to, const std::string& referred_by);
    void OnNotify(ServerId server, const Message& notify);

    // We are asked.
    void OnRefer(ServerId server, const Message& refer);
    Status Accept();
    Status Refuse(int status, std::string reason);
    Status Notify(int status, std::string reason);
    void Stop();

 private:
    struct Asked {
        ServerId server = 0;  // 0: accepted
        Message refer;
        uint32_t sequence = 0;
    };
    void SendNotify(int status, const std::string& reason);

    SessionCore& core_;
    bool sent_ = false;  // a REFER of ours is open
    std::optional<Asked> asked_;
};

// Refer-To with its Replaces taken out of the URI; INVALID_ARGUMENT when it is absent or malformed.
Result<ReferRequest> ParseRefer(const Message& refer);
// The status that a message/sipfrag body tells, 0 when it tells none.
int StatusOfFragment(std::string_view body);

}  // namespace trunkline::sip
