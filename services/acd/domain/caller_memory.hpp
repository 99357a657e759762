// What the router remembers about callers for a while: who served them last, and the place they had when they were
// lost.
#pragma once
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "acd/domain/ids.hpp"
#include "clock/clock.hpp"

namespace trunkline::acd {

class CallerMemory {
 public:
    void RememberAgent(const std::string& number, const QueueId& queue, const AgentId& agent, TimePoint now);
    // Who served the caller in this queue since `since`; empty: nobody.
    AgentId LastAgent(const std::string& number, const QueueId& queue, TimePoint since) const;

    // The caller was lost, or hung up while he waited.
    void RememberPlace(const std::string& number, const QueueId& queue, TimePoint arrived, TimePoint now);
    // The arrival that counts for a caller who comes back; only once.
    std::optional<TimePoint> TakePlace(const std::string& number, const QueueId& queue, TimePoint since);

    // The oldest entries are forgotten beyond this.
    static constexpr size_t kMost = 100'000;

 private:
    struct Entry {
        AgentId agent;
        TimePoint talked{};
        TimePoint arrived{};
        TimePoint lost{};
    };
    Entry* EntryFor(const std::string& number, const QueueId& queue);

    std::unordered_map<std::string, Entry> entries_;
    std::deque<std::string> order_;
};

}  // namespace trunkline::acd
