// One line of an import file: what it asks for, or everything that is wrong with it.
#pragma once
#include <string>
#include <vector>

#include "customer/domain/csv.hpp"
#include "customer/domain/customer.hpp"

namespace trunkline::customer {

struct ImportFault {
    uint64_t line = 0;
    std::string column;
    std::string reason;
    std::string message;  // never what stood in the field
};

struct ImportRow {
    uint64_t line = 0;
    Profile profile;
    std::vector<std::string> numbers;  // as written
    std::string label;
    std::string card;
};

// The columns of the first line, lower case. Errors: NAME_COLUMN_MISSING, UNKNOWN_COLUMN, COLUMN_TWICE.
Result<std::vector<std::string>> ImportColumns(const CsvRecord& header);

// Adds to `faults`; the row is to be used only when nothing was added.
ImportRow ReadImportRow(const std::vector<std::string>& columns, const CsvRecord& record,
                        std::vector<ImportFault>& faults);

}  // namespace trunkline::customer
