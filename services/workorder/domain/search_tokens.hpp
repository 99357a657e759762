// Text as an index can find it: Chinese as pairs of neighbouring characters, everything else as words in lower case.
#pragma once
#include <string>
#include <vector>

namespace trunkline::workorder {

// What to store of a text: each pair of neighbouring Chinese characters, the last of each run alone, and every word of
// letters and digits. No token twice; at most `limit`.
std::vector<std::string> IndexTokens(const std::string& text, size_t limit = 4000);

// What a searcher typed: all of these must be there. `prefix`: the token may go on.
struct QueryToken {
    std::string text;
    bool prefix = false;
};
std::vector<QueryToken> QueryTokens(const std::string& text);

}  // namespace trunkline::workorder
