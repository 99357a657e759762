// Indexes over calls.
#include "trunk/domain/call_registry.hpp"

#include <algorithm>

namespace trunkline::trunk {

LiveCall& CallRegistry::Add(Call call) {
    const CallId id = call.id;
    for (const Leg& leg : call.legs) {
        legs_[leg.id] = id;
    }
    return *(calls_[id] = std::make_unique<LiveCall>(std::move(call)));
}

LiveCall* CallRegistry::Find(const CallId& call) {
    const auto found = calls_.find(call);
    return found == calls_.end() ? nullptr : found->second.get();
}

LiveCall* CallRegistry::FindByLeg(const LegId& leg) {
    const auto found = legs_.find(leg);
    return found == legs_.end() ? nullptr : Find(found->second);
}

bool CallRegistry::AddLeg(const CallId& call, const LegId& leg) {
    return legs_.try_emplace(leg, call).first->second == call;
}

void CallRegistry::RemoveLeg(const LegId& leg) { legs_.erase(leg); }

void CallRegistry::Retire(const CallId& call) {
    const auto found = calls_.find(call);
    if (found == calls_.end()) {
        return;
    }
    for (const Leg& leg : found->second->call().legs) {
        legs_.erase(leg.id);
    }
    ended_.push_back(found->second->call());
    calls_.erase(found);
}

void CallRegistry::ForgetEnded(TimePoint now) {
    while (!ended_.empty() && *ended_.front().ended + kEndedRetention <= now) {
        ended_.pop_front();
    }
}

std::vector<Call> CallRegistry::Live() const {
    std::vector<Call> calls;
    calls.reserve(calls_.size());
    for (const auto& [id, call] : calls_) {
        calls.push_back(call->call());
    }
    std::sort(calls.begin(), calls.end(), [](const Call& a, const Call& b) { return a.started < b.started; });
    return calls;
}

std::vector<Call> CallRegistry::LiveOf(const std::string& application) const {
    std::vector<Call> calls = Live();
    std::erase_if(calls, [&](const Call& call) { return call.application != application; });
    return calls;
}

std::vector<Call> CallRegistry::EndedOf(const std::string& application, TimePoint since) const {
    std::vector<Call> calls;
    std::copy_if(ended_.begin(), ended_.end(), std::back_inserter(calls),
                 [&](const Call& call) { return call.application == application && *call.ended >= since; });
    return calls;
}

std::vector<CallId> CallRegistry::Ids() const {
    std::vector<CallId> ids;
    ids.reserve(calls_.size());
    for (const auto& [id, call] : calls_) {
        ids.push_back(id);
    }
    return ids;
}

bool IsAbandoned(const LiveCall& call, TimePoint detached_since, TimePoint now, Duration grace) {
    if (call.call().HasBridge()) {
        return false;
    }
    return now - std::max(detached_since, call.alone_since()) >= grace;
}

}  // namespace trunkline::trunk
