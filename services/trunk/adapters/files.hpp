// Writing a whole file so that a crash leaves the old one or the new one, never half of one.
#pragma once
#include <filesystem>
#include <string>

#include "result/result.hpp"

namespace trunkline::trunk {

// Blocking; UNAVAILABLE/FILE_WRITE_FAILED names the path.
Status WriteFileSafely(const std::filesystem::path& path, const std::string& bytes);

}  // namespace trunkline::trunk
