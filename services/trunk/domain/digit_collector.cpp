// The rules of digit input.
#include "trunk/domain/digit_collector.hpp"

namespace trunkline::trunk {

std::optional<CollectResult> DigitCollector::Press(char digit) {
    if (rule_.terminators.find(digit) != std::string::npos) {
        return CollectResult::kTerminator;
    }
    digits_ += digit;
    if (digits_.size() >= rule_.max_digits) {
        return CollectResult::kComplete;
    }
    return std::nullopt;
}

CollectResult DigitCollector::TimeOut() const {
    if (digits_.empty()) {
        return CollectResult::kFirstTimeout;
    }
    return digits_.size() >= rule_.min_digits ? CollectResult::kComplete : CollectResult::kBetweenTimeout;
}

}  // namespace trunkline::trunk
