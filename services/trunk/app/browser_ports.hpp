// What the telephones in browsers need from the outside, and what their pages are told. All of it on the SIP thread.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "result/result.hpp"
#include "trunk/domain/call.hpp"

namespace trunkline::trunk {

// The audio of the telephones. A line is the standing session with a page; legs are heard on it one at a time.
class LinePort {
 public:
    enum class Way { kBoth, kToPhone, kNone };

    virtual ~LinePort() = default;
    // NO_MEDIA_PORT.
    virtual Status Open(const LegId& line) = 0;
    virtual void Close(const LegId& line) = 0;
    // The answer to a page's offer; INVALID when it cannot be taken.
    virtual Result<std::string> Connect(const LegId& line, const std::string& offer) = 0;
    virtual Status OpenLeg(const LegId& leg) = 0;
    virtual void CloseLeg(const LegId& leg) = 0;
    // `leg` is heard from now on; the line itself takes it back.
    virtual void Lend(const LegId& line, const LegId& leg) = 0;
    virtual void Direct(const LegId& line, const LegId& leg, Way way) = 0;
    virtual void Echo(const LegId& line, bool on) = 0;
    // INVALID_DIGIT.
    virtual Status PressDigits(const LegId& leg, const std::string& digits) = 0;
};

// A leg as a page sees it.
struct BrowserLeg {
    enum class State { kRinging, kUp, kEnded };

    LegId id;
    CallId call;
    ContactId contact;
    State state = State::kRinging;
    bool held = false;           // by the telephone
    bool held_by_other = false;  // by the application
    std::string caller_number;
    std::string caller_name;
    std::map<std::string, std::string> data;
    TimePoint started{};
    std::optional<TimePoint> answered;
    EndCause cause;  // when it has ended
};

enum class BrowserMediaState { kNone, kConnecting, kConnected, kLost };

// What a page is told first.
struct PageSnapshot {
    std::string session;
    std::vector<BrowserLeg> legs;
    BrowserMediaState media = BrowserMediaState::kNone;
    Duration grace{};
};

// One Watch of a page.
class BrowserPage {
 public:
    virtual ~BrowserPage() = default;
    virtual void TellSnapshot(const PageSnapshot& snapshot) = 0;
    virtual void TellLeg(const BrowserLeg& leg) = 0;
    virtual void TellMedia(BrowserMediaState state) = 0;
    virtual void KeepAlive() = 0;
    // Another page came, or the phone was deleted: the last that is told.
    virtual void Supersede() = 0;
};

}  // namespace trunkline::trunk
