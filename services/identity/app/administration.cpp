// Users: add, change, delete, reset. Roles, units and sessions are in organisation.cpp.
#include "identity/app/administration.hpp"

#include <algorithm>

#include "identity/domain/shipped_roles.hpp"
#include "identity/domain/words.hpp"

namespace trunkline::identity {
namespace {

constexpr const char* kWriteUsers = "identity.users.write";

Error NoSuchUser(const std::string& id) {
    return {Code::kNotFound, "USER_NOT_FOUND", "there is no user " + id.substr(0, 64)};
}

std::string Describe(const User& before, const User& after) {
    std::string text;
    const auto note = [&](const std::string& what, const std::string& was, const std::string& is) {
        if (was != is) {
            text += (text.empty() ? "" : "; ") + what + ": " + was + " -> " + is;
        }
    };
    const auto roles = [](const User& user) {
        std::string list;
        for (const Assignment& held : user.roles) {
            list += (list.empty() ? "" : ", ") + held.role + (held.unit.empty() ? "" : "@" + held.unit);
        }
        return list;
    };
    note("login name", before.login_name, after.login_name);
    note("name", before.name, after.name);
    note("agent", before.agent, after.agent);
    note("unit", before.unit, after.unit);
    note("disabled", before.disabled ? "yes" : "no", after.disabled ? "yes" : "no");
    note("roles", roles(before), roles(after));
    return text;
}

}  // namespace

Result<std::string> Administration::PrepareFirstStart() {
    const std::string password = tools_.secrets.NewPassword();
    const auto hash = tools_.hasher.Hash(password);
    if (!hash.ok()) {
        return hash.error();
    }
    bool created = false;
    const Status done = tools_.store.Run([&](Records& records) -> Status {
        const TimePoint now = tools_.clock.Now();
        const Organisation organisation = records.organisation.Load();
        for (const Role& shipped : ShippedRoles()) {
            const Role* present = organisation.FindRole(shipped.id);
            const bool stale = present != nullptr && present->shipped && present->patterns != shipped.patterns;
            if (present == nullptr || stale) {
                records.organisation.SaveRole(shipped);
                records.journal.RoleChanged(shipped.id, false, now);
            }
        }
        if (!records.users.List({}).users.empty()) {
            return {};
        }
        User administrator;
        administrator.id = tools_.ids.New();
        administrator.login_name = "admin";
        administrator.name = "管理员";
        administrator.roles = {{kAdministratorRole, ""}};
        administrator.created = now;
        administrator.revision = 1;
        administrator.password_hash = *hash;
        administrator.must_change_password = true;
        records.users.Save(administrator);
        records.journal.UserChanged(administrator, "CREATED", now);
        records.journal.Audit(By({}, now, "USER_CREATED", administrator.login_name, "first start"));
        created = true;
        return {};
    });
    return done.ok() ? Result<std::string>(created ? password : "") : Result<std::string>(done.error());
}

Status Administration::MayTouch(const Actor& actor, const User& user, const Organisation& organisation) const {
    if (actor.IsSystem()) {
        return {};
    }
    for (const Assignment& held : user.roles) {
        if (Status may = MayAssign(actor.rights, held, organisation, tools_.known_rights); !may.ok()) {
            return may;
        }
    }
    const bool here = !user.unit.empty() && actor.rights.contains(std::string(kWriteUsers) + "@" + user.unit);
    if (!actor.rights.contains(kWriteUsers) && !here) {
        return Error{Code::kPermissionDenied, "UNIT_NOT_YOURS", "this user belongs to a unit that is not yours"};
    }
    return {};
}

Status Administration::CheckGiven(const Actor& actor, const User& before, const User& after,
                                  const Organisation& organisation) const {
    if (Status sound = CheckUser(after, organisation); !sound.ok()) {
        return sound;
    }
    for (const Assignment& given : after.roles) {
        // What a tool gives must exist as well, so the check is made with every right.
        const auto& held = actor.IsSystem() ? tools_.known_rights : actor.rights;
        if (Status may = MayAssign(held, given, organisation, tools_.known_rights); !may.ok()) {
            return may;
        }
    }
    if (!before.id.empty()) {
        if (Status may = MayTouch(actor, before, organisation); !may.ok()) {
            return may;
        }
    }
    return MayTouch(actor, after, organisation);
}

Result<User> Administration::Merge(const Actor& actor, Records& records, const User& wanted,
                                   const Organisation& organisation) const {
    auto found = records.users.Find(wanted.id.empty() ? wanted.login_name : wanted.id);
    if (!wanted.id.empty() && !found) {
        return NoSuchUser(wanted.id);
    }
    // A set-up file names people by their login name and may be brought in again.
    if (wanted.id.empty() && found && !actor.IsSystem()) {
        return Error{Code::kAlreadyExists, "LOGIN_NAME_TAKEN",
                     "user.login_name: " + wanted.login_name + " belongs to somebody already"};
    }
    if (found && wanted.revision != 0 && wanted.revision != found->revision) {
        return Error{Code::kAborted, "USER_CHANGED", "somebody else has changed this user; load him again"};
    }
    const User before = found.value_or(User{});
    User after = before;
    if (!found) {
        after.id = tools_.ids.New();
        after.created = tools_.clock.Now();
    }
    after.login_name = wanted.login_name;
    after.name = wanted.name;
    after.agent = wanted.agent;
    after.unit = wanted.unit;
    after.language = wanted.language.empty() ? before.language : wanted.language;
    after.disabled = wanted.disabled;
    after.roles = wanted.roles;
    std::sort(after.roles.begin(), after.roles.end());
    after.roles.erase(std::unique(after.roles.begin(), after.roles.end()), after.roles.end());
    ++after.revision;
    if (Status sound = CheckGiven(actor, before, after, organisation); !sound.ok()) {
        return sound.error();
    }
    return after;
}

Status Administration::KeepsAdministrator(Records& records, const Organisation& organisation) const {
    UserFilter filter;
    filter.limit = 10'000;
    for (const User& user : records.users.List(filter).users) {
        if (!user.disabled && EffectiveRights(user.roles, organisation, tools_.known_rights).contains(kWriteUsers)) {
            return {};
        }
    }
    return Error{Code::kFailedPrecondition, "LAST_ADMINISTRATOR",
                 "nobody would be left who can change users; give another one the right first"};
}

Result<UserStored> Administration::Put(const Actor& actor, PutUser wanted) {
    wanted.user.login_name = Lower(wanted.user.login_name);
    if (!wanted.password.empty()) {
        if (Status sound = CheckPassword(wanted.password, wanted.user.login_name); !sound.ok()) {
            return sound.error();
        }
    }
    UserStored stored;
    std::string hash;
    if (wanted.password.empty() && wanted.user.id.empty()) {
        stored.one_time_password = tools_.secrets.NewPassword();
    }
    if (const std::string& text = wanted.password.empty() ? stored.one_time_password : wanted.password; !text.empty()) {
        auto hashed = tools_.hasher.Hash(text);
        if (!hashed.ok()) {
            return hashed.error();
        }
        hash = std::move(hashed).value();
    }
    const Status done = tools_.store.Run([&](Records& records) -> Status {
        const Organisation organisation = records.organisation.Load();
        const User before =
            records.users.Find(wanted.user.id.empty() ? wanted.user.login_name : wanted.user.id).value_or(User{});
        auto merged = Merge(actor, records, wanted.user, organisation);
        if (!merged.ok()) {
            return merged.error();
        }
        User& user = merged.value();
        const TimePoint now = tools_.clock.Now();
        if (!hash.empty()) {
            user.password_hash = hash;
            user.must_change_password = wanted.password.empty();
        }
        records.users.Save(user);
        if (user.disabled || (!before.id.empty() && !hash.empty())) {
            EndSessionsOf(records, user, actor.session, user.disabled ? "USER_DISABLED" : "PASSWORD_CHANGED", now);
        }
        if (Status kept = KeepsAdministrator(records, organisation); !kept.ok()) {
            return kept;
        }
        const bool fresh = before.id.empty();
        records.journal.UserChanged(user, fresh ? "CREATED" : user.disabled ? "DISABLED" : "CHANGED", now);
        records.journal.Audit(
            By(actor, now, fresh ? "USER_CREATED" : "USER_CHANGED", user.login_name, Describe(before, user)));
        stored.user = user;
        return {};
    });
    return done.ok() ? Result<UserStored>(std::move(stored)) : Result<UserStored>(done.error());
}

Status Administration::DeleteUser(const Actor& actor, const std::string& user_id) {
    return tools_.store.Run([&](Records& records) -> Status {
        const auto user = records.users.Find(user_id);
        if (!user) {
            return NoSuchUser(user_id);
        }
        const Organisation organisation = records.organisation.Load();
        if (Status may = MayTouch(actor, *user, organisation); !may.ok()) {
            return may;
        }
        const TimePoint now = tools_.clock.Now();
        EndSessionsOf(records, *user, "", "USER_DISABLED", now);
        records.users.Delete(user->id);
        if (Status kept = KeepsAdministrator(records, organisation); !kept.ok()) {
            return kept;
        }
        records.journal.UserChanged(*user, "DELETED", now);
        records.journal.Audit(By(actor, now, "USER_DELETED", user->login_name, user->name));
        return {};
    });
}

Result<std::string> Administration::ResetPassword(const Actor& actor, const std::string& user_id, bool remove_totp) {
    const std::string password = tools_.secrets.NewPassword();
    const auto hash = tools_.hasher.Hash(password);
    if (!hash.ok()) {
        return hash.error();
    }
    const Status done = tools_.store.Run([&](Records& records) -> Status {
        auto user = records.users.Find(user_id);
        if (!user) {
            return NoSuchUser(user_id);
        }
        if (Status may = MayTouch(actor, *user, records.organisation.Load()); !may.ok()) {
            return may;
        }
        const TimePoint now = tools_.clock.Now();
        user->password_hash = *hash;
        user->must_change_password = true;
        if (remove_totp) {
            user->totp_secret.clear();
        }
        ++user->revision;
        records.users.Save(*user);
        records.users.SaveAttempts(user->login_name, std::nullopt);
        EndSessionsOf(records, *user, "", "PASSWORD_CHANGED", now);
        records.journal.UserChanged(*user, "PASSWORD_CHANGED", now);
        records.journal.Audit(
            By(actor, now, "PASSWORD_RESET", user->login_name, remove_totp ? "code generator removed" : ""));
        return {};
    });
    return done.ok() ? Result<std::string>(password) : Result<std::string>(done.error());
}

}  // namespace trunkline::identity
