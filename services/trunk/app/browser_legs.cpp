// Legs on the telephones of browsers: rung, answered, held, ended.
#include "trunk/app/browser_phones.hpp"

namespace trunkline::trunk {
namespace {

// Calls, held ones among them, that one person can keep in mind.
constexpr size_t kMostLegs = 4;
const EndCause kRejected{EndResult::kClientError, "REJECTED", 603};

Error UnknownLeg(const LegId& leg) {
    return {Code::kNotFound, "UNKNOWN_LEG", "no leg " + leg.str() + " on this phone"};
}
Error WrongState(const std::string& why) { return {Code::kFailedPrecondition, "WRONG_STATE", why}; }

}  // namespace

BrowserPhones::Phone* BrowserPhones::PhoneOf(const LegId& leg) {
    const auto found = phone_of_.find(leg);
    return found == phone_of_.end() ? nullptr : Find(found->second);
}

Result<BrowserPhones::Entry*> BrowserPhones::FindLeg(const std::string& phone, const LegId& leg) {
    Phone* here = Find(phone);
    if (here == nullptr) {
        return UnknownLeg(leg);
    }
    const auto found = here->legs.find(leg);
    return found == here->legs.end() ? Result<Entry*>(UnknownLeg(leg)) : Result<Entry*>(&found->second);
}

Result<BrowserPhones::Entry*> BrowserPhones::RingingLeg(const std::string& phone, const LegId& leg) {
    auto found = FindLeg(phone, leg);
    if (found.ok() && (*found)->leg.state != BrowserLeg::State::kRinging) {
        return WrongState("the leg does not ring");
    }
    return found;
}

bool BrowserPhones::IsHeard(const Entry& entry) { return entry.leg.state == BrowserLeg::State::kUp && !entry.leg.held; }

void BrowserPhones::TellPage(const Phone& phone, const Entry& entry) {
    if (phone.page != nullptr) {
        phone.page->TellLeg(entry.leg);
    }
}

void BrowserPhones::Direct(Phone& phone, Entry& entry) {
    using Way = LinePort::Way;
    const Way otherwise = entry.leg.held_by_other ? Way::kToPhone : Way::kBoth;
    ports_.lines.Direct(phone.line, entry.leg.id, entry.leg.held ? Way::kNone : otherwise);
}

// ---- from pages ----

Status BrowserPhones::AnswerLeg(const std::string& phone, const LegId& leg) {
    const auto found = RingingLeg(phone, leg);
    if (!found.ok()) {
        return found.error();
    }
    Phone& here = *Find(phone);
    if (!here.is_connected) {
        return Error{Code::kFailedPrecondition, "NO_MEDIA", "connect the phone first"};
    }
    const Status opened = ports_.lines.OpenLeg(leg);
    if (!opened.ok()) {
        return opened;
    }
    StopEcho(here);
    HoldOthers(here, leg);
    Entry& entry = **found;
    entry.is_open = true;
    entry.leg.state = BrowserLeg::State::kUp;
    entry.leg.answered = ports_.clock.Now();
    Direct(here, entry);
    ports_.lines.Lend(here.line, leg);
    TellPage(here, entry);
    listener_(leg, input::LegAnswered{leg});
    return {};
}

Status BrowserPhones::RejectLeg(const std::string& phone, const LegId& leg) {
    const auto found = RingingLeg(phone, leg);
    if (!found.ok()) {
        return found.error();
    }
    listener_(leg, input::LegEnded{leg, kRejected});
    return {};
}

Status BrowserPhones::HangUpLeg(const std::string& phone, const LegId& leg) {
    const auto found = FindLeg(phone, leg);
    if (!found.ok()) {
        return found.error();
    }
    const bool is_up = (*found)->leg.state == BrowserLeg::State::kUp;
    listener_(leg, input::LegEnded{leg, is_up ? cause::kRemoteHangUp : kRejected});
    return {};
}

Status BrowserPhones::HoldLeg(const std::string& phone, const LegId& leg, bool hold) {
    const auto found = FindLeg(phone, leg);
    if (!found.ok()) {
        return found.error();
    }
    Entry& entry = **found;
    if (entry.leg.state != BrowserLeg::State::kUp) {
        return WrongState("the leg is not up");
    }
    Phone& here = *Find(phone);
    if (!hold) {
        HoldOthers(here, leg);
    }
    if (entry.leg.held != hold) {
        SetHeld(here, entry, hold);
    }
    if (!hold) {
        ports_.lines.Lend(here.line, leg);
    }
    return {};
}

void BrowserPhones::HoldOthers(Phone& phone, const LegId& leg) {
    for (auto& [id, entry] : phone.legs) {
        if (id != leg && IsHeard(entry)) {
            SetHeld(phone, entry, true);
        }
    }
}

void BrowserPhones::SetHeld(Phone& phone, Entry& entry, bool held) {
    entry.leg.held = held;
    Direct(phone, entry);
    TellPage(phone, entry);
    listener_(entry.leg.id, input::PeerHeld{entry.leg.id, held});
}

Status BrowserPhones::SendDigits(const std::string& phone, const LegId& leg, const std::string& digits) {
    const auto found = FindLeg(phone, leg);
    if (!found.ok()) {
        return found.error();
    }
    if (!IsHeard(**found)) {
        return WrongState("the leg is not up, or held");
    }
    return ports_.lines.PressDigits(leg, digits);
}

// ---- from calls ----

Status BrowserPhones::Dial(const action::Dial& dial) {
    const auto* target = std::get_if<PhoneTarget>(&dial.target);
    Phone* here = target == nullptr ? nullptr : Find(target->name);
    if (here == nullptr || !here->is_present) {
        return Error{Code::kUnavailable, "PHONE_NOT_REGISTERED", "no page has this phone"};
    }
    if (here->legs.size() >= kMostLegs) {
        return Error{Code::kResourceExhausted, "WRONG_STATE", "phone " + target->name + " has four calls already"};
    }
    Entry entry;
    entry.leg.id = dial.leg;
    entry.leg.caller_number = dial.caller_number;
    entry.leg.caller_name = dial.caller_name;
    entry.leg.data = dial.headers;
    entry.leg.started = ports_.clock.Now();
    entry.ring_until = ports_.clock.SteadyNow() + dial.ring_limit;
    here->legs.emplace(dial.leg, std::move(entry));
    phone_of_.emplace(dial.leg, target->name);
    return {};
}

Status BrowserPhones::Answer(const LegId&) { return WrongState("a telephone in a browser places no calls"); }

Status BrowserPhones::Reject(const LegId&, int) { return WrongState("a telephone in a browser places no calls"); }

void BrowserPhones::CloseMedia(Phone&, Entry& entry) {
    if (entry.is_open) {
        entry.is_open = false;
        ports_.lines.CloseLeg(entry.leg.id);
    }
}

void BrowserPhones::End(const LegId& leg) {
    // The page is told when the call tells why.
    if (Phone* here = PhoneOf(leg)) {
        CloseMedia(*here, here->legs.at(leg));
    }
}

Status BrowserPhones::OfferHold(const LegId& leg, bool hold) {
    Phone* here = PhoneOf(leg);
    if (here == nullptr) {
        return UnknownLeg(leg);
    }
    Entry& entry = here->legs.at(leg);
    entry.leg.held_by_other = hold;
    if (entry.is_open) {
        Direct(*here, entry);
    }
    TellPage(*here, entry);
    return {};
}

Status BrowserPhones::AnswerTransfer(const LegId&, bool, int) { return WrongState("no transfer was asked for"); }

Status BrowserPhones::ReportTransfer(const LegId&, int) { return WrongState("no transfer was asked for"); }

void BrowserPhones::Tell(const Call& call, const Event& event, TimePoint) {
    if (const auto* started = std::get_if<event::LegStarted>(&event)) {
        if (Phone* here = PhoneOf(started->leg)) {
            Entry& entry = here->legs.at(started->leg);
            entry.leg.call = call.id;
            entry.leg.contact = call.contact;
            TellPage(*here, entry);
            listener_(started->leg, input::LegRang{started->leg, false});
        }
    } else if (const auto* ended = std::get_if<event::LegEnded>(&event)) {
        if (Phone* here = PhoneOf(ended->leg)) {
            const auto found = here->legs.find(ended->leg);
            CloseMedia(*here, found->second);
            found->second.leg.state = BrowserLeg::State::kEnded;
            found->second.leg.cause = ended->cause;
            TellPage(*here, found->second);
            here->legs.erase(found);
            phone_of_.erase(ended->leg);
        }
    }
}

}  // namespace trunkline::trunk
