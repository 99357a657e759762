// States and patience.
#include "recording/domain/recording.hpp"

#include <catch2/catch.hpp>

namespace trunkline::recording {

using namespace std::chrono_literals;

TEST_CASE("recording: only the arrows of the picture exist", "[recording][state]") {
    CHECK(*Apply(State::kPending, Change::kStored) == State::kStored);
    CHECK(*Apply(State::kPending, Change::kGivenUp) == State::kFailed);
    CHECK(*Apply(State::kFailed, Change::kFoundAgain) == State::kPending);
    for (const Change change : {Change::kStored, Change::kGivenUp, Change::kFoundAgain}) {
        CHECK(Apply(State::kStored, change).error().reason == "WRONG_STATE");
    }
    CHECK_FALSE(Apply(State::kFailed, Change::kStored).ok());
    CHECK_FALSE(Apply(State::kPending, Change::kFoundAgain).ok());
}

TEST_CASE("recording: damage is given up after five tries, absence never", "[recording][retry]") {
    CHECK_FALSE(AfterFailure(4, Code::kDataLoss).give_up);
    CHECK(AfterFailure(5, Code::kDataLoss).give_up);
    CHECK_FALSE(AfterFailure(5000, Code::kUnavailable).give_up);
    CHECK_FALSE(AfterFailure(5000, Code::kDeadlineExceeded).give_up);
}

TEST_CASE("recording: tries come further and further apart, up to five minutes", "[recording][retry]") {
    CHECK(AfterFailure(1, Code::kUnavailable).delay == 1s);
    CHECK(AfterFailure(2, Code::kUnavailable).delay == 2s);
    CHECK(AfterFailure(4, Code::kUnavailable).delay == 8s);
    CHECK(AfterFailure(5000, Code::kUnavailable).delay == 5min);
}

TEST_CASE("recording: an id is safe as a file name", "[recording]") {
    CHECK(IsSafe(RecordingId{"018f2a3b-0000-7000-8000-000000000000"}));
    for (const char* id : {"", "../etc", "a/b", "a.b", "a b"}) CHECK_FALSE(IsSafe(RecordingId{id}));
    CHECK_FALSE(IsSafe(RecordingId{std::string(65, 'a')}));
}

}  // namespace trunkline::recording
