// Keeps calls that cost money within the rules of their group: default deny, and limits for each rule (S6).
#pragma once
#include <map>
#include <string>
#include <utility>

#include "clock/clock.hpp"
#include "result/result.hpp"
#include "trunk/domain/outbound.hpp"

namespace trunkline::trunk {

// One thread.
class DialGuard {
 public:
    // What a call is counted under until it ends.
    struct Ticket {
        std::string group;
        std::string prefix;
        Duration longest_call{};
    };
    // PERMISSION_DENIED/NUMBER_NOT_ALLOWED or RESOURCE_EXHAUSTED/DIAL_LIMIT, naming rule and limit, never the number.
    Result<Ticket> Admit(const TrunkGroup& group, const std::string& number, SteadyTime now);
    void End(const Ticket& ticket);

 private:
    struct Window {
        SteadyTime began{};
        uint32_t count = 0;

        bool HasRoom(uint32_t limit, Duration length, SteadyTime now) const {
            return limit == 0 || now - began >= length || count < limit;
        }
        void Add(Duration length, SteadyTime now);
    };
    struct Counts {
        Window minute;
        Window day;
        uint32_t live = 0;
    };
    std::map<std::pair<std::string, std::string>, Counts> counts_;  // by group and prefix
};

}  // namespace trunkline::trunk
