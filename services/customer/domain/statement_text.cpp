// Days are those of China: the operators' customers live there.
#include "customer/domain/statement_text.hpp"

#include <cstdlib>

namespace trunkline::customer {
namespace {

constexpr std::chrono::hours kChina{8};

std::string Amount(int64_t amount, bool money, bool english) {
    const int64_t size = std::abs(amount);
    if (!money) {
        return std::to_string(size) + (english ? " points" : "积分");
    }
    std::string cents = std::to_string(size % 100);
    cents.insert(0, 2 - cents.size(), '0');
    return std::to_string(size / 100) + "." + cents + (english ? " yuan" : "元");
}

std::string Day(TimePoint time, bool english) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time + kChina)};
    const std::string month = std::to_string(static_cast<unsigned>(day.month()));
    const std::string date = std::to_string(static_cast<unsigned>(day.day()));
    return english ? std::to_string(static_cast<int>(day.year())) + "-" + month + "-" + date
                   : month + "月" + date + "日";
}

std::string Kind(const Line& line, bool english) {
    switch (line.kind) {
        case PostingKind::kEarn:
            return english ? "earned " : "存入";
        case PostingKind::kRedeem:
            return english ? "used " : "使用";
        case PostingKind::kExpire:
            return english ? "expired " : "到期";
        case PostingKind::kCorrect:
            break;
    }
    if (line.amount < 0) {
        return english ? "corrected down by " : "更正减少";
    }
    return english ? "corrected up by " : "更正增加";
}

}  // namespace

std::string TellAccount(const ToldAccount& account, bool english) {
    const std::string& card = account.card_number;
    const std::string tail = card.size() > 4 ? card.substr(card.size() - 4) : card;
    const auto amount = [&](int64_t size) { return Amount(size, account.money, english); };
    std::string text = english ? "Card ending in " + tail + ": balance " + amount(account.balance) + "."
                               : "尾号" + tail + "的卡，余额" + amount(account.balance) + "。";
    if (account.expiring && account.expiring->expires) {
        const std::string day = Day(*account.expiring->expires, english);
        text += english ? " " + amount(account.expiring->remaining) + " expire on " + day + "."
                        : "其中" + amount(account.expiring->remaining) + day + "到期。";
    }
    for (const ToldLine& told : account.lines) {
        const std::string day = Day(told.time, english);
        text += english ? " " + day + ": " + Kind(told.line, english) + amount(told.line.amount) + "."
                        : day + Kind(told.line, english) + amount(told.line.amount) + "。";
    }
    return text;
}

}  // namespace trunkline::customer
