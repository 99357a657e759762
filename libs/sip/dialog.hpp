// The state two peers share between the messages of a call (RFC 3261 section 12).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sip/address.hpp"
#include "sip/message.hpp"
#include "sip/replaces.hpp"

namespace trunkline::sip {

struct Dialog {
    std::string call_id;
    std::string local_tag;
    std::string remote_tag;
    std::string local;    // our From value in this dialog, with tag
    std::string remote;   // our To value in this dialog, with the peer's tag
    std::string contact;  // our Contact value
    Uri remote_target;
    std::vector<std::string> route_set;  // in the order in which we write it
    uint32_t local_sequence = 0;
    std::optional<uint32_t> remote_sequence;
    Peer source;  // where the peer's last message came from

    // The dialog made by the peer's INVITE and our tag (section 12.1.1). INVALID_ARGUMENT when it cannot make one.
    static Result<Dialog> FromRequest(const Message& request, const std::string& local_tag, const Peer& source);
    // The dialog made by a response with a tag to our INVITE (section 12.1.2).
    static Result<Dialog> FromResponse(const Message& request, const Message& response, const Peer& source);

    // A request inside the dialog with the next sequence number (section 12.2.1.1); strict routers are served too.
    Message MakeRequest(const std::string& method);
    // The ACK of a 2xx to the INVITE with that sequence number (section 13.2.2.4).
    Message MakeAck(uint32_t invite_sequence) const;
    // Takes the peer's sequence number; false when it is older than one seen (500, section 12.2.2).
    bool TakeSequence(uint32_t number);
    // Takes the Contact of a target refresh (section 12.2).
    void RefreshTarget(const Message& message);
    // The first hop of a request of ours: top route or remote target.
    Result<Hop> NextHop() const;

 private:
    Message Skeleton(const std::string& method, uint32_t sequence) const;
};

// The hop that a URI names: scheme, transport, maddr, host and port. INVALID_ARGUMENT/URI_NOT_ROUTABLE for tel:.
Result<Hop> HopOf(const Uri& uri);

}  // namespace trunkline::sip
