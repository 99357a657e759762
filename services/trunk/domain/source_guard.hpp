// Protects the door from one source that floods or guesses passwords. Sources of carrier trunks are not judged.
#pragma once
#include <string>
#include <unordered_map>

#include "clock/clock.hpp"

namespace trunkline::trunk {

struct SourceLimits {
    int requests_per_second = 200;
    Duration flood_ban = std::chrono::seconds(120);
    int wrong_passwords = 20;  // within `guess_ban`
    Duration guess_ban = std::chrono::minutes(10);
    size_t sources = 10'000;  // remembered at the most; a stranger above it is let in unjudged
};

// One thread.
class SourceGuard {
 public:
    enum class Verdict {
        kAdmit,
        kRefuse,  // the first request above the limit: say so
        kDrop,    // banned: silence
    };
    explicit SourceGuard(SourceLimits limits = {}) : limits_(limits) {}

    Verdict Judge(const std::string& source, SteadyTime now);
    void CountWrongPassword(const std::string& source, SteadyTime now);
    // Forgets sources that are quiet; every few seconds.
    void Sweep(SteadyTime now);
    size_t size() const { return sources_.size(); }

 private:
    struct Source {
        SteadyTime second_began;
        int requests = 0;
        SteadyTime guessing_began;
        int wrong_passwords = 0;
        SteadyTime banned_until;
    };
    Source* Remember(const std::string& source, SteadyTime now);

    SourceLimits limits_;
    std::unordered_map<std::string, Source> sources_;
};

}  // namespace trunkline::trunk
