// Statistics of work orders (WO.* of the definitions in README.md) and hot spots.
#pragma once
#include "clock/clock.hpp"
#include "db/pool.hpp"
#include "trunkline/workorder/v1/service.pb.h"
#include "workorder/adapters/list_query.hpp"

namespace trunkline::workorder {

class FiguresReader {
 public:
    FiguresReader(db::Pool& pool, std::string time_zone, const Clock& clock)
        : pool_(pool), time_zone_(std::move(time_zone)), clock_(clock) {}

    Result<v1::GetStatisticsResponse> Statistics(const v1::GetStatisticsRequest& request, const Scope& scope);
    Result<v1::GetHotSpotsResponse> HotSpots(const v1::GetHotSpotsRequest& request, const Scope& scope);

 private:
    db::Pool& pool_;
    std::string time_zone_;
    const Clock& clock_;
};

}  // namespace trunkline::workorder
