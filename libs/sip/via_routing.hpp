// What the Via of a request says about its way back (RFC 3261 sections 17.2.3 and 18.2, RFC 3581).
#pragma once
#include <string>
#include <string_view>

#include "sip/address.hpp"
#include "sip/parser.hpp"

namespace trunkline::sip {

// Writes received and rport into the top Via of a request, where they are needed. `via` is that Via, parsed.
void MarkSource(Message& request, Via& via, const Peer& source);
// Where responses go to a request with that marked Via.
Peer ReplyAddress(const Via& via, const Peer& source);

// The key by which a request finds its server transaction: Via branch, sent-by and method, or what RFC 2543 compares.
// ACK has the key of its INVITE; a CANCEL that looks for its INVITE gives "INVITE".
std::string ServerKey(const Message& request, const Via& via, std::string_view method);

// The refusal of a malformed request, made as short as needed to stay within `limit` bytes if that is possible.
std::string SmallestResponse(const Message& request, const Parsed& parsed, size_t limit);

}  // namespace trunkline::sip
