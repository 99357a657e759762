// gzip, for browsers on slow lines.
#pragma once
#include <string>

namespace trunkline::web {

// Level 1 (fast) to 9 (small); empty when it would not become smaller.
std::string Gzip(const std::string& bytes, int level);

}  // namespace trunkline::web
