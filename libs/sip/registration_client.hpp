// Keeps one registration of ours alive at a carrier (RFC 3261 section 10.2): REGISTER, refresh, back-off, removal.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "sip/user_agent.hpp"

namespace trunkline::sip {

struct RegistrationSettings {
    Uri registrar;                                       // request URI, such as sip:carrier.example
    NameAddr address_of_record;                          // From and To
    std::string contact_user;                            // user part of our Contact
    std::optional<Hop> next_hop;                         // empty: the registrar's host
    std::optional<Account> account;                      // for 401 and 407
    Duration expires = std::chrono::seconds(600);        // asked for; the registrar may shorten it
    Duration first_retry = std::chrono::seconds(5);      // after a failure, doubled each time
    Duration longest_retry = std::chrono::seconds(300);  // up to this
};

struct RegistrationStatus {
    enum class State { kTrying, kRegistered, kFailed, kRemoved };
    State state = State::kTrying;
    int status = 0;      // of the last response
    std::string reason;  // its phrase
    Duration expires{};  // granted, when registered
};

// On the SIP thread. Destroying it stops refreshing but tells the carrier nothing; call Remove for that.
class RegistrationClient {
 public:
    using Changed = std::function<void(const RegistrationStatus&)>;
    RegistrationClient(UserAgent& user_agent, Timers& timers, RegistrationSettings settings, Changed changed);
    ~RegistrationClient();

    void Start();
    // Expires: 0; kRemoved follows, also when nobody answers.
    void Remove();
    const RegistrationStatus& status() const;

 private:
    struct State;
    std::shared_ptr<State> state_;  // shared with the answer under way, which finds it stopped
};

}  // namespace trunkline::sip
