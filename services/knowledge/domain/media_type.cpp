// Office files are ZIP archives; which of them, only their name says.
#include "knowledge/domain/media_type.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace trunkline::knowledge {

std::string MediaTypeOf(std::string_view data, std::string_view name) {
    using Pair = std::pair<std::string_view, const char*>;
    static constexpr std::array<Pair, 3> kStarts{
        Pair{"%PDF-", "application/pdf"}, Pair{"\x89PNG\r\n\x1a\n", "image/png"}, Pair{"\xff\xd8\xff", "image/jpeg"}};
    static constexpr std::array<Pair, 3> kOffice{
        Pair{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        Pair{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        Pair{".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"}};
    for (const auto& [start, type] : kStarts) {
        if (data.substr(0, start.size()) == start) {
            return type;
        }
    }
    if (data.substr(0, 4) == std::string_view("PK\x03\x04", 4)) {
        for (const auto& [ending, type] : kOffice) {
            if (name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending) {
                return type;
            }
        }
        return "";
    }
    const bool text = !data.empty() && std::none_of(data.begin(), data.end(), [](unsigned char c) {
        return c < 0x20 && c != '\n' && c != '\r' && c != '\t';
    });
    // Markup would run in a reader's browser.
    return text && data.find('<') == std::string_view::npos ? "text/plain" : "";
}

}  // namespace trunkline::knowledge
