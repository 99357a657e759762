// Facts go to the outbox by group commit, together with the agents' statuses they belong to.
#pragma once
#include "acd/app/ports.hpp"
#include "bus/outbox.hpp"

namespace trunkline::acd {

class BusFacts final : public Facts {
 public:
    explicit BusFacts(bus::FactWriter& writer) : writer_(writer) {}

    void Store(Batch batch) override;
    std::string Pack(const Fact& fact) const override;
    void Retell(const std::string& packed) override;

 private:
    bus::FactWriter& writer_;
};

}  // namespace trunkline::acd
