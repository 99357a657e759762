// Speaks, and reads several keys into a variable.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct Collect final : Node {
    Text text;
    std::string variable;
    KeyInput input;
    int tries = 3;  // rounds in all; then `failed`
    std::string next;
    std::string failed;

    std::string_view Kind() const override { return "collect"; }
    Step Start(Context& context) const override;
    Step OnEvent(Context& context, const Event& event) const override;
    std::vector<Exit> Exits() const override { return {{"next", next}, {"failed", failed}}; }
    void Check(Problems& problems) const override;
    std::vector<Text> Texts() const override { return {text}; }
    bool WaitsForCaller() const override { return true; }
    std::vector<std::string> Sets() const override { return {variable}; }
};

}  // namespace trunkline::ivr
