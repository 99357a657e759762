// Counting by source address.
#include "trunk/domain/source_guard.hpp"

namespace trunkline::trunk {

SourceGuard::Source* SourceGuard::Remember(const std::string& source, SteadyTime now) {
    const auto found = sources_.find(source);
    if (found != sources_.end()) {
        return &found->second;
    }
    if (sources_.size() >= limits_.sources) {
        return nullptr;
    }
    return &sources_.emplace(source, Source{now, 0, now, 0, {}}).first->second;
}

SourceGuard::Verdict SourceGuard::Judge(const std::string& source, SteadyTime now) {
    Source* known = Remember(source, now);
    if (known == nullptr) {
        return Verdict::kAdmit;
    }
    if (now < known->banned_until) {
        return Verdict::kDrop;
    }
    if (now - known->second_began >= std::chrono::seconds(1)) {
        known->second_began = now;
        known->requests = 0;
    }
    if (++known->requests > limits_.requests_per_second) {
        known->banned_until = now + limits_.flood_ban;
        return Verdict::kRefuse;
    }
    return Verdict::kAdmit;
}

void SourceGuard::CountWrongPassword(const std::string& source, SteadyTime now) {
    Source* known = Remember(source, now);
    if (known == nullptr) {
        return;
    }
    if (now - known->guessing_began >= limits_.guess_ban) {
        known->guessing_began = now;
        known->wrong_passwords = 0;
    }
    if (++known->wrong_passwords >= limits_.wrong_passwords) {
        known->banned_until = now + limits_.guess_ban;
        known->wrong_passwords = 0;
    }
}

void SourceGuard::Sweep(SteadyTime now) {
    std::erase_if(sources_, [&](const auto& entry) {
        const Source& source = entry.second;
        const bool is_quiet = now - source.second_began >= std::chrono::seconds(1);
        const bool is_guessing = source.wrong_passwords > 0 && now - source.guessing_began < limits_.guess_ban;
        return is_quiet && !is_guessing && now >= source.banned_until;
    });
}

}  // namespace trunkline::trunk
