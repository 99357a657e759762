// Answering a challenge with the name and password of a trunk (RFC 3261 section 22, RFC 7616).
#pragma once
#include <optional>

#include "sip/message.hpp"
#include "sip/user_agent.hpp"

namespace trunkline::sip {

// A request of ours again with credentials for that 401 or 407. Nothing when `rounds` >= 2, when the account's realm is
// not challenged, or when the challenge came from another host than `asked`: a password is never offered to a stranger.
// The copy has no Via; its CSeq is the caller's task.
struct ChallengeContext {
    const Account& account;
    const Peer& asked;
    const Peer& source;
    int rounds;
};
std::optional<Message> WithCredentials(const Message& request, const Message& challenge,
                                       const ChallengeContext& context);

// Sets the number of the CSeq.
void SetSequence(Message& request, uint32_t number);

}  // namespace trunkline::sip
