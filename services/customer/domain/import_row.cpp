// Columns to fields.
#include "customer/domain/import_row.hpp"

#include <algorithm>
#include <array>

namespace trunkline::customer {
namespace {

constexpr std::array<std::string_view, 11> kColumns{
    "name", "number", "label", "salutation", "vip_level", "manager", "language", "tags", "address", "note", "card"};
constexpr size_t kNumbers = 20;

std::string Trimmed(std::string text) {
    const size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) {
        return "";
    }
    text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
    // An export put it there against formulas.
    const bool guarded =
        text.size() > 1 && text[0] == '\'' && std::string_view("=+-@").find(text[1]) != std::string::npos;
    return guarded ? text.substr(1) : text;
}

std::vector<std::string> SplitList(const std::string& text) {
    std::vector<std::string> items;
    for (size_t begin = 0; begin <= text.size();) {
        const size_t end = std::min(text.find(';', begin), text.size());
        const std::string item = Trimmed(text.substr(begin, end - begin));
        if (!item.empty()) {
            items.push_back(item);
        }
        begin = end + 1;
    }
    return items;
}

// RFC 3629, without surrogates and overlong forms.
bool IsUtf8(const std::string& text) {
    for (size_t i = 0; i < text.size();) {
        const auto byte = [&](size_t k) { return static_cast<unsigned char>(i + k < text.size() ? text[i + k] : 0); };
        const size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xc2 ? 0 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
        const bool low = (byte(0) == 0xe0 && byte(1) < 0xa0) || (byte(0) == 0xf0 && byte(1) < 0x90);
        const bool high = (byte(0) == 0xed && byte(1) > 0x9f) || byte(0) > 0xf4 || (byte(0) == 0xf4 && byte(1) > 0x8f);
        if (length == 0 || low || high) {
            return false;
        }
        for (size_t k = 1; k < length; ++k) {
            if ((byte(k) & 0xc0) != 0x80) {
                return false;
            }
        }
        i += length;
    }
    return true;
}

void Set(ImportRow& row, const std::string& column, const std::string& value, std::vector<ImportFault>& faults) {
    Profile& profile = row.profile;
    if (column == "name") {
        profile.name = value;
    } else if (column == "number") {
        row.numbers = SplitList(value);
        if (row.numbers.size() > kNumbers) {
            faults.push_back({row.line, column, "TOO_MANY", "a customer may have 20 numbers"});
        }
    } else if (column == "label") {
        row.label = value;
    } else if (column == "salutation") {
        profile.salutation = value;
    } else if (column == "vip_level" && !value.empty()) {
        const bool digit = value.size() == 1 && value[0] >= '0' && value[0] <= '9';
        profile.vip_level = digit ? value[0] - '0' : 0;
        if (!digit) {
            faults.push_back({row.line, column, "VIP_LEVEL_OUT_OF_RANGE", "vip_level must be 0 to 9"});
        }
    } else if (column == "manager") {
        profile.manager = AgentId{value};
    } else if (column == "language") {
        profile.language = value;
    } else if (column == "tags") {
        profile.tags = SplitList(value);
    } else if (column == "address" && !value.empty()) {
        profile.addresses = {{"", value, "", ""}};
    } else if (column == "note") {
        profile.note = value;
    } else if (column == "card") {
        row.card = value;
    }
}

}  // namespace

Result<std::vector<std::string>> ImportColumns(const CsvRecord& header) {
    std::vector<std::string> columns;
    for (std::string name : header.fields) {
        if (name.rfind("\xef\xbb\xbf", 0) == 0) {  // byte order mark
            name = name.substr(3);
        }
        name = Trimmed(name);
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
        });
        if (std::find(kColumns.begin(), kColumns.end(), name) == kColumns.end()) {
            return Error{Code::kInvalidArgument, "UNKNOWN_COLUMN",
                         "column " + std::to_string(columns.size() + 1) +
                             " is none of name, number, label, salutation, vip_level, manager, language, tags, address,"
                             " note, card"};
        }
        if (std::find(columns.begin(), columns.end(), name) != columns.end()) {
            return Error{Code::kInvalidArgument, "COLUMN_TWICE", "the column " + name + " is there twice"};
        }
        columns.push_back(name);
    }
    if (std::find(columns.begin(), columns.end(), "name") == columns.end()) {
        return Error{Code::kInvalidArgument, "NAME_COLUMN_MISSING",
                     "the first line must name the columns, name among them"};
    }
    return columns;
}

ImportRow ReadImportRow(const std::vector<std::string>& columns, const CsvRecord& record,
                        std::vector<ImportFault>& faults) {
    ImportRow row;
    row.line = record.line;
    if (!record.fault.empty()) {
        faults.push_back({record.line, "", record.fault, "the line could not be read as CSV"});
        return row;
    }
    if (record.fields.size() != columns.size()) {
        faults.push_back(
            {record.line, "", "WRONG_NUMBER_OF_FIELDS",
             std::to_string(record.fields.size()) + " fields in place of " + std::to_string(columns.size())});
        return row;
    }
    for (size_t i = 0; i < columns.size(); ++i) {
        if (!IsUtf8(record.fields[i])) {
            faults.push_back({record.line, columns[i], "NOT_UTF8", "save the file as CSV UTF-8"});
            return row;
        }
        Set(row, columns[i], Trimmed(record.fields[i]), faults);
    }
    if (const Status sound = CheckProfile(row.profile); !sound.ok()) {
        faults.push_back({record.line, "", sound.error().reason, sound.error().message});
    }
    return row;
}

}  // namespace trunkline::customer
