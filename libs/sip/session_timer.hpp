// Session timers (RFC 4028): a call whose peer has silently gone is noticed and ended.
#pragma once
#include <optional>
#include <string>

#include "sip/message.hpp"
#include "sip/timers.hpp"

namespace trunkline::sip {

// What two peers agreed on.
struct SessionTimerTerms {
    Duration expires{};
    bool we_refresh = false;
};

// Our wishes.
struct SessionTimerSettings {
    Duration expires{};      // 0: we ask for none
    Duration min_expires{};  // smaller ones of the peer are refused
};

// Session-Expires of a message: seconds and refresher ("uac", "uas" or empty). Nothing when absent or malformed.
struct SessionExpires {
    Duration expires{};
    std::string refresher;
};
std::optional<SessionExpires> ReadSessionExpires(const Message& message);
// Min-SE in whole seconds, 0 when absent.
Duration ReadMinSessionExpires(const Message& message);

// Adds Supported: timer, Session-Expires and Min-SE to a request of ours. `refresher` is empty in the first INVITE.
void OfferSessionTimer(Message& request, const SessionTimerSettings& settings, const std::string& refresher);
// Whether the peer's request asks for less than we stand: then 422 with Min-SE.
bool IsTooSmall(const Message& request, const SessionTimerSettings& settings);
// Adds Min-SE to a 422.
void AddMinSessionExpires(Message& response, const SessionTimerSettings& settings);
// What a 2xx of ours to `request` says (section 9); adds Session-Expires and Require to `response`.
std::optional<SessionTimerTerms> AnswerSessionTimer(const Message& request, const SessionTimerSettings& settings,
                                                    Message& response);
// What the peer's 2xx to our request says (section 7.2).
std::optional<SessionTimerTerms> ReadAnsweredTimer(const Message& response);

// Runs the agreed terms: calls `refresh` at half time if that is our task, else `expired` shortly before the end.
class SessionTimer {
 public:
    SessionTimer(Timers& timers, std::function<void()> refresh, std::function<void()> expired);
    // New terms, or none.
    void Set(const std::optional<SessionTimerTerms>& terms);
    void Stop();
    const std::optional<SessionTimerTerms>& terms() const { return terms_; }

 private:
    std::function<void()> refresh_;
    std::function<void()> expired_;
    std::optional<SessionTimerTerms> terms_;
    Timer timer_;
    Timer end_;
};

}  // namespace trunkline::sip
