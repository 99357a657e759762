// What everybody may do with his own account: password, language, code generator, sessions.
#pragma once
#include "identity/app/front_door.hpp"

namespace trunkline::identity {

struct TotpOffer {
    std::string secret;
    std::string uri;
};

// Safe from any thread; blocks on the store and on the hasher. Every method is for `actor.user`.
class OwnAccount {
 public:
    explicit OwnAccount(Tools& tools) : tools_(tools) {}

    Status ChangePassword(const Actor& actor, const std::string& old_password, const std::string& new_password);
    Result<User> SetLanguage(const Actor& actor, const std::string& language);
    Result<TotpOffer> BeginTotp(const Actor& actor);
    Status ConfirmTotp(const Actor& actor, const std::string& code);
    Status RemoveTotp(const Actor& actor, const std::string& password);
    Result<std::vector<Session>> ListSessions(const Actor& actor);
    // An empty id ends all but the actor's present one.
    Status EndSessions(const Actor& actor, const std::string& session_id);

 private:
    Result<User> Load(const Actor& actor);
    // Counts wrong attempts as a log-in does, so that a stolen session is no way to guess the password.
    Result<User> Prove(const Actor& actor, const std::string& password);

    Tools& tools_;
};

// Ends the user's sessions but `keep`, and tells the bus.
void EndSessionsOf(Records& records, const User& user, const std::string& keep, const std::string& reason,
                   TimePoint now);
AuditEntry By(const Actor& actor, TimePoint now, const std::string& action, const std::string& target,
              const std::string& detail = "");

}  // namespace trunkline::identity
