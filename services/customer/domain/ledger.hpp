// The rules of a membership account: what a movement does to the balance and to what expires.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "clock/clock.hpp"
#include "result/result.hpp"

namespace trunkline::customer {

// Numbers are stored and told.
enum class PostingKind { kEarn = 1, kRedeem = 2, kExpire = 3, kCorrect = 4 };

// What was earned together and expires together.
struct Lot {
    int64_t line = 0;  // of the statement that earned it
    int64_t remaining = 0;
    std::optional<TimePoint> expires;
    bool operator==(const Lot&) const = default;
};

// An account as the rules see it: the balance is always the sum of its lots.
struct Purse {
    int64_t balance = 0;
    int64_t lines = 0;  // statement lines so far
    std::vector<Lot> lots;
};

struct Wish {
    PostingKind kind = PostingKind::kEarn;
    int64_t amount = 0;  // positive; of a correction in the customer's favour positive, else negative
    std::optional<TimePoint> expires;
};

struct Line {
    int64_t number = 0;
    PostingKind kind = PostingKind::kEarn;
    int64_t amount = 0;  // signed, in favour of the customer
    int64_t balance = 0;
};

// Takes away what has expired by `now`; nothing when nothing has.
std::optional<Line> Expire(Purse& purse, TimePoint now);

// Applies a wish; what expires first is spent first, among equals the oldest. On an error the purse is as it was.
// Errors: BAD_AMOUNT (zero, of the wrong sign, above 10^12), BALANCE_TOO_LOW, BALANCE_TOO_HIGH, ALREADY_EXPIRED.
Result<Line> Apply(Purse& purse, const Wish& wish, TimePoint now);

}  // namespace trunkline::customer
