// What is said about callbacks, in pieces: numbers are spoken digit by digit, so that no text holds a number.
#pragma once
#include <string>
#include <vector>

#include "acd/domain/decisions.hpp"
#include "acd/domain/queue.hpp"

namespace trunkline::acd {

// In the order in which they are spoken.
std::vector<std::string> TextsFor(const AskCustomer& question, const QueueSettings& queue, const std::string& language);
// How many keys are waited for.
uint32_t KeysFor(Question question);
std::string CallbackPromise(const std::string& language);
std::string CallbackRefusal(bool arranged, const std::string& language);

}  // namespace trunkline::acd
