// Who may set which reason.
#include "acd/domain/reasons.hpp"

#include "acd/domain/queue.hpp"

namespace trunkline::acd {

Status Validate(const Reason& reason) {
    if (!IsWord(reason.word)) {
        return Error{Code::kInvalidArgument, "INVALID_REASON",
                     "reason must be one word of letters, digits, '.', '_', '-'"};
    }
    if (reason.limit < Duration::zero() || reason.limit > std::chrono::hours(24)) {
        return Error{Code::kInvalidArgument, "INVALID_REASON", "limit must be between 0 and 24 h"};
    }
    return {};
}

Status MaySet(const Reasons& reasons, const std::string& word, const std::string& set_by) {
    if (reasons.empty() || set_by == "system") {
        return {};
    }
    const auto found = reasons.find(word);
    if (found == reasons.end()) {
        return Error{Code::kInvalidArgument, "UNKNOWN_REASON",
                     "'" + word + "' is not a reason for being not ready; ListReasons names them"};
    }
    if (set_by == "supervisor" ? !found->second.supervisor : !found->second.agent) {
        return Error{Code::kPermissionDenied, "REASON_NOT_ALLOWED", "this caller may not set " + word};
    }
    return {};
}

}  // namespace trunkline::acd
