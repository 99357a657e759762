// What the end of a SIP session means for a leg.
#pragma once
#include "sip/session_handler.hpp"
#include "trunk/domain/call.hpp"

namespace trunkline::trunk {

struct LegHistory {
    bool is_incoming = false;
    bool was_answered = false;
    bool has_rung = false;
};

EndCause ToEndCause(const sip::EndCause& end, const LegHistory& leg);

}  // namespace trunkline::trunk
