// A row of the notice table as the API shows it.
#pragma once
#include <pqxx/pqxx>

#include "trunkline/workorder/v1/resources.pb.h"

namespace trunkline::workorder {

// Columns: notice_id, order_id, number, step, medium, address, text, state, tries, proof, created and changed in
// milliseconds.
v1::Notice ReadNotice(const pqxx::row& row);

}  // namespace trunkline::workorder
