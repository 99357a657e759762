// Small parts of HTTP: cookies, origins, media types.
#pragma once
#include <string>
#include <string_view>

namespace trunkline::web {

// The value of a cookie in a Cookie header (RFC 6265 section 4.2); empty when it is not there.
std::string_view CookieValue(std::string_view header, std::string_view name);
// Whether an Origin header names the host that was asked: "https://desk.example:8443" and "desk.example:8443".
bool IsSameOrigin(std::string_view origin, std::string_view host);
// The media type without parameters, in lower case: "application/json; charset=utf-8" -> "application/json".
std::string MediaType(std::string_view header);
// Letters that are safe in a log line and in a header; others become "?".
std::string Printable(std::string_view text, size_t limit);

}  // namespace trunkline::web
