// Sets a variable.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct Set final : Node {
    std::string variable;
    std::string value;  // {name} is replaced
    std::string next;

    std::string_view Kind() const override { return "set"; }
    Step Start(Context& context) const override;
    std::vector<Exit> Exits() const override { return {{"next", next}}; }
    void Check(Problems& problems) const override;
    bool NeedsAnswer() const override { return false; }
    std::vector<std::string> Sets() const override { return {variable}; }
};

}  // namespace trunkline::ivr
