// Categories and articles from a set-up file.
#pragma once
#include <string>

#include "invoke.hpp"

namespace trunkline::tlctl {

// Writes, submits and publishes what the file holds and is not there yet; safe to run again.
Status LoadArticles(Suite& suite, const std::string& path);

}  // namespace trunkline::tlctl
