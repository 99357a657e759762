// Who waits and who is ready in one queue.
//
// A queue has one row for each medium it takes (and each label of it) and each language it distinguishes, and a row has
// tiers: "agents of this tier may serve contacts
// that have waited at least so long". A contact climbs from tier to tier as it waits; an agent stands in the tier that
// his skills and his profile allow. So the heads of a few ordered lines tell who is next, whatever the rules.
#pragma once
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "acd/domain/agent.hpp"
#include "acd/domain/expected_wait.hpp"
#include "acd/domain/queue.hpp"
#include "acd/domain/routing/strategy.hpp"
#include "acd/domain/waiting_line.hpp"

namespace trunkline::acd {

// A ready agent, in the order in which his queue asks.
struct ReadyKey {
    Rank rank;
    Agent* agent = nullptr;

    bool operator<(const ReadyKey& other) const {
        return rank != other.rank ? rank < other.rank : agent->settings.id < other.agent->settings.id;
    }
};

struct Tier {
    WaitingLine line;          // contacts whose wait has reached this tier and not the next
    std::set<ReadyKey> ready;  // agents who may serve from this tier on, best first
};

struct Row {
    const Lane* lane = nullptr;
    std::string language;            // what its contacts ask for; empty: any
    std::map<Duration, Tier> tiers;  // by the wait that lets a contact in; the first is always zero

    size_t CountReady() const {
        size_t ready = 0;
        for (const auto& [wait, tier] : tiers) {
            ready += tier.ready.size();
        }
        return ready;
    }
};

struct Queue {
    QueueSettings settings;
    const Strategy* strategy = nullptr;
    std::vector<Row> rows;            // of each lane the first takes whoever fits no other; calls come first
    std::vector<OverflowRule> rules;  // the settings' rules and the short form
    size_t logged_in = 0;
    size_t serving = 0;  // logged in and not away
    size_t waiting = 0;  // with those who wait for one agent only
    Hours hours = Hours::kOpen;
    bool calls_back = true;  // the hours allow it
    HandlingTimes handling;
    uint64_t ticket = 0;  // names it among the wake-ups
    bool sweeping = false;

    // The row of contacts who ask for nothing special; null when the queue does not take them.
    const Row* FirstRowOf(const Lane* lane) const {
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& each) { return each.lane == lane; });
        return row == rows.end() ? nullptr : &*row;
    }
    // How many agents could take some contact at once.
    size_t CountReady() const {
        size_t most = 0;
        for (const Row& row : rows) {
            most = std::max(most, row.CountReady());
        }
        return most;
    }
    // How many are served before this one by the order of the queue.
    size_t CountBefore(const Position& position) const {
        size_t before = 0;
        for (const Row& row : rows) {
            for (const auto& [wait, tier] : row.tiers) {
                before += tier.line.CountBefore(position);
            }
        }
        return before;
    }
    TimePoint OldestArrival(TimePoint otherwise) const {
        TimePoint oldest = otherwise;
        for (const Row& row : rows) {
            for (const auto& [wait, tier] : row.tiers) {
                oldest = tier.line.OldestArrival(oldest);
            }
        }
        return oldest;
    }
};

}  // namespace trunkline::acd
