// Negotiating and running session timers (RFC 4028 sections 7 to 10).
#include "sip/session_timer.hpp"

#include <algorithm>
#include <charconv>

namespace trunkline::sip {

namespace {
constexpr Duration kSmallestAllowed = std::chrono::seconds(90);  // section 5

std::string Seconds(Duration duration) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count());
}

// "1800;refresher=uac": the number, the rest behind the first semicolon goes to `rest`.
std::optional<Duration> LeadingSeconds(std::string_view text, std::string_view& rest) {
    uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    rest = text.substr(static_cast<size_t>(end - text.data()));
    return std::chrono::seconds(number);
}

std::string RefresherOf(std::string_view parameters) {
    const size_t at = parameters.find("refresher=");
    if (at == std::string_view::npos) return "";
    const std::string_view value = parameters.substr(at + 10, 3);
    return value == "uac" || value == "uas" ? std::string(value) : "";
}
}  // namespace

std::optional<SessionExpires> ReadSessionExpires(const Message& message) {
    const std::string* value = message.Find("Session-Expires");
    if (value == nullptr) return std::nullopt;
    std::string_view rest;
    const auto expires = LeadingSeconds(*value, rest);
    if (!expires) return std::nullopt;
    return SessionExpires{*expires, RefresherOf(rest)};
}

Duration ReadMinSessionExpires(const Message& message) {
    std::string_view rest;
    return LeadingSeconds(message.Get("Min-SE"), rest).value_or(Duration::zero());
}

void OfferSessionTimer(Message& request, const SessionTimerSettings& settings, const std::string& refresher) {
    if (settings.expires == Duration::zero()) return;
    const Duration expires = std::max(settings.expires, settings.min_expires);
    request.Add("Session-Expires", Seconds(expires) + (refresher.empty() ? "" : ";refresher=" + refresher));
    if (settings.min_expires > Duration::zero()) request.Add("Min-SE", Seconds(settings.min_expires));
}

void AddMinSessionExpires(Message& response, const SessionTimerSettings& settings) {
    response.Add("Min-SE", Seconds(settings.min_expires));
}

bool IsTooSmall(const Message& request, const SessionTimerSettings& settings) {
    const auto asked = ReadSessionExpires(request);
    if (!asked || settings.expires == Duration::zero()) return false;
    return asked->expires < settings.min_expires && request.HasToken("Supported", "timer");
}

std::optional<SessionTimerTerms> AnswerSessionTimer(const Message& request, const SessionTimerSettings& settings,
                                                    Message& response) {
    if (settings.expires == Duration::zero()) return std::nullopt;
    const auto asked = ReadSessionExpires(request);
    const bool peer_knows = request.HasToken("Supported", "timer") || request.HasToken("Require", "timer");
    const Duration lowest = std::max({ReadMinSessionExpires(request), settings.min_expires, kSmallestAllowed});
    Duration expires = std::max(settings.expires, lowest);
    if (asked) expires = std::min(asked->expires, expires);  // a response may shorten, never lengthen
    // Without the peer's support we can only refresh ourselves.
    const std::string refresher = !peer_knows ? "uas" : asked && !asked->refresher.empty() ? asked->refresher : "uac";
    response.Add("Session-Expires", Seconds(expires) + ";refresher=" + refresher);
    if (refresher == "uac") response.Add("Require", "timer");
    return SessionTimerTerms{expires, refresher == "uas"};
}

std::optional<SessionTimerTerms> ReadAnsweredTimer(const Message& response) {
    const auto answered = ReadSessionExpires(response);
    if (!answered || answered->expires < kSmallestAllowed) return std::nullopt;
    return SessionTimerTerms{answered->expires, answered->refresher != "uas"};
}

SessionTimer::SessionTimer(Timers& timers, std::function<void()> refresh, std::function<void()> expired)
    : refresh_(std::move(refresh)), expired_(std::move(expired)), timer_(timers), end_(timers) {}

void SessionTimer::Set(const std::optional<SessionTimerTerms>& terms) {
    Stop();
    terms_ = terms;
    if (!terms_) return;
    if (terms_->we_refresh) timer_.Start(terms_->expires / 2, [this] { refresh_(); });
    // Section 10: BYE the smaller of 32 s and a third of the interval before the end.
    const Duration early = std::min<Duration>(std::chrono::seconds(32), terms_->expires / 3);
    end_.Start(terms_->expires - early, [this] { expired_(); });
}

void SessionTimer::Stop() {
    timer_.Stop();
    end_.Stop();
}

}  // namespace trunkline::sip
