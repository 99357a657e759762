// What identity needs from outside: records in one transaction, hashing of passwords, secrets.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "identity/domain/login_guard.hpp"
#include "identity/domain/session.hpp"
#include "identity/domain/totp.hpp"
#include "identity/domain/user.hpp"

namespace trunkline::identity {

struct UserFilter {
    std::string unit;
    std::string role;
    std::string search;
    int limit = 100;
    std::string after;  // login name; page token of the page before
};

struct UserPage {
    std::vector<User> users;
    std::string next;
};

class UserRecords {
 public:
    virtual ~UserRecords() = default;
    // By id or login name, locked until the transaction ends.
    virtual std::optional<User> Find(const std::string& id_or_login_name) = 0;
    virtual void Save(const User& user) = 0;
    virtual void Delete(const std::string& id) = 0;
    virtual UserPage List(const UserFilter& filter) = 0;
    // Wrong attempts under a name, whether it exists or not; also locked.
    virtual Attempts LoadAttempts(const std::string& login_name) = 0;
    virtual void SaveAttempts(const std::string& login_name, const std::optional<Attempts>& attempts) = 0;
};

class OrganisationRecords {
 public:
    virtual ~OrganisationRecords() = default;
    virtual Organisation Load() = 0;
    virtual void SaveUnit(const Unit& unit) = 0;
    virtual void SaveRole(const Role& role) = 0;
    // False when something still hangs on it.
    virtual bool DeleteUnit(const std::string& id) = 0;
    virtual bool DeleteRole(const std::string& id) = 0;
};

class SessionRecords {
 public:
    virtual ~SessionRecords() = default;
    virtual void Insert(const Session& session, const std::string& token_hash) = 0;
    virtual std::optional<Session> FindByHash(const std::string& token_hash) = 0;
    virtual std::optional<Session> Find(const std::string& id) = 0;
    virtual void Touch(const std::string& id, TimePoint seen) = 0;
    virtual void Delete(const std::string& id) = 0;
    // Of a user, or everybody's; newest first, at most 1000.
    virtual std::vector<Session> List(const std::string& user) = 0;
    virtual void DeleteDead(TimePoint now, const SessionLimits& limits) = 0;
};

struct AuditEntry {
    uint64_t number = 0;
    TimePoint time{};
    std::string actor;
    std::string actor_name;
    std::string action;
    std::string target;
    std::string detail;
    std::string client_address;
};

struct AuditFilter {
    std::string actor;
    std::string action;
    std::string target;
    std::optional<TimePoint> from;
    std::optional<TimePoint> to;
    int limit = 100;
    uint64_t before = 0;  // page token: entries with lower numbers; 0: from the newest
};

// What happened, for people and for the bus.
class Journal {
 public:
    virtual ~Journal() = default;
    virtual void Audit(const AuditEntry& entry) = 0;
    virtual std::vector<AuditEntry> List(const AuditFilter& filter) = 0;
    virtual void UserChanged(const User& user, const std::string& change, TimePoint now) = 0;
    virtual void RoleChanged(const std::string& role, bool deleted, TimePoint now) = 0;
    virtual void UnitChanged(const std::string& unit, bool deleted, TimePoint now) = 0;
    virtual void SessionOpened(const Session& session, const std::string& agent, TimePoint now) = 0;
    virtual void SessionEnded(const Session& session, const std::string& agent, const std::string& reason,
                              TimePoint now) = 0;
};

struct Records {
    UserRecords& users;
    OrganisationRecords& organisation;
    SessionRecords& sessions;
    Journal& journal;
};

class Store {
 public:
    virtual ~Store() = default;
    // One transaction; an Error returned by `work` rolls it back and comes back as it is.
    virtual Status Run(const std::function<Status(Records&)>& work) = 0;
};

class PasswordHasher {
 public:
    virtual ~PasswordHasher() = default;
    // kResourceExhausted (LOG_IN_BUSY) when too many wait already.
    virtual Result<std::string> Hash(const std::string& password) = 0;
    // An empty hash takes the same time and never fits.
    virtual Result<bool> Verify(const std::string& hash, const std::string& password) = 0;
};

class Secrets {
 public:
    virtual ~Secrets() = default;
    // 256 random bits in 43 letters that fit a cookie.
    virtual std::string NewToken() = 0;
    virtual std::string HashToken(const std::string& token) = 0;
    // To be typed by a person once.
    virtual std::string NewPassword() = 0;
    // 20 random bytes.
    virtual std::string NewTotpKey() = 0;
    virtual Hmac HmacSha1() = 0;
};

// Who asks.
struct Actor {
    std::string user;  // empty: a service or an operator's tool
    std::string name = "system";
    std::string session;
    std::string client_address;
    std::set<std::string> rights;  // "right" or "right@unit"

    bool IsSystem() const { return user.empty(); }
};

}  // namespace trunkline::identity
