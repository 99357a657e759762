// An account in sentences that can be spoken or sent by SMS.
#pragma once
#include <string>
#include <vector>

#include "customer/domain/ledger.hpp"

namespace trunkline::customer {

struct ToldLine {
    Line line;
    TimePoint time{};
};

struct ToldAccount {
    std::string card_number;
    bool money = false;  // cents; otherwise points
    int64_t balance = 0;
    std::optional<Lot> expiring;  // what goes first
    std::vector<ToldLine> lines;  // newest first
};

// Of a card the last four characters are told: the owner knows the rest, whoever listens need not. `english` or
// Chinese.
std::string TellAccount(const ToldAccount& account, bool english);

}  // namespace trunkline::customer
