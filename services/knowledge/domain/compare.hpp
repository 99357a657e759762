// What differs between two texts, line by line.
#pragma once
#include <string>
#include <vector>

namespace trunkline::knowledge {

enum class Change { kSame = 1, kAdded = 2, kRemoved = 3 };

struct DiffLine {
    Change change = Change::kSame;
    std::string text;
    bool operator==(const DiffLine&) const = default;
};

// By the longest common subsequence of lines. Texts whose middle part is longer than some 2000 lines each are told as
// removed and added as a whole.
std::vector<DiffLine> Compare(const std::string& before, const std::string& after);

}  // namespace trunkline::knowledge
