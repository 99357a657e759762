// All live calls, found by call or by leg, and those that ended a short while ago.
#pragma once
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "trunk/domain/live_call.hpp"

namespace trunkline::trunk {

inline constexpr Duration kEndedRetention = std::chrono::minutes(10);

// One thread. Pointers are valid until the call is ended by Retire.
class CallRegistry {
 public:
    LiveCall& Add(Call call);
    LiveCall* Find(const CallId& call);
    LiveCall* FindByLeg(const LegId& leg);
    // False when the leg belongs to another call already.
    bool AddLeg(const CallId& call, const LegId& leg);
    void RemoveLeg(const LegId& leg);
    // Moves an ended call to the ended ones.
    void Retire(const CallId& call);
    void ForgetEnded(TimePoint now);

    std::vector<Call> Live() const;
    std::vector<Call> LiveOf(const std::string& application) const;
    std::vector<Call> EndedOf(const std::string& application, TimePoint since) const;
    std::vector<CallId> Ids() const;
    size_t size() const { return calls_.size(); }

 private:
    std::unordered_map<CallId, std::unique_ptr<LiveCall>> calls_;
    std::unordered_map<LegId, CallId> legs_;
    std::deque<Call> ended_;
};

// Has the application been away so long that a call of its nobody talks on must end? `detached_since` is when it was
// last seen.
bool IsAbandoned(const LiveCall& call, TimePoint detached_since, TimePoint now, Duration grace);

}  // namespace trunkline::trunk
