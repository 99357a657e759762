// What must hold for every input; a fuzzer sees a broken promise as a crash.
#pragma once
#include <cstdio>
#include <cstdlib>

namespace trunkline::fuzz {

inline void Require(bool holds, const char* promise) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", promise);
    std::abort();
}

}  // namespace trunkline::fuzz
