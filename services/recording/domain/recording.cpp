// The arrows of a recording's life, and how long to wait between tries.
#include "recording/domain/recording.hpp"

#include <algorithm>

namespace trunkline::recording {
namespace {

constexpr int kMostTries = 5;
constexpr std::chrono::milliseconds kFirstDelay{1000};
constexpr std::chrono::milliseconds kLongestDelay{300'000};

bool IsAway(Code code) {
    return code == Code::kUnavailable || code == Code::kDeadlineExceeded || code == Code::kResourceExhausted ||
           code == Code::kCancelled;
}

}  // namespace

Result<State> Apply(State state, Change change) {
    if (state == State::kPending && change == Change::kStored) return State::kStored;
    if (state == State::kPending && change == Change::kGivenUp) return State::kFailed;
    if (state == State::kFailed && change == Change::kFoundAgain) return State::kPending;
    if (state == State::kStored && change == Change::kDeleted) return State::kDeleted;
    return Error{Code::kFailedPrecondition, "WRONG_STATE", "a recording cannot change like this"};
}

bool IsSafe(const RecordingId& id) {
    const std::string& text = id.str();
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-';
    });
}

Retry AfterFailure(int tries, Code code) {
    if (!IsAway(code) && tries >= kMostTries) return {true, {}};
    const int doublings = std::clamp(tries - 1, 0, 20);
    return {false, std::min(kFirstDelay * (1 << doublings), kLongestDelay)};
}

}  // namespace trunkline::recording
