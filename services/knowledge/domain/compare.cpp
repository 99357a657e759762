// Common beginning and end first, then a table of lengths for the rest.
#include "knowledge/domain/compare.hpp"

#include <algorithm>

namespace trunkline::knowledge {
namespace {

constexpr size_t kLargestTable = 4'000'000;

std::vector<std::string> Lines(const std::string& text) {
    std::vector<std::string> lines;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

using Iterator = std::vector<std::string>::const_iterator;

void Middle(Iterator left, Iterator left_end, Iterator right, Iterator right_end, std::vector<DiffLine>& diff) {
    const auto rows = static_cast<size_t>(left_end - left), columns = static_cast<size_t>(right_end - right);
    // common[i][j]: of what follows line i on the left and line j on the right.
    std::vector<std::vector<uint16_t>> common;
    if ((rows + 1) * (columns + 1) <= kLargestTable && std::min(rows, columns) < UINT16_MAX) {
        common.assign(rows + 1, std::vector<uint16_t>(columns + 1));
        for (size_t i = rows; i-- > 0;) {
            for (size_t j = columns; j-- > 0;) {
                common[i][j] = left[static_cast<long>(i)] == right[static_cast<long>(j)]
                                   ? static_cast<uint16_t>(common[i + 1][j + 1] + 1)
                                   : std::max(common[i + 1][j], common[i][j + 1]);
            }
        }
    }
    size_t i = 0, j = 0;
    while (i < rows || j < columns) {
        const bool both = i < rows && j < columns && !common.empty();
        if (both && left[static_cast<long>(i)] == right[static_cast<long>(j)]) {
            diff.push_back({Change::kSame, left[static_cast<long>(i++)]});
            ++j;
        } else if (i < rows && (j == columns || common.empty() || common[i + 1][j] >= common[i][j + 1])) {
            diff.push_back({Change::kRemoved, left[static_cast<long>(i++)]});
        } else {
            diff.push_back({Change::kAdded, right[static_cast<long>(j++)]});
        }
    }
}

}  // namespace

std::vector<DiffLine> Compare(const std::string& before, const std::string& after) {
    const auto left = Lines(before), right = Lines(after);
    const size_t shorter = std::min(left.size(), right.size());
    size_t head = 0, tail = 0;
    while (head < shorter && left[head] == right[head]) {
        ++head;
    }
    while (tail < shorter - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail]) {
        ++tail;
    }
    std::vector<DiffLine> diff;
    for (size_t i = 0; i < head; ++i) {
        diff.push_back({Change::kSame, left[i]});
    }
    Middle(left.begin() + static_cast<long>(head), left.end() - static_cast<long>(tail),
           right.begin() + static_cast<long>(head), right.end() - static_cast<long>(tail), diff);
    for (size_t i = left.size() - tail; i < left.size(); ++i) {
        diff.push_back({Change::kSame, left[i]});
    }
    return diff;
}

}  // namespace trunkline::knowledge
