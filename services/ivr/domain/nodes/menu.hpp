// Speaks, waits for one key, and branches on it.
#pragma once
#include <map>

#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct Menu final : Node {
    Text text;
    std::map<std::string, std::string> keys;  // "0".."9", "*", "#" to node id
    std::chrono::milliseconds timeout{5000};  // from the end of the text to the key
    std::string wrong_text;                   // spoken before the text is repeated
    std::string timeout_text;
    int tries = 3;  // rounds in all; then `failed`
    std::string failed;

    std::string_view Kind() const override { return "menu"; }
    Step Start(Context& context) const override;
    Step OnEvent(Context& context, const Event& event) const override;
    std::vector<Exit> Exits() const override;
    void Check(Problems& problems) const override;
    std::vector<Text> Texts() const override;
    bool WaitsForCaller() const override { return true; }

 private:
    void Ask(Context& context, const std::string& lead) const;
    Step Again(Context& context, const std::string& lead, const std::string& exit) const;
};

}  // namespace trunkline::ivr
