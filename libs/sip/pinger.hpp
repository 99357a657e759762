// Watches whether a peer answers OPTIONS (RFC 3261 section 11): the health of a trunk.
#pragma once
#include <functional>
#include <memory>

#include "sip/user_agent.hpp"

namespace trunkline::sip {

struct PingerSettings {
    Uri target;                                    // request URI of the OPTIONS
    std::optional<Hop> next_hop;                   // empty: the target's host
    Duration interval = std::chrono::seconds(30);  // between the answer and the next OPTIONS
    int failures_until_down = 2;                   // 408 or 503 in a row; every other answer proves life
};

// On the SIP thread.
class Pinger {
 public:
    using Changed = std::function<void(bool alive, int status)>;
    Pinger(UserAgent& user_agent, Timers& timers, PingerSettings settings, Changed changed);
    ~Pinger();

    void Start();
    bool alive() const;  // false until the first answer

 private:
    struct State;
    std::shared_ptr<State> state_;  // shared with the answer under way
};

}  // namespace trunkline::sip
