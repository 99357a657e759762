// JSON to columns.
#include "table.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace trunkline::tlctl {
namespace {

using Json = nlohmann::ordered_json;

std::string Cell(const Json& row, const std::string& column) {
    const auto value = row.find(column);
    if (value == row.end()) {
        return "-";
    }
    if (value->is_string()) {
        const auto text = value->get<std::string>();
        return text.empty() ? "-" : text;
    }
    if (value->is_number_float()) {
        char buffer[32];
        std::snprintf(buffer, sizeof buffer, "%.3f", value->get<double>());
        return buffer;
    }
    return value->dump();
}

// Columns on the screen: a CJK character takes two (East Asian Width), continuation bytes of UTF-8 none.
size_t Width(const std::string& text) {
    size_t width = 0;
    for (const unsigned char byte : text) {
        if (byte < 0x80) {
            width += 1;
        } else if (byte >= 0xe3) {
            width += 2;
        } else if (byte >= 0xc0) {
            width += 1;
        }
    }
    return width;
}

std::string Title(std::string column) {
    std::transform(column.begin(), column.end(), column.begin(),
                   [](unsigned char c) { return c == '_' ? ' ' : static_cast<char>(std::toupper(c)); });
    return column;
}

}  // namespace

std::string FormatTable(const std::string& json, const std::string& rows, const std::vector<std::string>& columns) {
    const Json answer = Json::parse(json);
    if (columns.empty()) {
        return "done\n";
    }
    const Json list = rows.empty() ? Json::array({answer}) : answer.value(rows, Json::array());
    if (list.empty()) {
        return "none\n";
    }
    std::vector<std::vector<std::string>> lines(1);
    for (const std::string& column : columns) {
        lines[0].push_back(Title(column));
    }
    for (const Json& row : list) {
        lines.emplace_back();
        for (const std::string& column : columns) {
            lines.back().push_back(Cell(row, column));
        }
    }
    std::string text;
    for (const auto& line : lines) {
        for (size_t i = 0; i < columns.size(); ++i) {
            size_t widest = 0;
            for (const auto& other : lines) {
                widest = std::max(widest, Width(other[i]));
            }
            text += line[i];
            if (i + 1 < columns.size()) {
                text.append(widest - Width(line[i]) + 2, ' ');
            }
        }
        text += '\n';
    }
    return text;
}

}  // namespace trunkline::tlctl
