// Names of header fields: compact forms (RFC 3261 section 7.3.3, RFC 3515, 3841, 3892, 4028, 6665) and spelling.
#pragma once
#include <string>
#include <string_view>

namespace trunkline::sip {

// The full name in its usual spelling; a name nobody knows stays as it is.
std::string CanonicalName(std::string_view name);

// May the values of this header stand in one line, separated by commas? False for the four of digest (RFC 3261 section
// 7.3.1), whose commas separate parameters, and for those that are one text or one date.
bool IsListHeader(std::string_view name);

}  // namespace trunkline::sip
