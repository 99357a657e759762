// Pages come, connect, and go.
#include "trunk/app/browser_phones.hpp"

namespace trunkline::trunk {
namespace {

constexpr Duration kLongestEcho = std::chrono::minutes(1);
constexpr int kTicksBetweenSigns = 10;
const EndCause kUnreachable{EndResult::kUpstreamError, "UNREACHABLE", 480};
const EndCause kNoAnswer{EndResult::kClientError, "NO_ANSWER", 408};

}  // namespace

void BrowserPhones::Bind(Listener listener, Changed changed) {
    listener_ = std::move(listener);
    changed_ = std::move(changed);
}

BrowserPhones::Phone* BrowserPhones::Find(const std::string& phone) {
    const auto found = phones_.find(phone);
    return found == phones_.end() ? nullptr : &found->second;
}

void BrowserPhones::Watch(const std::string& phone, std::shared_ptr<BrowserPage> page) {
    Phone& here = phones_[phone];
    if (here.page != nullptr) {
        here.page->Supersede();
    }
    here.page = std::move(page);
    here.session = ports_.ids.New();
    here.is_connected = false;
    here.is_media_lost = false;
    StopEcho(here);
    PageSnapshot snapshot{here.session, {}, BrowserMediaState::kNone, grace_};
    for (const auto& [id, entry] : here.legs) {
        snapshot.legs.push_back(entry.leg);
    }
    here.page->TellSnapshot(snapshot);
    SetPresent(phone, here, true);
}

void BrowserPhones::Unwatch(const std::string& phone, const BrowserPage* page) {
    Phone* here = Find(phone);
    if (here == nullptr || here->page.get() != page) {
        return;
    }
    const bool was_missing = IsMissing(*here);
    here->page = nullptr;
    Missed(*here, was_missing);
    if (!here->is_present) {
        phones_.erase(phone);
    }
}

void BrowserPhones::Missed(Phone& phone, bool was_missing) {
    if (!was_missing) {
        phone.missing_since = ports_.clock.SteadyNow();
    }
}

Result<std::string> BrowserPhones::Connect(const std::string& phone, const std::string& session,
                                           const std::string& offer) {
    Phone* here = Find(phone);
    if (here == nullptr || here->page == nullptr) {
        return Error{Code::kFailedPrecondition, "NO_PAGE", "Watch the phone before you connect it"};
    }
    if (here->session != session) {
        return Error{Code::kFailedPrecondition, "SUPERSEDED", "another page watches this phone now"};
    }
    if (here->line.empty()) {
        const LegId line(ports_.ids.New());
        const Status opened = ports_.lines.Open(line);
        if (!opened.ok()) {
            return opened.error();
        }
        here->line = line;
    }
    auto answer = ports_.lines.Connect(here->line, offer);
    if (!answer.ok()) {
        return answer;
    }
    here->is_connected = true;
    for (auto& [id, entry] : here->legs) {
        if (entry.is_open) {
            Direct(*here, entry);
        }
    }
    return answer;
}

bool BrowserPhones::IsPresent(const std::string& phone) const {
    const auto found = phones_.find(phone);
    return found != phones_.end() && found->second.is_present;
}

void BrowserPhones::SetPresent(const std::string& name, Phone& phone, bool present) {
    if (phone.is_present != present) {
        phone.is_present = present;
        changed_(name, present);
    }
}

void BrowserPhones::OnMedia(const LegId& line, BrowserMediaState state) {
    for (auto& [name, phone] : phones_) {
        if (phone.line != line) {
            continue;
        }
        const bool was_missing = IsMissing(phone);
        if (state == BrowserMediaState::kLost) {
            phone.is_media_lost = true;
            Missed(phone, was_missing);
        } else if (state == BrowserMediaState::kConnected) {
            phone.is_media_lost = false;
        }
        phone.media = state;
        if (phone.page != nullptr && phone.is_connected) {
            phone.page->TellMedia(state);
        }
        if (!IsMissing(phone)) {
            SetPresent(name, phone, true);
        }
        return;
    }
}

void BrowserPhones::Sweep() {
    const SteadyTime now = ports_.clock.SteadyNow();
    const bool is_sign_due = ++ticks_ % kTicksBetweenSigns == 0;
    for (auto next = phones_.begin(); next != phones_.end();) {
        // What is told below may end legs, but never removes a phone.
        auto& [name, phone] = *next;
        SweepRinging(phone, now);
        if (phone.echo_until != SteadyTime{} && now >= phone.echo_until) {
            StopEcho(phone);
        }
        if (is_sign_due && phone.page != nullptr) {
            phone.page->KeepAlive();
        }
        if (phone.is_present && IsMissing(phone) && now - phone.missing_since >= grace_) {
            GiveUp(name, phone);
        }
        next = phone.page == nullptr && !phone.is_present ? phones_.erase(next) : std::next(next);
    }
}

void BrowserPhones::SweepRinging(Phone& phone, SteadyTime now) {
    std::vector<LegId> unanswered;
    for (const auto& [id, entry] : phone.legs) {
        if (entry.leg.state == BrowserLeg::State::kRinging && now >= entry.ring_until) {
            unanswered.push_back(id);
        }
    }
    for (const LegId& id : unanswered) {
        listener_(id, input::LegEnded{id, kNoAnswer});
    }
}

void BrowserPhones::GiveUp(const std::string& name, Phone& phone) {
    // First, so that whoever rings next looks elsewhere.
    SetPresent(name, phone, false);
    std::map<LegId, BrowserLeg::State> legs;
    for (const auto& [id, entry] : phone.legs) {
        legs[id] = entry.leg.state;
    }
    for (const auto& [id, state] : legs) {
        if (state == BrowserLeg::State::kUp) {
            listener_(id, input::MediaLost{id});
        } else {
            listener_(id, input::LegEnded{id, kUnreachable});
        }
    }
    StopEcho(phone);
    if (!phone.line.empty()) {
        ports_.lines.Close(phone.line);
    }
    phone.line = LegId{};
    phone.is_connected = false;
    phone.media = BrowserMediaState::kNone;
    if (phone.page != nullptr) {
        phone.page->TellMedia(phone.media);
    }
}

void BrowserPhones::Forget(const std::string& phone) {
    Phone* here = Find(phone);
    if (here == nullptr) {
        return;
    }
    if (here->page != nullptr) {
        here->page->Supersede();
        here->page = nullptr;
    }
    GiveUp(phone, *here);
    phones_.erase(phone);
}

Status BrowserPhones::SetEcho(const std::string& phone, bool on) {
    Phone* here = Find(phone);
    if (here == nullptr || !here->is_connected) {
        return Error{Code::kFailedPrecondition, "NO_MEDIA", "connect the phone first"};
    }
    StopEcho(*here);
    if (!on) {
        return {};
    }
    for (const auto& [id, entry] : here->legs) {
        if (IsHeard(entry)) {
            return Error{Code::kFailedPrecondition, "WRONG_STATE", "a call is up on this phone"};
        }
    }
    ports_.lines.Direct(here->line, here->line, LinePort::Way::kBoth);
    ports_.lines.Echo(here->line, true);
    here->echo_until = ports_.clock.SteadyNow() + kLongestEcho;
    return {};
}

void BrowserPhones::StopEcho(Phone& phone) {
    if (phone.echo_until == SteadyTime{}) {
        return;
    }
    phone.echo_until = SteadyTime{};
    ports_.lines.Echo(phone.line, false);
    ports_.lines.Direct(phone.line, phone.line, LinePort::Way::kNone);
}

}  // namespace trunkline::trunk
