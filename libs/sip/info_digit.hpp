// Keys told by INFO: application/dtmf-relay and application/dtmf, which no RFC describes but many peers send.
#pragma once
#include <optional>

#include "sip/message.hpp"

namespace trunkline::sip {

struct InfoDigit {
    char digit = 0;    // 0-9 A-D * #
    int millis = 160;  // as told, 40 to 5000
};

std::optional<InfoDigit> ParseInfoDigit(const Message& info);

}  // namespace trunkline::sip
