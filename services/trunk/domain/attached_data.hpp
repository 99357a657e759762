// Data that travels with a call, with its limits.
#pragma once
#include "result/result.hpp"
#include "trunk/domain/call.hpp"

namespace trunkline::trunk {

inline constexpr size_t kMaxDataEntries = 64;
inline constexpr size_t kMaxDataBytes = 4096;  // of a value; a key has at most kMaxDataKeyBytes
inline constexpr size_t kMaxDataKeyBytes = 128;

// Merges `changes` into `data`; an empty value removes its key. All or nothing: INVALID_ARGUMENT/INVALID names what is
// too large.
Status Merge(AttachedData& data, const AttachedData& changes);

}  // namespace trunkline::trunk
