// A recording as a row.
#pragma once
#include <pqxx/pqxx>
#include <string>

#include "recording/domain/recording.hpp"

namespace trunkline::recording {

// The query of what ReadRecording reads; `condition` is all that follows the table's name.
std::string SelectRecordings(const char* condition);
Recording ReadRecording(const pqxx::row& row);

}  // namespace trunkline::recording
