// What is fresh, what is stale, and what ends.
#include "web/app/sessions.hpp"

#include <vector>

namespace trunkline::web {
namespace {

constexpr std::chrono::seconds kFreshInSilence{1};

Error RightsChanged() {
    return {Code::kUnavailable, "RIGHTS_CHANGED", "your rights may have changed; subscribe again"};
}

}  // namespace

Sessions::Known Sessions::Fresh(const std::string& token, SteadyTime now) const {
    const auto found = entries_.find(token);
    if (found == entries_.end()) {
        return nullptr;
    }
    const bool heard = heard_ && now - *heard_ < settings_.silence;
    const Duration limit = heard ? Duration(settings_.recheck) : Duration(kFreshInSilence);
    return now - found->second.checked < limit ? found->second.session : nullptr;
}

Sessions::Known Sessions::InGrace(const std::string& token, SteadyTime now) const {
    const auto found = entries_.find(token);
    const bool known = found != entries_.end() && now - found->second.checked < settings_.grace;
    return known ? found->second.session : nullptr;
}

void Sessions::Remember(const std::string& token, Known session, SteadyTime now) {
    if (entries_.size() >= settings_.limit && !entries_.contains(token)) {
        std::erase_if(entries_, [&](const auto& entry) { return now - entry.second.checked >= settings_.recheck; });
        if (entries_.size() >= settings_.limit) {
            entries_.clear();
        }
    }
    entries_[token] = {std::move(session), now};
}

void Sessions::Forget(const std::string& token) { entries_.erase(token); }

void Sessions::EndSession(const std::string& session) {
    std::erase_if(entries_, [&](const auto& entry) { return entry.second.session->session == session; });
    EndHeld([&](const SignedIn& signed_in) { return signed_in.session == session; },
            {Code::kUnauthenticated, "SESSION_ENDED", "the session has ended; sign in again"});
}

void Sessions::RefreshUser(const std::string& user) {
    std::erase_if(entries_, [&](const auto& entry) { return entry.second.session->user == user; });
    EndHeld([&](const SignedIn& signed_in) { return signed_in.user == user; }, RightsChanged());
}

void Sessions::RefreshAll() {
    entries_.clear();
    EndHeld([](const SignedIn&) { return true; }, RightsChanged());
}

uint64_t Sessions::Hold(const Known& session, Ender ender) {
    held_.emplace(next_key_, Held{session, std::move(ender)});
    return next_key_++;
}

void Sessions::Release(uint64_t key) { held_.erase(key); }

// Enders may release, so they are called from a copy.
void Sessions::EndHeld(const std::function<bool(const SignedIn&)>& which, const Error& reason) {
    std::vector<Ender> enders;
    for (const auto& [key, held] : held_) {
        if (which(*held.session)) {
            enders.push_back(held.ender);
        }
    }
    for (const Ender& ender : enders) {
        ender(reason);
    }
}

}  // namespace trunkline::web
