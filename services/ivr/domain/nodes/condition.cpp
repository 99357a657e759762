// Compares texts; less and greater compare numbers, and something that is no number is neither.
#include "ivr/domain/nodes/condition.hpp"

#include <charconv>
#include <functional>
#include <map>
#include <optional>

namespace trunkline::ivr {
namespace {

std::optional<double> ToNumber(const std::string& text) {
    double number = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
    return number;
}

bool Less(const std::string& left, const std::string& right) {
    const auto first = ToNumber(left);
    const auto second = ToNumber(right);
    return first && second && *first < *second;
}

using Comparison = std::function<bool(const std::string& left, const std::string& right)>;

const std::map<std::string, Comparison>& Comparisons() {
    static const std::map<std::string, Comparison> kComparisons{
        {"equals", std::equal_to<std::string>{}},
        {"not_equals", std::not_equal_to<std::string>{}},
        {"starts_with", [](const auto& left, const auto& right) { return left.starts_with(right); }},
        {"less", Less},
        {"greater", [](const auto& left, const auto& right) { return Less(right, left); }},
        {"empty", [](const auto& left, const auto&) { return left.empty(); }}};
    return kComparisons;
}

}  // namespace

Step Condition::Start(Context& context) const {
    const auto compare = Comparisons().find(comparison);
    if (compare == Comparisons().end()) return Fail{"BAD_CONDITION"};
    const std::string left = Substitute("{" + variable + "}", context.variables);
    return compare->second(left, Substitute(value, context.variables)) ? Continue{{"then", then}}
                                                                       : Continue{{"otherwise", otherwise}};
}

void Condition::Check(Problems& problems) const {
    problems.Expect(IsName(variable), "variable '" + variable + "' is no name; use a to z, 0 to 9 and _");
    problems.Expect(
        Comparisons().contains(comparison),
        "operator '" + comparison + "' is unknown; use equals, not_equals, starts_with, less, greater or empty");
}

}  // namespace trunkline::ivr
