// Words and texts as they may be typed.
#include "identity/domain/words.hpp"

#include <algorithm>
#include <cctype>

namespace trunkline::identity {

Status CheckWord(const std::string& field, const std::string& text) {
    const bool sound = !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return c < 128 && (std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-' || c == '@');
    });
    if (!sound) {
        return Error{Code::kInvalidArgument, "BAD_FIELD",
                     field + " must be 1 to 64 letters, digits, \".\", \"_\", \"-\" or \"@\""};
    }
    return {};
}

Status CheckText(const std::string& field, const std::string& text) {
    const bool sound = text.size() <= 200 &&
                       std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 32 || c == 127; });
    if (!sound) {
        return Error{Code::kInvalidArgument, "BAD_FIELD",
                     field + " must be at most 200 bytes without control characters"};
    }
    return {};
}

std::string Lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return c < 128 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c); });
    return text;
}

}  // namespace trunkline::identity
