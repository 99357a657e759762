// What every transaction needs from its layer, and the times of RFC 3261 table 4 derived from T1, T2 and T4.
#pragma once
#include <cstdint>

#include "sip/timers.hpp"
#include "sip/transport.hpp"

namespace trunkline::sip {

// The timers of RFC 3261 table 4; everything else is derived. Tests shorten nothing: they move the clock.
struct TransactionTimes {
    Duration t1 = std::chrono::milliseconds(500);
    Duration t2 = std::chrono::seconds(4);
    Duration t4 = std::chrono::seconds(5);

    Duration Give() const { return 64 * t1; }  // B, F, H, J, L, M: how long an answer is waited for
};

// Counters since the start.
struct SipCounters {
    uint64_t dropped = 0;        // unusable or stray messages
    uint64_t rejected = 0;       // malformed requests answered without state
    uint64_t refused_busy = 0;   // 503 by admission or for want of room
    uint64_t retransmitted = 0;  // messages that we sent again
    uint64_t absorbed = 0;       // retransmissions of the peer
};

struct TransactionContext {
    Timers& timers;
    Transport& transport;
    TransactionTimes times;
    SipCounters counters;
};

}  // namespace trunkline::sip
