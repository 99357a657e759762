// A recording on its way from the gateway's spool to the store.
//
//               stored
//   PENDING ---------------> STORED -------> DELETED
//     |  ^                          deleted
//     |  | found again (a restart sees its journal in the spool)
//     v  |
//   FAILED     by giving up
#pragma once
#include <cstdint>
#include <string>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "result/result.hpp"

namespace trunkline::recording {

// Numbers as in the database and in trunkline.recording.v1.
enum class State { kPending = 1, kStored = 2, kFailed = 3, kDeleted = 4 };
enum class Change { kStored, kGivenUp, kFoundAgain, kDeleted };
// FAILED_PRECONDITION WRONG_STATE for an arrow that is not in the picture.
Result<State> Apply(State state, Change change);

struct Recording {
    RecordingId id;
    ContactId contact;
    CallId call;
    TimePoint start{};
    std::chrono::milliseconds duration{};
    State state = State::kPending;
    int tries = 0;       // that failed
    std::string sha256;  // of the WAV, lower-case hexadecimal
    int64_t size_bytes = 0;
    uint32_t gaps = 0;  // damaged stretches, silent in the WAV
    bool held = false;  // never deleted
};

// An id names a file and is part of what is authenticated: letters, digits and '-', at most 64.
bool IsSafe(const RecordingId& id);

// What to do after a try that failed.
struct Retry {
    bool give_up = false;
    std::chrono::milliseconds delay{};
};
// Never gives up while something is only away (kUnavailable, kDeadlineExceeded, kResourceExhausted, kCancelled): the
// audio is safe in the spool. Otherwise after 5 tries. Delays double from 1 s to 5 min.
Retry AfterFailure(int tries, Code code);

}  // namespace trunkline::recording
