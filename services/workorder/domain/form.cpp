// One check for each kind of field.
#include "workorder/domain/form.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <sstream>

namespace trunkline::workorder {
namespace {

constexpr size_t kLengthDefault = 200;
constexpr size_t kLongLengthDefault = 5000;
constexpr size_t kFieldLimit = 100;
constexpr size_t kChoiceLimit = 500;

using Complaint = std::pair<const char*, std::string>;  // reason, message; an empty reason: none

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<double> ToNumber(const std::string& text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) {
        return std::nullopt;
    }
    return number;
}

std::optional<int> Digits(const std::string& text, size_t at, size_t count) {
    int number = 0;
    for (size_t i = at; i < at + count; ++i) {
        if (i >= text.size() || !IsDigit(text[i])) {
            return std::nullopt;
        }
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

bool IsDate(const std::string& text) {
    const auto year = Digits(text, 0, 4);
    const auto month = Digits(text, 5, 2);
    const auto day = Digits(text, 8, 2);
    return text.size() == 10 && text[4] == '-' && text[7] == '-' && year && month && day &&
           std::chrono::year_month_day{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                       std::chrono::day{static_cast<unsigned>(*day)}}
               .ok();
}

bool IsDateTime(const std::string& text) {
    const auto hour = Digits(text, 11, 2);
    const auto minute = Digits(text, 14, 2);
    return text.size() == 16 && IsDate(text.substr(0, 10)) && (text[10] == ' ' || text[10] == 'T') && text[13] == ':' &&
           hour && minute && *hour < 24 && *minute < 60;
}

// Short codes, extensions and foreign numbers are numbers too: only what cannot be dialled is refused.
bool IsPhone(const std::string& text) {
    const auto digits = std::count_if(text.begin(), text.end(), IsDigit);
    return digits >= 3 && digits <= 20 && std::all_of(text.begin(), text.end(), [](char c) {
               return IsDigit(c) || std::string_view("+-#*(), ").find(c) != std::string_view::npos;
           });
}

bool IsEmail(const std::string& text) {
    const size_t at = text.find('@');
    return at != 0 && at != std::string::npos && text.find('@', at + 1) == std::string::npos &&
           text.find('.', at) != std::string::npos && text.back() != '.' && text.find(' ') == std::string::npos;
}

bool IsChoice(const Field& field, const std::string& text) {
    return std::find(field.choices.begin(), field.choices.end(), text) != field.choices.end();
}

bool AreChoices(const Field& field, const std::string& text) {
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) {
        if (!IsChoice(field, part)) {
            return false;
        }
    }
    return true;
}

std::string Plain(double number) {
    std::ostringstream text;
    text << number;
    return text.str();
}

Complaint CheckNumber(const Field& field, const std::string& text) {
    const auto number = ToNumber(text);
    const size_t point = text.find('.');
    if (!number || (field.kind == FieldKind::kMoney && point != std::string::npos && text.size() - point > 3)) {
        return {"NOT_A_NUMBER",
                field.kind == FieldKind::kMoney ? "must be an amount such as 12.50" : "must be a number"};
    }
    if ((field.minimum != 0 || field.maximum != 0) && (*number < field.minimum || *number > field.maximum)) {
        return {"OUT_OF_RANGE", "must be from " + Plain(field.minimum) + " to " + Plain(field.maximum)};
    }
    return {};
}

Complaint CheckKind(const Field& field, const std::string& text) {
    switch (field.kind) {
        case FieldKind::kNumber:
        case FieldKind::kMoney:
            return CheckNumber(field, text);
        case FieldKind::kChoice:
            return IsChoice(field, text) ? Complaint{} : Complaint{"NOT_A_CHOICE", "must be one of the choices"};
        case FieldKind::kArea:
        case FieldKind::kCause:
            return field.choices.empty() || IsChoice(field, text)
                       ? Complaint{}
                       : Complaint{"NOT_A_CHOICE", "must be one of the choices"};
        case FieldKind::kChoices:
            return AreChoices(field, text) ? Complaint{} : Complaint{"NOT_A_CHOICE", "must be some of the choices"};
        case FieldKind::kDate:
            return IsDate(text) ? Complaint{} : Complaint{"NOT_A_DATE", "must be a date such as 2026-10-01"};
        case FieldKind::kDateTime:
            return IsDateTime(text) ? Complaint{} : Complaint{"NOT_A_DATE", "must be a time such as 2026-10-01 09:30"};
        case FieldKind::kPhone:
            return IsPhone(text) ? Complaint{} : Complaint{"NOT_A_PHONE", "must be a number that can be dialled"};
        case FieldKind::kEmail:
            return IsEmail(text) ? Complaint{}
                                 : Complaint{"NOT_AN_EMAIL", "must be an address such as name@example.org"};
        case FieldKind::kYesNo:
            return text == "true" || text == "false" ? Complaint{} : Complaint{"NOT_A_CHOICE", "must be true or false"};
        default:
            return {};
    }
}

Complaint CheckValue(const Field& field, const std::string& text) {
    const size_t usual = field.kind == FieldKind::kLongText ? kLongLengthDefault : kLengthDefault;
    const size_t limit = field.max_length == 0 ? usual : field.max_length;
    if (Characters(text) > limit) {
        return {"TOO_LONG", "must not have more than " + std::to_string(limit) + " characters"};
    }
    return CheckKind(field, text);
}

std::string ValueOf(const Values& values, const std::string& field) {
    const auto found = values.find(field);
    return found == values.end() ? std::string() : found->second;
}

}  // namespace

size_t Characters(const std::string& text) {
    return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<FieldError> CheckForm(const Fields& fields, const Values& values,
                                  const std::set<std::string>& also_required) {
    std::vector<FieldError> errors;
    std::set<std::string> known;
    for (const Field& field : fields) {
        known.insert(field.id);
        if (!field.shown_if_field.empty() && ValueOf(values, field.shown_if_field) != field.shown_if_value) {
            continue;
        }
        const std::string value = ValueOf(values, field.id);
        if (value.empty()) {
            if (field.required || also_required.contains(field.id)) {
                errors.push_back({field.id, "MISSING", field.name + " must be filled in"});
            }
            continue;
        }
        if (const auto [reason, message] = CheckValue(field, value); reason != nullptr) {
            errors.push_back({field.id, reason, field.name + " " + message});
        }
    }
    for (const auto& [field, value] : values) {
        if (!known.contains(field)) {
            errors.push_back({field, "UNKNOWN_FIELD", "the form has no field " + field});
        }
    }
    return errors;
}

Status ToStatus(const std::vector<FieldError>& errors) {
    if (errors.empty()) {
        return {};
    }
    std::string message;
    for (const FieldError& error : errors) {
        message += (message.empty() ? "" : "; ") + error.field + ": " + error.message;
    }
    return Error{Code::kInvalidArgument, "BAD_FIELDS", message};
}

std::string ValueOfKind(const Fields& fields, const Values& values, FieldKind kind) {
    for (const Field& field : fields) {
        if (const std::string value = ValueOf(values, field.id); field.kind == kind && !value.empty()) {
            return value;
        }
    }
    return {};
}

std::vector<Fault> CheckFields(const Fields& fields) {
    std::vector<Fault> faults;
    std::set<std::string> known;
    if (fields.size() > kFieldLimit) {
        faults.push_back({"fields", "TOO_MANY", "a form has at most " + std::to_string(kFieldLimit) + " fields"});
    }
    for (size_t i = 0; i < fields.size(); ++i) {
        const Field& field = fields[i];
        const std::string place = "fields[" + std::to_string(i) + "]";
        if (field.id.empty() || field.name.empty()) {
            faults.push_back({place, "MISSING", "a field needs a field_id and a name"});
        }
        if (!known.insert(field.id).second) {
            faults.push_back({place + ".field_id", "TWICE", "there are two fields " + field.id});
        }
        if (static_cast<int>(field.kind) < 1 || field.kind > FieldKind::kMoney) {
            faults.push_back({place + ".kind", "MISSING", "field " + field.id + " needs a kind"});
        }
        const bool chooses = field.kind == FieldKind::kChoice || field.kind == FieldKind::kChoices;
        if ((chooses && field.choices.empty()) || field.choices.size() > kChoiceLimit) {
            faults.push_back({place + ".choices", "BAD_CHOICES", "field " + field.id + " needs 1 to 500 choices"});
        }
        if (field.minimum > field.maximum) {
            faults.push_back({place + ".minimum", "OUT_OF_RANGE", "the minimum is above the maximum"});
        }
        if (!field.shown_if_field.empty() &&
            (field.shown_if_field == field.id || !known.contains(field.shown_if_field))) {
            faults.push_back({place + ".shown_if_field", "UNKNOWN_FIELD",
                              "field " + field.id + " must depend on a field before it"});
        }
    }
    return faults;
}

}  // namespace trunkline::workorder
