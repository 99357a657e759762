// The caller's own account.
#include "identity/app/own_account.hpp"

#include "identity/domain/words.hpp"

namespace trunkline::identity {
namespace {

Error NoUser() { return {Code::kFailedPrecondition, "NOT_A_USER", "this is for a signed-in user and his own account"}; }

}  // namespace

AuditEntry By(const Actor& actor, TimePoint now, const std::string& action, const std::string& target,
              const std::string& detail) {
    return {0, now, actor.IsSystem() ? "system" : actor.user, actor.name, action, target, detail, actor.client_address};
}

void EndSessionsOf(Records& records, const User& user, const std::string& keep, const std::string& reason,
                   TimePoint now) {
    for (const Session& session : records.sessions.List(user.id)) {
        if (session.id != keep) {
            records.sessions.Delete(session.id);
            records.journal.SessionEnded(session, user.agent, reason, now);
        }
    }
}

Result<User> OwnAccount::Load(const Actor& actor) {
    if (actor.IsSystem()) {
        return NoUser();
    }
    std::optional<User> user;
    const Status done = tools_.store.Run([&](Records& records) -> Status {
        user = records.users.Find(actor.user);
        return user ? Status() : Status(NoUser());
    });
    return done.ok() ? Result<User>(*user) : Result<User>(done.error());
}

Result<User> OwnAccount::Prove(const Actor& actor, const std::string& password) {
    auto user = Load(actor);
    if (!user.ok()) {
        return user;
    }
    const Status counted = tools_.store.Run([&](Records& records) -> Status {
        const Attempts before = records.users.LoadAttempts(user->login_name);
        if (const auto wait = WaitBeforeAttempt(before, tools_.clock.Now()); wait.count() > 0) {
            return Error{Code::kResourceExhausted, "LOG_IN_DELAYED",
                         "too many wrong attempts; try again in " + std::to_string(wait.count()) + " s"};
        }
        records.users.SaveAttempts(user->login_name, WithAttempt(before, tools_.clock.Now()));
        return {};
    });
    if (!counted.ok()) {
        return counted.error();
    }
    const auto fits = tools_.hasher.Verify(user->password_hash, password);
    if (!fits.ok()) {
        return fits.error();
    }
    if (!*fits) {
        return Error{Code::kPermissionDenied, "PASSWORD_WRONG", "the present password is wrong"};
    }
    const Status reset = tools_.store.Run([&](Records& records) -> Status {
        records.users.SaveAttempts(user->login_name, std::nullopt);
        return {};
    });
    return reset.ok() ? user : Result<User>(reset.error());
}

Status OwnAccount::ChangePassword(const Actor& actor, const std::string& old_password,
                                  const std::string& new_password) {
    const auto proved = Prove(actor, old_password);
    if (!proved.ok()) {
        return proved.error();
    }
    if (Status sound = CheckPassword(new_password, proved->login_name); !sound.ok()) {
        return sound;
    }
    if (old_password == new_password) {
        return Error{Code::kInvalidArgument, "PASSWORD_UNCHANGED", "the new password is the old one"};
    }
    const auto hash = tools_.hasher.Hash(new_password);
    if (!hash.ok()) {
        return hash.error();
    }
    return tools_.store.Run([&](Records& records) -> Status {
        auto user = records.users.Find(actor.user);
        if (!user) {
            return NoUser();
        }
        const TimePoint now = tools_.clock.Now();
        user->password_hash = *hash;
        user->must_change_password = false;
        ++user->revision;
        records.users.Save(*user);
        EndSessionsOf(records, *user, actor.session, "PASSWORD_CHANGED", now);
        records.journal.UserChanged(*user, "PASSWORD_CHANGED", now);
        records.journal.Audit(By(actor, now, "PASSWORD_CHANGED", user->login_name));
        return {};
    });
}

Result<User> OwnAccount::SetLanguage(const Actor& actor, const std::string& language) {
    if (Status sound = CheckWord("language", language); !sound.ok()) {
        return sound.error();
    }
    std::optional<User> user;
    const Status done = tools_.store.Run([&](Records& records) -> Status {
        user = records.users.Find(actor.user);
        if (!user) {
            return NoUser();
        }
        user->language = language;
        ++user->revision;
        records.users.Save(*user);
        records.journal.UserChanged(*user, "CHANGED", tools_.clock.Now());
        return {};
    });
    return done.ok() ? Result<User>(*user) : Result<User>(done.error());
}

Result<TotpOffer> OwnAccount::BeginTotp(const Actor& actor) {
    TotpOffer offer;
    const Status done = tools_.store.Run([&](Records& records) -> Status {
        auto user = records.users.Find(actor.user);
        if (!user) {
            return NoUser();
        }
        user->totp_offered = tools_.secrets.NewTotpKey();
        records.users.Save(*user);
        offer.secret = Base32(user->totp_offered);
        offer.uri = TotpUri(user->login_name, offer.secret);
        return {};
    });
    return done.ok() ? Result<TotpOffer>(offer) : Result<TotpOffer>(done.error());
}

Status OwnAccount::ConfirmTotp(const Actor& actor, const std::string& code) {
    return tools_.store.Run([&](Records& records) -> Status {
        auto user = records.users.Find(actor.user);
        if (!user || user->totp_offered.empty()) {
            return Error{Code::kFailedPrecondition, "TOTP_NOT_OFFERED", "ask for a new secret first (BeginTotp)"};
        }
        const TimePoint now = tools_.clock.Now();
        const auto step = AcceptedStep(user->totp_offered, code, now, 0, tools_.secrets.HmacSha1());
        if (!step) {
            return Error{Code::kInvalidArgument, "CODE_WRONG", "code: this is not the present code"};
        }
        user->totp_secret = std::exchange(user->totp_offered, "");
        user->totp_step = *step;
        ++user->revision;
        records.users.Save(*user);
        records.journal.UserChanged(*user, "TOTP_CHANGED", now);
        records.journal.Audit(By(actor, now, "TOTP_ENABLED", user->login_name));
        return {};
    });
}

Status OwnAccount::RemoveTotp(const Actor& actor, const std::string& password) {
    const auto proved = Prove(actor, password);
    if (!proved.ok()) {
        return proved.error();
    }
    return tools_.store.Run([&](Records& records) -> Status {
        auto user = records.users.Find(actor.user);
        if (!user) {
            return NoUser();
        }
        user->totp_secret.clear();
        user->totp_offered.clear();
        ++user->revision;
        records.users.Save(*user);
        records.journal.UserChanged(*user, "TOTP_CHANGED", tools_.clock.Now());
        records.journal.Audit(By(actor, tools_.clock.Now(), "TOTP_REMOVED", user->login_name));
        return {};
    });
}

Result<std::vector<Session>> OwnAccount::ListSessions(const Actor& actor) {
    if (actor.IsSystem()) {
        return NoUser();
    }
    std::vector<Session> sessions;
    const Status done = tools_.store.Run([&](Records& records) -> Status {
        sessions = records.sessions.List(actor.user);
        return {};
    });
    return done.ok() ? Result<std::vector<Session>>(std::move(sessions)) : Result<std::vector<Session>>(done.error());
}

Status OwnAccount::EndSessions(const Actor& actor, const std::string& session_id) {
    return tools_.store.Run([&](Records& records) -> Status {
        const auto user = records.users.Find(actor.user);
        if (!user) {
            return NoUser();
        }
        const TimePoint now = tools_.clock.Now();
        if (session_id.empty()) {
            EndSessionsOf(records, *user, actor.session, "REVOKED", now);
        } else {
            const auto session = records.sessions.Find(session_id);
            if (!session || session->user != user->id) {
                return Error{Code::kNotFound, "SESSION_NOT_FOUND", "you have no session " + session_id.substr(0, 64)};
            }
            records.sessions.Delete(session->id);
            records.journal.SessionEnded(*session, user->agent, "REVOKED", now);
        }
        records.journal.Audit(By(actor, now, "SESSIONS_ENDED", user->login_name));
        return {};
    });
}

}  // namespace trunkline::identity
