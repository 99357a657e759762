// Signing in and out, and what stands between a cookie and a user.
#pragma once
#include <mutex>

#include "identity/app/ports.hpp"
#include "ids/ids.hpp"

namespace trunkline::identity {

struct LogIn {
    std::string login_name;
    std::string password;
    std::string totp_code;
    std::string client_address;
    std::string user_agent;
};

// A user with a session, and what he may do now.
struct Identified {
    Session session;
    User user;
    std::set<std::string> rights;
    std::string pending;  // empty, PASSWORD_CHANGE_REQUIRED or TOTP_REQUIRED
};

struct Opened {
    std::string token;
    Identified identified;
};

struct FrontDoorConfig {
    SessionLimits limits;
    std::vector<std::string> totp_roles;  // who holds one of these must have a code generator
};

// What the use cases share.
struct Tools {
    Store& store;
    PasswordHasher& hasher;
    Secrets& secrets;
    const Clock& clock;
    IdGenerator& ids;
    std::set<std::string> known_rights;
};

// Safe from any thread; blocks on the store and on the hasher.
class FrontDoor {
 public:
    // Told how a log-in ended: "ok", "refused", "delayed", "busy".
    using Observer = std::function<void(const std::string& result)>;

    FrontDoor(Tools& tools, FrontDoorConfig config, Observer observer)
        : tools_(tools), config_(std::move(config)), observer_(std::move(observer)) {}

    Result<Opened> Open(const LogIn& login);
    Result<Identified> Check(const std::string& token);
    Status Close(const std::string& token);

 private:
    // Counts the attempt before the password is looked at, so that guesses made at once count as well.
    Status CountAttempt(const LogIn& login, std::optional<User>& user);
    Status Prove(const LogIn& login, const std::optional<User>& user, int64_t& totp_step);
    Status Refuse(const LogIn& login, const std::string& why);
    Result<Opened> Admit(const LogIn& login, const std::string& user_id, int64_t totp_step);
    Identified Identify(Records& records, const Session& session, const User& user) const;

    Tools& tools_;
    const FrontDoorConfig config_;
    const Observer observer_;
    std::mutex mutex_;
    AddressGuard addresses_;
};

}  // namespace trunkline::identity
