// A table for people: columns as wide as they need, cut where nothing is gained.
#pragma once
#include <string>
#include <vector>

namespace trunkline::tlctl {

// `json` is the answer of a method. With `rows`, the objects of that repeated field; otherwise the answer itself.
std::string FormatTable(const std::string& json, const std::string& rows, const std::vector<std::string>& columns);

}  // namespace trunkline::tlctl
