// Limits of what may be set.
#include "acd/domain/callback.hpp"

namespace trunkline::acd {

Status Validate(const CallbackSettings& settings) {
    const auto invalid = [](const std::string& text) {
        return Error{Code::kInvalidArgument, "INVALID_QUEUE", "callbacks." + text};
    };
    using std::chrono::hours;
    using std::chrono::minutes;
    using std::chrono::seconds;
    if (settings.ring_limit < seconds(5) || settings.ring_limit > minutes(2)) {
        return invalid("ring_limit must be between 5 s and 2 min");
    }
    if (settings.tries < 1 || settings.tries > 10) {
        return invalid("tries must be between 1 and 10");
    }
    if (settings.retry_after < seconds(1) || settings.retry_after > hours(24)) {
        return invalid("retry_after must be between 1 s and 24 h");
    }
    if (settings.expires_after < minutes(1) || settings.expires_after > hours(24 * 7)) {
        return invalid("expires_after must be between 1 min and 7 days");
    }
    if (settings.greeting.size() > 1000) {
        return invalid("greeting must be at most 1000 bytes");
    }
    return {};
}

}  // namespace trunkline::acd
