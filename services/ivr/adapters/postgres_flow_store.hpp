// Flow versions in PostgreSQL; publishing and its event are one transaction.
#pragma once
#include <functional>

#include "db/pool.hpp"
#include "ivr/app/ports.hpp"

namespace trunkline::ivr {

class PostgresFlowStore final : public FlowStore {
 public:
    // `committed` is called after each change (the bus's doorbell).
    PostgresFlowStore(db::Pool& pool, std::function<void()> committed)
        : pool_(pool), committed_(std::move(committed)) {}

    Result<StoredFlow> Publish(const std::string& name, const std::string& body, const std::string& note,
                               TimePoint now) override;
    Result<StoredFlow> RollBack(const FlowVersion& version, TimePoint now) override;
    Result<std::vector<StoredFlow>> List() override;

 private:
    db::Pool& pool_;
    std::function<void()> committed_;
};

}  // namespace trunkline::ivr
