// What a file is, by its first bytes; its name is a claim.
#pragma once
#include <string>
#include <string_view>

namespace trunkline::knowledge {

// "application/pdf", "image/png", "image/jpeg", "text/plain", Office types; empty: not accepted.
std::string MediaTypeOf(std::string_view data, std::string_view name);

}  // namespace trunkline::knowledge
