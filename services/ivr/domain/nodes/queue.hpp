// Hands the caller to the agents' router.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct Queue final : Node {
    std::string queue;
    int priority = 0;
    std::string failed;

    std::string_view Kind() const override { return "queue"; }
    Step Start(Context& context) const override;
    Step OnEvent(Context& context, const Event& event) const override;
    std::vector<Exit> Exits() const override { return {{"failed", failed}}; }
    void Check(Problems& problems) const override;
};

}  // namespace trunkline::ivr
