// Which carrier trunk of a group carries the next call: the first order that has a trunk in service with room, by
// weight within it. Knows how each trunk does from its OPTIONS or registration and from the answers to our calls.
#pragma once
#include <map>
#include <set>
#include <string>

#include "clock/clock.hpp"
#include "trunk/domain/directory.hpp"
#include "trunk/domain/outbound.hpp"

namespace trunkline::trunk {

// One thread.
class LinePicker {
 public:
    explicit LinePicker(const Directory& directory) : directory_(directory) {}

    // `chance`: random, 0 up to but not 1. `tried` are left out. NO_TRUNK says why each of the others is out.
    Result<std::string> Pick(const TrunkGroup& group, const std::set<std::string>& tried, double chance,
                             SteadyTime now);
    // May the trunk take one more call? Only its capacity is asked.
    bool HasRoom(const std::string& trunk) const;

    // A call of ours begins; it counts for capacity and rate.
    void Begin(const std::string& trunk, SteadyTime now);
    // A call of theirs begins.
    void BeginInbound(const std::string& trunk) { ++lines_[trunk].live; }
    void End(const std::string& trunk);
    // What OPTIONS or the registration says; a trunk that nothing was said of is in service.
    void SetUp(const std::string& trunk, bool up) { lines_[trunk].up = up; }
    // The trunk could not carry a call: it rests, for 1 s first and twice as long each time, up to a minute.
    void Failed(const std::string& trunk, SteadyTime now);
    void Worked(const std::string& trunk);
    void Forget(const std::string& trunk) { lines_.erase(trunk); }

    uint32_t Live(const std::string& trunk) const;

 private:
    struct Line {
        bool up = true;
        uint32_t live = 0;
        uint32_t failures = 0;  // in a row
        SteadyTime rests_until{};
        SteadyTime second_began{};
        uint32_t begun_in_second = 0;
    };
    // Why the trunk is out; empty: it may carry a call.
    std::string Obstacle(const std::string& trunk, SteadyTime now) const;

    const Directory& directory_;
    std::map<std::string, Line> lines_;
};

// An answer that says that this trunk could not carry the call, while another one may: 408 and 5xx (RFC 3261 section
// 21.5). Busy, unknown numbers and refusals are about the called party and go back to the application.
bool IsTrunkFailure(int sip_status);

}  // namespace trunkline::trunk
