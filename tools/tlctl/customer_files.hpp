// Customers as CSV files, in and out.
#pragma once
#include <string>

#include "invoke.hpp"

namespace trunkline::tlctl {

// Sends the file part by part; prints what became of it and every bad line.
Status ImportCustomers(Suite& suite, const std::string& path);
Status ExportCustomers(Suite& suite, const std::string& path);

}  // namespace trunkline::tlctl
