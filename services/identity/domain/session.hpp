// A signed-in browser and how long it stays so.
#pragma once
#include <chrono>
#include <string>

#include "clock/clock.hpp"

namespace trunkline::identity {

struct SessionLimits {
    std::chrono::milliseconds idle{std::chrono::minutes(30)};
    std::chrono::milliseconds absolute{std::chrono::hours(12)};
};

struct Session {
    std::string id;
    std::string user;
    std::string client_address;
    std::string user_agent;
    TimePoint created{};
    TimePoint seen{};
    TimePoint expires{};

    bool Alive(TimePoint now, const SessionLimits& limits) const { return now < expires && now - seen < limits.idle; }
};

// "In use" is written at most this often.
inline constexpr std::chrono::seconds kTouchEvery{30};

}  // namespace trunkline::identity
