// One entry for each number and queue.
#include "acd/domain/caller_memory.hpp"

namespace trunkline::acd {
namespace {

std::string KeyOf(const std::string& number, const QueueId& queue) { return number + '\n' + queue.str(); }

}  // namespace

// Null for callers without a number: they cannot be told apart.
CallerMemory::Entry* CallerMemory::EntryFor(const std::string& number, const QueueId& queue) {
    if (number.empty() || number == "anonymous") {
        return nullptr;
    }
    const std::string key = KeyOf(number, queue);
    const auto [entry, fresh] = entries_.try_emplace(key);
    if (fresh) {
        order_.push_back(key);
        if (order_.size() > kMost) {
            entries_.erase(order_.front());
            order_.pop_front();
        }
    }
    return &entry->second;
}

void CallerMemory::RememberAgent(const std::string& number, const QueueId& queue, const AgentId& agent, TimePoint now) {
    if (Entry* entry = EntryFor(number, queue); entry != nullptr) {
        entry->agent = agent;
        entry->talked = now;
    }
}

AgentId CallerMemory::LastAgent(const std::string& number, const QueueId& queue, TimePoint since) const {
    const auto found = entries_.find(KeyOf(number, queue));
    return found == entries_.end() || found->second.talked < since ? AgentId{} : found->second.agent;
}

void CallerMemory::RememberPlace(const std::string& number, const QueueId& queue, TimePoint arrived, TimePoint now) {
    if (Entry* entry = EntryFor(number, queue); entry != nullptr) {
        entry->arrived = arrived;
        entry->lost = now;
    }
}

std::optional<TimePoint> CallerMemory::TakePlace(const std::string& number, const QueueId& queue, TimePoint since) {
    const auto found = entries_.find(KeyOf(number, queue));
    if (found == entries_.end() || found->second.lost == TimePoint{} || found->second.lost < since) {
        return std::nullopt;
    }
    found->second.lost = {};
    return found->second.arrived;
}

}  // namespace trunkline::acd
