// Lots are spent in the order in which they expire.
#include "customer/domain/ledger.hpp"

#include <algorithm>
#include <string>

namespace trunkline::customer {
namespace {

constexpr int64_t kHighest = 1'000'000'000'000;

bool ExpiresBefore(const Lot& left, const Lot& right) {
    if (left.expires.has_value() != right.expires.has_value()) {
        return left.expires.has_value();
    }
    if (left.expires != right.expires) {
        return *left.expires < *right.expires;
    }
    return left.line < right.line;
}

void Take(Purse& purse, int64_t amount) {
    std::sort(purse.lots.begin(), purse.lots.end(), ExpiresBefore);
    for (Lot& lot : purse.lots) {
        const int64_t taken = std::min(lot.remaining, amount);
        lot.remaining -= taken;
        amount -= taken;
    }
    std::erase_if(purse.lots, [](const Lot& lot) { return lot.remaining == 0; });
}

Line Write(Purse& purse, PostingKind kind, int64_t amount) {
    purse.balance += amount;
    return {++purse.lines, kind, amount, purse.balance};
}

}  // namespace

std::optional<Line> Expire(Purse& purse, TimePoint now) {
    int64_t expired = 0;
    std::erase_if(purse.lots, [&](const Lot& lot) {
        const bool over = lot.expires && *lot.expires <= now;
        expired += over ? lot.remaining : 0;
        return over;
    });
    if (expired == 0) {
        return std::nullopt;
    }
    return Write(purse, PostingKind::kExpire, -expired);
}

Result<Line> Apply(Purse& purse, const Wish& wish, TimePoint now) {
    const bool correction = wish.kind == PostingKind::kCorrect;
    if (wish.kind == PostingKind::kExpire || wish.amount == 0 || (!correction && wish.amount < 0) ||
        wish.amount > kHighest || wish.amount < -kHighest) {
        return Error{Code::kInvalidArgument, "BAD_AMOUNT",
                     "amount must be above 0 (a correction: not 0) and at most 10^12"};
    }
    if (wish.expires && *wish.expires <= now) {
        return Error{Code::kInvalidArgument, "ALREADY_EXPIRED", "expire_time must lie in the future"};
    }
    const int64_t change = wish.kind == PostingKind::kRedeem ? -wish.amount : wish.amount;
    if (purse.balance + change < 0) {
        return Error{
            Code::kFailedPrecondition, "BALANCE_TOO_LOW",
            "the balance is " + std::to_string(purse.balance) + ", which is less than " + std::to_string(-change)};
    }
    if (purse.balance + change > kHighest) {
        return Error{Code::kFailedPrecondition, "BALANCE_TOO_HIGH", "a balance may be 10^12 at the most"};
    }
    if (change < 0) {
        Take(purse, -change);
    }
    const Line line = Write(purse, wish.kind, change);
    if (change > 0) {
        purse.lots.push_back({line.number, change, wish.kind == PostingKind::kEarn ? wish.expires : std::nullopt});
    }
    return line;
}

}  // namespace trunkline::customer
