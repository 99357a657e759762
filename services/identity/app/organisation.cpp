// Roles, units, and ending other people's sessions.
#include "identity/app/administration.hpp"

namespace trunkline::identity {
namespace {

std::string Join(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

template <class T>
Result<T> Answer(const Status& done, T value) {
    return done.ok() ? Result<T>(std::move(value)) : Result<T>(done.error());
}

}  // namespace

Status Administration::RevokeSessions(const Actor& actor, const std::string& user_id, const std::string& session_id) {
    if (user_id.empty() == session_id.empty()) {
        return Error{Code::kInvalidArgument, "BAD_FIELD", "give either user_id or session_id"};
    }
    return tools_.store.Run([&](Records& records) -> Status {
        const TimePoint now = tools_.clock.Now();
        std::optional<Session> session;
        if (!session_id.empty()) {
            session = records.sessions.Find(session_id);
            if (!session) {
                return Error{Code::kNotFound, "SESSION_NOT_FOUND", "there is no session " + session_id.substr(0, 64)};
            }
        }
        const auto user = records.users.Find(session ? session->user : user_id);
        if (!user) {
            return Error{Code::kNotFound, "USER_NOT_FOUND", "there is no user " + user_id.substr(0, 64)};
        }
        if (session) {
            records.sessions.Delete(session->id);
            records.journal.SessionEnded(*session, user->agent, "REVOKED", now);
        } else {
            EndSessionsOf(records, *user, "", "REVOKED", now);
        }
        records.journal.Audit(By(actor, now, "SESSIONS_REVOKED", user->login_name, session_id));
        return {};
    });
}

Result<Role> Administration::PutRole(const Actor& actor, Role role) {
    if (Status sound = CheckRole(role); !sound.ok()) {
        return sound.error();
    }
    role.shipped = false;
    const Status done = tools_.store.Run([&](Records& records) -> Status {
        Organisation organisation = records.organisation.Load();
        const Role* before = organisation.FindRole(role.id);
        if (!actor.IsSystem()) {
            // Neither into a role nor out of one that is above the actor.
            for (const auto& patterns : {role.patterns, before == nullptr ? role.patterns : before->patterns}) {
                if (Status may = MayContain(actor.rights, patterns, tools_.known_rights); !may.ok()) {
                    return may;
                }
            }
        }
        const std::string detail = (before == nullptr ? "" : Join(before->patterns) + " -> ") + Join(role.patterns);
        records.organisation.SaveRole(role);
        if (Status kept = KeepsAdministrator(records, records.organisation.Load()); !kept.ok()) {
            return kept;
        }
        records.journal.RoleChanged(role.id, false, tools_.clock.Now());
        records.journal.Audit(By(actor, tools_.clock.Now(), "ROLE_CHANGED", role.id, detail));
        return {};
    });
    return Answer(done, std::move(role));
}

Status Administration::DeleteRole(const Actor& actor, const std::string& role_id) {
    return tools_.store.Run([&](Records& records) -> Status {
        const Organisation organisation = records.organisation.Load();
        const Role* role = organisation.FindRole(role_id);
        if (role == nullptr) {
            return Error{Code::kNotFound, "ROLE_NOT_FOUND", "there is no role " + role_id.substr(0, 64)};
        }
        if (role->shipped) {
            return Error{Code::kFailedPrecondition, "ROLE_SHIPPED",
                         "a shipped role would come back; change it instead"};
        }
        if (!records.organisation.DeleteRole(role_id)) {
            return Error{Code::kFailedPrecondition, "ROLE_IN_USE", "somebody holds the role " + role_id};
        }
        records.journal.RoleChanged(role_id, true, tools_.clock.Now());
        records.journal.Audit(By(actor, tools_.clock.Now(), "ROLE_DELETED", role_id, Join(role->patterns)));
        return {};
    });
}

Result<Unit> Administration::PutUnit(const Actor& actor, const Unit& unit) {
    const Status done = tools_.store.Run([&](Records& records) -> Status {
        const Organisation organisation = records.organisation.Load();
        if (Status sound = CheckUnit(unit, organisation); !sound.ok()) {
            return sound;
        }
        const Unit* before = organisation.FindUnit(unit.id);
        records.organisation.SaveUnit(unit);
        records.journal.UnitChanged(unit.id, false, tools_.clock.Now());
        const std::string was = before == nullptr ? "" : before->title + " below " + before->parent + " -> ";
        records.journal.Audit(
            By(actor, tools_.clock.Now(), "UNIT_CHANGED", unit.id, was + unit.title + " below " + unit.parent));
        return {};
    });
    return Answer(done, unit);
}

Status Administration::DeleteUnit(const Actor& actor, const std::string& unit_id) {
    return tools_.store.Run([&](Records& records) -> Status {
        if (records.organisation.Load().FindUnit(unit_id) == nullptr) {
            return Error{Code::kNotFound, "UNIT_NOT_FOUND", "there is no unit " + unit_id.substr(0, 64)};
        }
        if (!records.organisation.DeleteUnit(unit_id)) {
            return Error{Code::kFailedPrecondition, "UNIT_IN_USE", "users, roles or units hang on " + unit_id};
        }
        records.journal.UnitChanged(unit_id, true, tools_.clock.Now());
        records.journal.Audit(By(actor, tools_.clock.Now(), "UNIT_DELETED", unit_id));
        return {};
    });
}

}  // namespace trunkline::identity
