// Figures and timelines in PostgreSQL.
#pragma once
#include "clock/clock.hpp"
#include "db/pool.hpp"
#include "reporting/app/ports.hpp"

namespace trunkline::reporting {

class PostgresFigureStore final : public FigureStore {
 public:
    PostgresFigureStore(db::Pool& pool, const Clock& clock) : pool_(pool), clock_(clock) {}

    Result<DaySegments> Day(const DayQuery& query) override;
    Result<std::vector<StateSpan>> States(const DayQuery& query) override;
    Result<std::vector<ArrivalRow>> Arrivals(const DayQuery& query) override;
    Result<std::vector<TimelineRow>> Timeline(const std::string& contact_id) override;

 private:
    db::Pool& pool_;
    const Clock& clock_;
};

}  // namespace trunkline::reporting
