// Merging and limits.
#include "trunk/domain/attached_data.hpp"

namespace trunkline::trunk {

Status Merge(AttachedData& data, const AttachedData& changes) {
    AttachedData merged = data;
    for (const auto& [key, value] : changes) {
        if (key.empty() || key.size() > kMaxDataKeyBytes || value.size() > kMaxDataBytes) {
            return Error{Code::kInvalidArgument, "INVALID",
                         "attached data '" + key.substr(0, kMaxDataKeyBytes) +
                             "' is too large; a key has 1 to 128 bytes, a value at most 4096"};
        }
        if (value.empty()) {
            merged.erase(key);
        } else {
            merged[key] = value;
        }
    }
    if (merged.size() > kMaxDataEntries) {
        return Error{Code::kInvalidArgument, "INVALID", "a call carries at most 64 entries of attached data"};
    }
    data = std::move(merged);
    return {};
}

}  // namespace trunkline::trunk
