// What makes a message unusable, beyond its framing: the headers every message needs, and the grammar and number of the
// headers that routing, dialogs and transactions act upon (RFC 3261 sections 8.1.1, 16.3, 20 and 25.1).
#pragma once
#include <optional>
#include <string>

#include "sip/message.hpp"

namespace trunkline::sip {

// A fault and its answer.
struct Fault {
    int status = 400;
    std::string reason;  // reason phrase; names the part at fault
};

// The first fault of a message whose lines were read, or nothing. Headers that nobody acts upon, such as Date, may hold
// anything (RFC 3261 section 8.2.2).
std::optional<Fault> FindFault(const Message& message);

}  // namespace trunkline::sip
