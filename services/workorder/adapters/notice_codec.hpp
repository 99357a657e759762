// A row of the notice table as the API shows it.
#pragma once
#include <pqxx/pqxx>

#include "trunkline/workorder/v1/resources.pb.h"

namespace trunkline::workorder {

inline constexpr const char* kNoticeColumns =
    "notice_id, order_id, number, step, medium, address, text, state, tries, proof,"
    " round(extract(epoch FROM create_time) * 1000)::bigint, round(extract(epoch FROM change_time) * 1000)::bigint,"
    " origin_id, attempt, failure, task_number";
// As many values that are not there.
inline constexpr const char* kNoNotice =
    ", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL";

// Of a row with these columns from `first` on.
v1::Notice ReadNotice(const pqxx::row& row, int first = 0);

}  // namespace trunkline::workorder
