// The sessions that this gateway has seen lately, so that a request need not ask identity; and what hangs on each.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "clock/clock.hpp"
#include "web/domain/access.hpp"

namespace trunkline::web {

struct SessionSettings {
    std::chrono::milliseconds recheck{30'000};  // a session is asked for again this often
    std::chrono::milliseconds silence{2'500};   // identity's bus unheard for longer: every session is asked for again
    std::chrono::milliseconds grace{120'000};   // identity unreachable: a session known lately goes on for so long
    size_t limit = 20'000;
};

// One owner at a time.
class Sessions {
 public:
    using Known = std::shared_ptr<const SignedIn>;
    // Called when what hangs on a session must end, with the reason.
    using Ender = std::function<void(const Error&)>;

    explicit Sessions(SessionSettings settings) : settings_(settings) {}

    // Who the token belongs to, when that is known well enough.
    Known Fresh(const std::string& token, SteadyTime now) const;
    // The same while identity cannot be asked.
    Known InGrace(const std::string& token, SteadyTime now) const;
    void Remember(const std::string& token, Known session, SteadyTime now);
    void Forget(const std::string& token);

    // Identity's bus was heard.
    void Heard(SteadyTime now) { heard_ = now; }
    void EndSession(const std::string& session);
    // His rights may be others now.
    void RefreshUser(const std::string& user);
    void RefreshAll();

    // Keeps an open stream until the returned key is given to Release.
    uint64_t Hold(const Known& session, Ender ender);
    void Release(uint64_t key);
    size_t size() const { return entries_.size(); }
    size_t held() const { return held_.size(); }

 private:
    struct Entry {
        Known session;
        SteadyTime checked{};
    };
    struct Held {
        Known session;
        Ender ender;
    };
    void EndHeld(const std::function<bool(const SignedIn&)>& which, const Error& reason);

    const SessionSettings settings_;
    std::unordered_map<std::string, Entry> entries_;
    std::map<uint64_t, Held> held_;
    uint64_t next_key_ = 1;
    std::optional<SteadyTime> heard_;
};

}  // namespace trunkline::web
