// What administrators do: users, roles, units, other people's sessions.
#pragma once
#include "identity/app/own_account.hpp"

namespace trunkline::identity {

struct PutUser {
    User user;             // without an id: a new one, or the one with this login name when a tool asks
    std::string password;  // empty: unchanged, or a one-time password for a new user
};

struct UserStored {
    User user;
    std::string one_time_password;
};

// Safe from any thread; blocks on the store and on the hasher.
class Administration {
 public:
    explicit Administration(Tools& tools) : tools_(tools) {}

    // The shipped roles, and an administrator when there is no user at all; returns his one-time password, once.
    Result<std::string> PrepareFirstStart();

    Result<UserStored> Put(const Actor& actor, PutUser wanted);
    Status DeleteUser(const Actor& actor, const std::string& user_id);
    Result<std::string> ResetPassword(const Actor& actor, const std::string& user_id, bool remove_totp);
    Status RevokeSessions(const Actor& actor, const std::string& user_id, const std::string& session_id);
    Result<Role> PutRole(const Actor& actor, Role role);
    Status DeleteRole(const Actor& actor, const std::string& role_id);
    Result<Unit> PutUnit(const Actor& actor, const Unit& unit);
    Status DeleteUnit(const Actor& actor, const std::string& unit_id);

 private:
    // The user as it will be stored, from what is there and what is wanted.
    Result<User> Merge(const Actor& actor, Records& records, const User& wanted,
                       const Organisation& organisation) const;
    Status CheckGiven(const Actor& actor, const User& before, const User& after,
                      const Organisation& organisation) const;
    // Whoever may act on a user must hold all that he holds, or a password reset would be a way up.
    Status MayTouch(const Actor& actor, const User& user, const Organisation& organisation) const;
    // Somebody must stay who can let others in.
    Status KeepsAdministrator(Records& records, const Organisation& organisation) const;

    Tools& tools_;
};

}  // namespace trunkline::identity
