// What a crew writes by SMS: "1", "接单", "2 20260302-000012", "3 阀门已更换".
#pragma once
#include <optional>
#include <string>

namespace trunkline::workorder {

enum class CrewWord { kAccept = 1, kArrived = 2, kDone = 3 };

struct CrewReply {
    CrewWord word{};
    std::string code;  // digits that may name an order: its number or the end of it; empty: none
    std::string text;  // what else was written, without the code
    std::string all;   // what else was written, with it
};

// None when it begins with none of the words that crews are told.
std::optional<CrewReply> ParseCrewReply(const std::string& text);
// Is this order meant? Its number, or the part behind the date with or without leading zeros.
bool IsMeant(const std::string& code, const std::string& order_number);

}  // namespace trunkline::workorder
