// host, IPv6reference and hostport (RFC 3261 section 25.1).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sip/text.hpp"

namespace trunkline::sip {

bool IsIpv4(std::string_view text);
// Without brackets and without a zone.
bool IsIpv6(std::string_view text);
// A host name as in RFC 3261, and with "_" and leading digits as container networks name their hosts.
bool IsHostName(std::string_view text);
// Any of the three; IPv6 stands in brackets.
bool IsHost(std::string_view text);

// Reads a host. An IPv6 reference with three colons, which the grammar of RFC 3261 lets pass by mistake (RFC 5118
// section 4.10), is read as if it had two.
bool ReadHost(Cursor& cursor, std::string& host);
// Reads the number behind the colon; 1 to 65535.
bool ReadPort(Cursor& cursor, uint16_t& port);

}  // namespace trunkline::sip
