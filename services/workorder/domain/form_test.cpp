// Forms: what is wrong is named field by field.
#include "workorder/domain/form.hpp"

#include <catch2/catch.hpp>

namespace trunkline::workorder {
namespace {

Field Make(const std::string& id, FieldKind kind, bool required = false) {
    Field field;
    field.id = id;
    field.name = id;
    field.kind = kind;
    field.required = required;
    return field;
}

std::string ReasonFor(const Field& field, const std::string& value) {
    const auto errors = CheckForm({field}, {{field.id, value}});
    return errors.empty() ? "" : errors[0].reason;
}

TEST_CASE("form: each kind takes what it should and refuses the rest", "[workorder]") {
    struct Example {
        FieldKind kind;
        std::string good;
        std::string bad;
        std::string reason;
    };
    for (const Example& example : {Example{FieldKind::kNumber, "-12.5", "12a", "NOT_A_NUMBER"},
                                   Example{FieldKind::kMoney, "12.50", "1.234", "NOT_A_NUMBER"},
                                   Example{FieldKind::kDate, "2028-02-29", "2026-02-29", "NOT_A_DATE"},
                                   Example{FieldKind::kDateTime, "2026-10-01 23:59", "2026-10-01 24:00", "NOT_A_DATE"},
                                   Example{FieldKind::kPhone, "0755-12345678-8001", "call me", "NOT_A_PHONE"},
                                   Example{FieldKind::kEmail, "li@example.org", "li@@example.org", "NOT_AN_EMAIL"},
                                   Example{FieldKind::kYesNo, "true", "yes", "NOT_A_CHOICE"}}) {
        INFO(example.bad);
        REQUIRE(ReasonFor(Make("f", example.kind), example.good).empty());
        REQUIRE(ReasonFor(Make("f", example.kind), example.bad) == example.reason);
    }
    REQUIRE(ReasonFor(Make("f", FieldKind::kNumber), "nan") == "NOT_A_NUMBER");
}

TEST_CASE("form: choices, bounds and lengths in characters", "[workorder]") {
    Field choice = Make("f", FieldKind::kChoices);
    choice.choices = {"轮椅", "担架"};
    REQUIRE(ReasonFor(choice, "轮椅,担架").empty());
    REQUIRE(ReasonFor(choice, "轮椅,床") == "NOT_A_CHOICE");
    Field number = Make("f", FieldKind::kNumber);
    number.minimum = 1;
    number.maximum = 60;
    REQUIRE(ReasonFor(number, "61") == "OUT_OF_RANGE");
    Field text = Make("f", FieldKind::kText);
    text.max_length = 3;
    REQUIRE(ReasonFor(text, "十二路").empty());
    REQUIRE(ReasonFor(text, "十二路车") == "TOO_LONG");
}

TEST_CASE("form: every field that is wrong is told, and a hidden one is not asked for", "[workorder]") {
    Field hidden = Make("amount", FieldKind::kMoney, true);
    hidden.shown_if_field = "refund";
    hidden.shown_if_value = "true";
    const Fields fields{Make("refund", FieldKind::kYesNo), hidden, Make("line", FieldKind::kLine, true)};
    REQUIRE(CheckForm(fields, {{"line", "12"}}).empty());
    const auto errors = CheckForm(fields, {{"refund", "true"}, {"colour", "red"}});
    REQUIRE(errors.size() == 3);
    REQUIRE(errors[0].field == "amount");
    REQUIRE(errors[1].reason == "MISSING");
    REQUIRE(errors[2].reason == "UNKNOWN_FIELD");
    REQUIRE(ToStatus(errors).error().message.find("line") != std::string::npos);
    REQUIRE(CheckForm(fields, {{"line", "12"}}, {"refund"}).size() == 1);
}

TEST_CASE("form: faults of a form are named with their place", "[workorder]") {
    const auto faults = CheckFields({Make("a", FieldKind::kText), Make("a", FieldKind::kChoice)});
    REQUIRE(faults.size() == 2);
    REQUIRE(faults[0].place == "fields[1].field_id");
    REQUIRE(faults[1].reason == "BAD_CHOICES");
}

}  // namespace
}  // namespace trunkline::workorder
