// Judges keys one by one: when are they a whole answer?
#pragma once
#include <optional>
#include <string>

#include "trunk/domain/command.hpp"
#include "trunk/domain/event.hpp"

namespace trunkline::trunk {

class DigitCollector {
 public:
    explicit DigitCollector(CollectRule rule) : rule_(std::move(rule)) {}

    // A result ends the input; nothing means: wait for the next key, at most `between_timeout`.
    std::optional<CollectResult> Press(char digit);
    // No key came in time. Enough keys are a complete answer.
    CollectResult TimeOut() const;
    // How long to wait for the next key.
    Duration patience() const { return digits_.empty() ? rule_.first_timeout : rule_.between_timeout; }

    const std::string& digits() const { return digits_; }

 private:
    CollectRule rule_;
    std::string digits_;
};

}  // namespace trunkline::trunk
