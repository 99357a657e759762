// Runs another program: text in, bytes out, within a time limit.
#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "ivr/app/ports.hpp"

namespace trunkline::ivr {

// Starts `arguments[0]` (found in PATH; no shell), gives it `input` on standard input and returns what it writes to
// standard output. The program is killed at the limit, or when it writes more than 64 MiB. kUnavailable PROGRAM_FAILED,
// kDeadlineExceeded PROGRAM_TIMEOUT. Blocks; safe from several threads.
Result<Bytes> RunProgram(const std::vector<std::string>& arguments, const std::string& input,
                         std::chrono::milliseconds limit, const Clock& clock);

}  // namespace trunkline::ivr
