// What a customer hears of his card.
#include "customer/domain/statement_text.hpp"

#include <catch2/catch.hpp>

namespace trunkline::customer {
namespace {

const TimePoint kLate = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{17};

TEST_CASE("statement: points in Chinese, the day is the customer's, of the card only its end", "[customer][ledger]") {
    const ToldAccount account{
        "88880001",
        false,
        70,
        {},
        {{{2, PostingKind::kRedeem, -30, 70}, kLate}, {{1, PostingKind::kEarn, 100, 100}, kLate}}};
    CHECK(TellAccount(account, false) == "尾号0001的卡，余额70积分。11月24日使用30积分。11月24日存入100积分。");
}

TEST_CASE("statement: money in English, with what expires and what was corrected", "[customer][ledger]") {
    const ToldAccount account{
        "77",
        true,
        1205,
        Lot{1, 200, kLate},
        {{{3, PostingKind::kCorrect, -5, 1205}, kLate}, {{2, PostingKind::kCorrect, 10, 1210}, kLate}}};
    CHECK(TellAccount(account, true) ==
          "Card ending in 77: balance 12.05 yuan. 2.00 yuan expire on 2026-11-24. 2026-11-24: corrected down by 0.05 "
          "yuan."
          " 2026-11-24: corrected up by 0.10 yuan.");
}

}  // namespace
}  // namespace trunkline::customer
