// Messages left by callers: known, but refused when published until their recording is there.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct Voicemail final : Node {
    std::string box;
    std::string next;

    std::string_view Kind() const override { return "voicemail"; }
    Step Start(Context&) const override { return Fail{std::string(kNotSupported)}; }
    std::vector<Exit> Exits() const override { return {{"next", next}}; }
    void Check(Problems& problems) const override {
        problems.Add(kNotSupported, "messages cannot be recorded in this version; use a queue or hang_up node");
    }
};

}  // namespace trunkline::ivr
