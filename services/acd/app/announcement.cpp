// The texts of place-in-queue announcements.
#include "acd/app/announcement.hpp"

#include <algorithm>

namespace trunkline::acd {
namespace {

constexpr const char* kAheadChinese = "您前面还有{ahead}位，请稍候";
constexpr const char* kNextChinese = "您是下一位，请稍候";
constexpr const char* kAheadEnglish = "Callers ahead of you: {ahead}. Please hold the line";
constexpr const char* kNextEnglish = "You are next, please hold the line";

std::string OwnOr(const std::string& own, const std::string& built_in) { return own.empty() ? built_in : own; }

std::string Filled(std::string text, const std::string& field, int64_t number) {
    const std::string value = std::to_string(number);
    for (size_t at = text.find(field); at != std::string::npos; at = text.find(field)) {
        text.replace(at, field.size(), value);
    }
    return text;
}

}  // namespace

std::string AnnouncementFor(const QueueSettings& queue, size_t place, std::optional<Duration> expected_wait) {
    const bool english = queue.language.starts_with("en");
    const int64_t ahead = place <= 1 ? 0 : static_cast<int64_t>(place) - 1;
    if (expected_wait && !queue.wait_text.empty()) {
        // Rounded up, so that nobody is promised less than he will wait.
        const int64_t minutes = std::chrono::ceil<std::chrono::minutes>(*expected_wait).count();
        return Filled(Filled(queue.wait_text, "{ahead}", ahead), "{minutes}", std::max<int64_t>(1, minutes));
    }
    if (ahead == 0) {
        return OwnOr(queue.next_text, english ? kNextEnglish : kNextChinese);
    }
    return Filled(OwnOr(queue.announcement_text, english ? kAheadEnglish : kAheadChinese), "{ahead}", ahead);
}

}  // namespace trunkline::acd
