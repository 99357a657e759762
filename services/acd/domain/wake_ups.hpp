// When the router has to look again. An entry is not removed when its reason goes away: whoever takes it checks that
// the time is still the one that the agent or contact waits for.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <queue>
#include <tuple>

#include "clock/clock.hpp"

namespace trunkline::acd {

struct WakeUp {
    enum class Kind {
        kWrapUp,
        kOffer,
        kOverflow,
        kAnnouncement,
        kTier,
        kParked,
        kWanted,
        kSweep,
        kReadyAgain,
        kReason,
        kPresence,
        kTaskWrapUp,
        kAnswer,
        kCallback
    };
    TimePoint time{};
    Kind kind = Kind::kWrapUp;
    uint64_t ticket = 0;  // of the agent, contact, queue or callback

    bool operator>(const WakeUp& other) const {
        return time != other.time ? time > other.time : std::tie(kind, ticket) > std::tie(other.kind, other.ticket);
    }
};

class WakeUps {
 public:
    void Add(const WakeUp& wake_up) { heap_.push(wake_up); }

    std::optional<TimePoint> Next() const {
        return heap_.empty() ? std::nullopt : std::optional<TimePoint>(heap_.top().time);
    }
    // The earliest one that is due.
    std::optional<WakeUp> Take(TimePoint now) {
        if (heap_.empty() || heap_.top().time > now) {
            return std::nullopt;
        }
        WakeUp due = heap_.top();
        heap_.pop();
        return due;
    }

 private:
    // On a deque, because a vector of many thousands takes milliseconds to grow.
    std::priority_queue<WakeUp, std::deque<WakeUp>, std::greater<>> heap_;
};

}  // namespace trunkline::acd
