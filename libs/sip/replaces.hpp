// The Replaces header (RFC 3891): which dialog an INVITE takes over; also found escaped inside a Refer-To URI.
#pragma once
#include <string>
#include <string_view>

#include "result/result.hpp"
#include "sip/message.hpp"

namespace trunkline::sip {

struct Replaces {
    std::string call_id;
    std::string to_tag;    // the local tag of the one who receives the INVITE
    std::string from_tag;  // his peer's tag
    bool early_only = false;

    std::string ToString() const;
};

// INVALID_ARGUMENT/REPLACES_MALFORMED when the Call-ID or a tag is missing.
Result<Replaces> ParseReplaces(std::string_view text);

// A Refer-To URI that asks for an INVITE to `target` with that Replaces header (attended transfer).
NameAddr MakeReferTo(Uri target, const Replaces& replaces);

}  // namespace trunkline::sip
