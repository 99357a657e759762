// Many orders quickly: real ones are copied inside the database, with times, texts and places of their own.
#pragma once
#include "db/pool.hpp"

namespace trunkline::workorder {

// Until the table holds `rows`; spread over the two years before now, one in fifty open. The indices stay as they are.
void FillOrders(db::Pool& pool, int64_t rows);

}  // namespace trunkline::workorder
