// CSV (RFC 4180) in parts of any size: records as they become complete, with the line on which each began.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace trunkline::customer {

struct CsvRecord {
    uint64_t line = 0;
    std::vector<std::string> fields;
    std::string fault;  // UNTERMINATED_QUOTE, RECORD_TOO_LONG; empty: sound
};

// What is left between two parts is `rest` and `line`, so a reader can be made again from them after a restart. A
// record above 64 KiB is reported and left out.
class CsvReader {
 public:
    explicit CsvReader(std::string rest = "", uint64_t line = 1) : rest_(std::move(rest)), line_(line) {}

    // `last`: the file ends here, so what has begun is complete. Empty lines are passed over.
    std::vector<CsvRecord> Feed(std::string_view part, bool last);

    const std::string& rest() const { return rest_; }
    uint64_t line() const { return line_; }

 private:
    std::string rest_;
    uint64_t line_;
};

// One record with its line break. A field that a spreadsheet would take for a formula gets an apostrophe in front.
std::string CsvLine(const std::vector<std::string>& fields);

}  // namespace trunkline::customer
