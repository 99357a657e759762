// Compares a variable and branches.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct Condition final : Node {
    std::string variable;
    std::string comparison;  // equals, not_equals, starts_with, less, greater, empty
    std::string value;       // {name} is replaced
    std::string then;
    std::string otherwise;

    std::string_view Kind() const override { return "condition"; }
    Step Start(Context& context) const override;
    std::vector<Exit> Exits() const override { return {{"then", then}, {"otherwise", otherwise}}; }
    void Check(Problems& problems) const override;
    bool NeedsAnswer() const override { return false; }
};

}  // namespace trunkline::ivr
