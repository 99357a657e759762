// One agent's day in PostgreSQL.
#pragma once
#include "clock/clock.hpp"
#include "db/pool.hpp"
#include "trunkline/reporting/v1/shift.pb.h"

namespace trunkline::reporting {

Result<v1::Shift> LoadShift(db::Pool& pool, const v1::GetShiftRequest& request, TimePoint now);

}  // namespace trunkline::reporting
