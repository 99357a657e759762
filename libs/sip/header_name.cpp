// Names of header fields: compact forms and spelling.
#include "sip/header_name.hpp"

#include <algorithm>
#include <array>

#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

struct Compact {
    char letter;
    std::string_view name;
};

constexpr std::array kCompact = {
    Compact{'a', "Accept-Contact"},
    Compact{'b', "Referred-By"},
    Compact{'c', "Content-Type"},
    Compact{'d', "Request-Disposition"},
    Compact{'e', "Content-Encoding"},
    Compact{'f', "From"},
    Compact{'i', "Call-ID"},
    Compact{'j', "Reject-Contact"},
    Compact{'k', "Supported"},
    Compact{'l', "Content-Length"},
    Compact{'m', "Contact"},
    Compact{'o', "Event"},
    Compact{'r', "Refer-To"},
    Compact{'s', "Subject"},
    Compact{'t', "To"},
    Compact{'u', "Allow-Events"},
    Compact{'v', "Via"},
    Compact{'x', "Session-Expires"},
    Compact{'y', "Identity"},
};

constexpr std::string_view kNames[] = {"Via",
                                       "From",
                                       "To",
                                       "Call-ID",
                                       "CSeq",
                                       "Max-Forwards",
                                       "Contact",
                                       "Route",
                                       "Record-Route",
                                       "Content-Type",
                                       "Supported",
                                       "Allow",
                                       "User-Agent",
                                       "Server",
                                       "Content-Length",
                                       "Expires",
                                       "Authorization",
                                       "Require",
                                       "Accept",
                                       "Proxy-Authorization",
                                       "RSeq",
                                       "RAck",
                                       "Event",
                                       "Min-SE",
                                       "WWW-Authenticate",
                                       "Refer-To",
                                       "Referred-By",
                                       "Replaces",
                                       "Unsupported",
                                       "Proxy-Authenticate",
                                       "Retry-After",
                                       "Reason",
                                       "Date",
                                       "Subject",
                                       "Session-Expires",
                                       "Path",
                                       "Min-Expires",
                                       "Warning",
                                       "Proxy-Require",
                                       "P-Asserted-Identity",
                                       "Privacy",
                                       "Diversion",
                                       "Timestamp",
                                       "Organization",
                                       "Subscription-State",
                                       "Service-Route",
                                       "Content-Disposition",
                                       "Content-Encoding"};

constexpr std::string_view kNotLists[] = {"Authorization",
                                          "Proxy-Authorization",
                                          "WWW-Authenticate",
                                          "Proxy-Authenticate",
                                          "Date",
                                          "Subject",
                                          "Organization",
                                          "User-Agent",
                                          "Server",
                                          "Call-ID",
                                          "Replaces"};

}  // namespace

std::string CanonicalName(std::string_view name) {
    if (name.size() == 1) {
        const auto found = std::find_if(kCompact.begin(), kCompact.end(), [name](const Compact& compact) {
            return EqualsIgnoreCase(name, {&compact.letter, 1});
        });
        return std::string(found == kCompact.end() ? name : found->name);
    }
    const auto* const found = std::find_if(std::begin(kNames), std::end(kNames),
                                           [name](std::string_view known) { return EqualsIgnoreCase(name, known); });
    return std::string(found == std::end(kNames) ? name : *found);
}

bool IsListHeader(std::string_view name) {
    return std::none_of(std::begin(kNotLists), std::end(kNotLists),
                        [name](std::string_view single) { return EqualsIgnoreCase(name, single); });
}

}  // namespace trunkline::sip
