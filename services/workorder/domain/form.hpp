// A form as data: what fields there are, and whether what somebody filled in is right.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "result/result.hpp"

namespace trunkline::workorder {

// The same numbers as Field.Kind of the API.
enum class FieldKind {
    kText = 1,
    kLongText,
    kNumber,
    kChoice,
    kChoices,
    kDate,
    kDateTime,
    kPhone,
    kEmail,
    kAddress,
    kLine,
    kArea,
    kCause,
    kYesNo,
    kPlate,
    kMoney,
};

struct Field {
    std::string id;
    std::string name;
    FieldKind kind = FieldKind::kText;
    bool required = false;
    std::vector<std::string> choices;
    double minimum = 0;
    double maximum = 0;  // both 0: any
    size_t max_length = 0;
    std::string shown_if_field;
    std::string shown_if_value;
};

using Fields = std::vector<Field>;
using Values = std::map<std::string, std::string>;

struct FieldError {
    std::string field;
    std::string reason;  // MISSING, NOT_A_DATE ...
    std::string message;
};

// Where a definition is wrong: "fields[2].name".
struct Fault {
    std::string place;
    std::string reason;
    std::string message;
};

// Everything that is wrong with `values`; `also_required` are fields that a step needs beside the form's own. Fields
// that are not shown are not looked at.
std::vector<FieldError> CheckForm(const Fields& fields, const Values& values,
                                  const std::set<std::string>& also_required = {});
// BAD_FIELDS with every complaint in its message; fine when there is none.
Status ToStatus(const std::vector<FieldError>& errors);
// Shown masked to people.
constexpr bool IsPrivate(FieldKind kind) { return kind == FieldKind::kPhone || kind == FieldKind::kEmail; }
// The value of the first filled field of a kind (the line, area or cause of an order).
std::string ValueOfKind(const Fields& fields, const Values& values, FieldKind kind);
// Faults of the form itself.
std::vector<Fault> CheckFields(const Fields& fields);

// Characters of UTF-8 text.
size_t Characters(const std::string& text);

}  // namespace trunkline::workorder
