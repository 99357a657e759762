// One pass over the characters; a quote inside a quoted field is doubled.
#include "customer/domain/csv.hpp"

#include <algorithm>

namespace trunkline::customer {
namespace {

constexpr size_t kLongest = 64 * 1024;

// The end of the record that begins at `begin` (behind its line break), or npos when it is not complete.
size_t EndOfRecord(std::string_view text, size_t begin) {
    bool quoted = false;
    for (size_t i = begin; i < text.size(); ++i) {
        if (text[i] == '"') {
            quoted = !quoted;
        } else if (text[i] == '\n' && !quoted) {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

std::vector<std::string> Split(std::string_view record) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (size_t i = 0; i < record.size(); ++i) {
        const char c = record[i];
        if (quoted && c == '"' && i + 1 < record.size() && record[i + 1] == '"') {
            fields.back() += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    return fields;
}

bool IsFormula(const std::string& field) {
    return !field.empty() && std::string_view("=+-@\t\r").find(field[0]) != std::string_view::npos;
}

}  // namespace

std::vector<CsvRecord> CsvReader::Feed(std::string_view part, bool last) {
    rest_ += part;
    std::vector<CsvRecord> records;
    size_t begin = 0;
    while (begin < rest_.size()) {
        size_t end = EndOfRecord(rest_, begin);
        std::string fault;
        if (end == std::string::npos && (last || rest_.size() - begin > kLongest)) {
            // A quote that never closes must not swallow the file: the line ends where it ends.
            const bool open = std::count(rest_.begin() + static_cast<long>(begin), rest_.end(), '"') % 2 != 0;
            const size_t line_end = open ? rest_.find('\n', begin) : std::string::npos;
            end = line_end == std::string::npos ? rest_.size() : line_end + 1;
            fault = open ? "UNTERMINATED_QUOTE" : "";
        }
        if (end == std::string::npos) {
            break;
        }
        std::string_view record(rest_.data() + begin, end - begin);
        fault = record.size() > kLongest ? "RECORD_TOO_LONG" : fault;
        const auto breaks = static_cast<uint64_t>(std::count(record.begin(), record.end(), '\n'));
        while (!record.empty() && (record.back() == '\n' || record.back() == '\r')) {
            record.remove_suffix(1);
        }
        if (!record.empty()) {
            records.push_back({line_, fault.empty() ? Split(record) : std::vector<std::string>{}, fault});
        }
        line_ += breaks;
        begin = end;
    }
    rest_.erase(0, begin);
    return records;
}

std::string CsvLine(const std::vector<std::string>& fields) {
    std::string line;
    for (const std::string& field : fields) {
        line += line.empty() ? "\"" : ",\"";
        line += IsFormula(field) ? "'" : "";
        for (const char c : field) {
            line += c == '"' ? "\"\"" : std::string(1, c);
        }
        line += '"';
    }
    return line + "\r\n";
}

}  // namespace trunkline::customer
