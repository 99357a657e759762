// Names as the API spells them.
#include "workorder/domain/vocabulary.hpp"

#include <array>
#include <cstddef>

namespace trunkline::workorder {

const char* Name(Step step) {
    static constexpr std::array kNames{"",
                                       "CREATE",
                                       "ACCEPT",
                                       "FEED_BACK",
                                       "VERIFY",
                                       "SEND_BACK",
                                       "CLOSE",
                                       "NOTE",
                                       "APPROVE",
                                       "REJECT",
                                       "DISPATCH",
                                       "REFUSE",
                                       "HANDLE",
                                       "RETURN",
                                       "FORWARD",
                                       "HAND_OVER",
                                       "ASSIST",
                                       "MERGE",
                                       "RELATE",
                                       "URGE",
                                       "ASK_EXTENSION",
                                       "ASK_SUSPENSION",
                                       "GRANT",
                                       "DENY",
                                       "RESUME",
                                       "ESCALATE",
                                       "REOPEN",
                                       "WITHDRAW",
                                       "EDIT",
                                       "RATE",
                                       "ANSWER",
                                       "CLOSE_BY_INCIDENT",
                                       "WARN",
                                       "SEND_CREW"};
    return kNames.at(static_cast<size_t>(step));
}

const char* Name(Phase phase) {
    static constexpr std::array kNames{"",       "DISPATCHED", "ACCEPTED", "FED_BACK",  "VERIFIED",
                                       "CLOSED", "CREATED",    "APPROVED", "WITHDRAWN", "MERGED"};
    return kNames.at(static_cast<size_t>(phase));
}

}  // namespace trunkline::workorder
