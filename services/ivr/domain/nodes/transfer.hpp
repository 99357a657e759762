// Connects the caller to a phone of the centre or to a number outside.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct Transfer final : Node {
    std::string phone;   // either a phone,
    std::string number;  // or a number outside over a carrier trunk
    std::string trunk;
    std::chrono::milliseconds ring_limit{30000};
    std::string failed;
    bool record = false;

    std::string_view Kind() const override { return "transfer"; }
    Step Start(Context& context) const override;
    Step OnEvent(Context& context, const Event& event) const override;
    std::vector<Exit> Exits() const override { return {{"failed", failed}}; }
    void Check(Problems& problems) const override;

 private:
    Step OnPartyEnded(Context& context) const;
};

}  // namespace trunkline::ivr
