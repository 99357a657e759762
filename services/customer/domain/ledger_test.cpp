// The rules of accounts: by example, and over random histories.
#include "customer/domain/ledger.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <random>

namespace trunkline::customer {
namespace {

using std::chrono::hours;

const TimePoint kNow = FromUnixMillis(1772413200000);

int64_t SumOfLots(const Purse& purse) {
    return std::accumulate(purse.lots.begin(), purse.lots.end(), int64_t{0},
                           [](int64_t sum, const Lot& lot) { return sum + lot.remaining; });
}

TEST_CASE("ledger: what expires first is spent first", "[customer][ledger]") {
    Purse purse;
    REQUIRE(Apply(purse, {PostingKind::kEarn, 100, {}}, kNow).ok());
    REQUIRE(Apply(purse, {PostingKind::kEarn, 50, kNow + hours(48)}, kNow).ok());
    REQUIRE(Apply(purse, {PostingKind::kEarn, 30, kNow + hours(24)}, kNow).ok());
    REQUIRE(Apply(purse, {PostingKind::kRedeem, 60, {}}, kNow).value().balance == 120);
    CHECK(purse.lots == std::vector<Lot>{{2, 20, kNow + hours(48)}, {1, 100, {}}});
}

TEST_CASE("ledger: what has expired is taken away once", "[customer][ledger]") {
    Purse purse;
    REQUIRE(Apply(purse, {PostingKind::kEarn, 50, kNow + hours(1)}, kNow).ok());
    CHECK_FALSE(Expire(purse, kNow));
    const auto line = Expire(purse, kNow + hours(1));
    REQUIRE(line);
    CHECK(line->amount == -50);
    CHECK(line->balance == 0);
    CHECK_FALSE(Expire(purse, kNow + hours(1)));
}

TEST_CASE("ledger: more than there is cannot be spent or corrected away", "[customer][ledger]") {
    Purse purse;
    REQUIRE(Apply(purse, {PostingKind::kEarn, 10, {}}, kNow).ok());
    CHECK(Apply(purse, {PostingKind::kRedeem, 11, {}}, kNow).error().reason == "BALANCE_TOO_LOW");
    CHECK(Apply(purse, {PostingKind::kCorrect, -11, {}}, kNow).error().reason == "BALANCE_TOO_LOW");
    CHECK(Apply(purse, {PostingKind::kCorrect, -10, {}}, kNow).value().balance == 0);
}

TEST_CASE("ledger: amounts that make no sense are refused", "[customer][ledger]") {
    Purse purse;
    for (const Wish& wish :
         {Wish{PostingKind::kEarn, 0, {}}, Wish{PostingKind::kEarn, -5, {}}, Wish{PostingKind::kRedeem, -5, {}},
          Wish{PostingKind::kCorrect, 0, {}}, Wish{PostingKind::kExpire, 5, {}},
          Wish{PostingKind::kEarn, INT64_MAX, {}}, Wish{PostingKind::kCorrect, INT64_MIN, {}}}) {
        CHECK(Apply(purse, wish, kNow).error().reason == "BAD_AMOUNT");
    }
    CHECK(Apply(purse, {PostingKind::kEarn, 5, kNow}, kNow).error().reason == "ALREADY_EXPIRED");
    CHECK(purse.lines == 0);
}

TEST_CASE("ledger: over any history the balance is the sum of its lots and of its lines, and never negative",
          "[customer][ledger][property]") {
    const unsigned seed = GENERATE(range(0U, 50U));
    std::mt19937 random(seed);
    INFO("seed " << seed);
    Purse purse;
    TimePoint now = kNow;
    int64_t told = 0;
    int64_t lines = 0;
    for (int step = 0; step < 400; ++step) {
        now += hours(random() % 5);
        if (const auto expired = Expire(purse, now)) {
            told += expired->amount;
            ++lines;
        }
        Wish wish{static_cast<PostingKind>(random() % 4 + 1), static_cast<int64_t>(random() % 120), {}};
        wish.amount -= wish.kind == PostingKind::kCorrect ? 60 : 0;
        if (random() % 2 == 0) {
            wish.expires = now + hours(random() % 40);
        }
        const int64_t before = purse.balance;
        const auto line = Apply(purse, wish, now);
        if (line.ok()) {
            told += line->amount;
            REQUIRE(line->number == ++lines);
            REQUIRE(line->balance == before + line->amount);
        } else {
            REQUIRE(purse.balance == before);
        }
        REQUIRE(purse.balance == told);
        REQUIRE(purse.balance == SumOfLots(purse));
        REQUIRE(purse.balance >= 0);
        REQUIRE(std::all_of(purse.lots.begin(), purse.lots.end(), [](const Lot& lot) { return lot.remaining > 0; }));
    }
}

}  // namespace
}  // namespace trunkline::customer
