// The texts of place-in-queue announcements.
#include "acd/app/announcement.hpp"

namespace trunkline::acd {
namespace {

constexpr const char* kAheadChinese = "您前面还有{ahead}位，请稍候";
constexpr const char* kNextChinese = "您是下一位，请稍候";
constexpr const char* kAheadEnglish = "Callers ahead of you: {ahead}. Please hold the line";
constexpr const char* kNextEnglish = "You are next, please hold the line";

std::string OwnOr(const std::string& own, const std::string& built_in) { return own.empty() ? built_in : own; }

}  // namespace

std::string AnnouncementFor(const QueueSettings& queue, size_t place) {
    const bool english = queue.language.starts_with("en");
    if (place <= 1) {
        return OwnOr(queue.next_text, english ? kNextEnglish : kNextChinese);
    }
    static const std::string kField = "{ahead}";
    std::string text = OwnOr(queue.announcement_text, english ? kAheadEnglish : kAheadChinese);
    for (size_t at = text.find(kField); at != std::string::npos; at = text.find(kField)) {
        text.replace(at, kField.size(), std::to_string(place - 1));
    }
    return text;
}

}  // namespace trunkline::acd
