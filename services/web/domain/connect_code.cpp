// The table of the Connect protocol.
#include "web/domain/connect_code.hpp"

#include <array>
#include <charconv>

namespace trunkline::web {
namespace {

struct Row {
    std::string_view name;
    int status;
};

// By number of the code, from 1.
constexpr std::array<Row, 16> kRows{{{"canceled", 499},
                                     {"unknown", 500},
                                     {"invalid_argument", 400},
                                     {"deadline_exceeded", 504},
                                     {"not_found", 404},
                                     {"already_exists", 409},
                                     {"permission_denied", 403},
                                     {"resource_exhausted", 429},
                                     {"failed_precondition", 400},
                                     {"aborted", 409},
                                     {"out_of_range", 400},
                                     {"unimplemented", 501},
                                     {"internal", 500},
                                     {"unavailable", 503},
                                     {"data_loss", 500},
                                     {"unauthenticated", 401}}};

const Row& Find(Code code) {
    const auto number = static_cast<size_t>(code);
    return number >= 1 && number <= kRows.size() ? kRows[number - 1] : kRows[1];
}

}  // namespace

std::string_view CodeName(Code code) { return Find(code).name; }
int HttpStatus(Code code) { return Find(code).status; }

std::optional<std::chrono::milliseconds> ParseTimeout(std::string_view text) {
    int64_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool sound = !text.empty() && text.size() <= 10 && parsed.ec == std::errc() &&
                       parsed.ptr == text.data() + text.size() && number >= 0;
    return sound ? std::optional(std::chrono::milliseconds(number)) : std::nullopt;
}

}  // namespace trunkline::web
