// Codes as the Connect protocol writes them: names in JSON, HTTP statuses of unary answers
// (https://connectrpc.com/docs/protocol#error-codes).
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "result/result.hpp"

namespace trunkline::web {

std::string_view CodeName(Code code);
int HttpStatus(Code code);
// Connect-Timeout-Ms: up to 10 digits. Nothing when it is not one.
std::optional<std::chrono::milliseconds> ParseTimeout(std::string_view text);

}  // namespace trunkline::web
