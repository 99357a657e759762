// Log-in in three steps: count the attempt, prove who it is without holding a transaction, let in.
#include "identity/app/front_door.hpp"

#include <algorithm>

#include "identity/domain/words.hpp"

namespace trunkline::identity {
namespace {

Error Refused() { return {Code::kUnauthenticated, "LOG_IN_REFUSED", "the name, the password or the code is wrong"}; }

Error Delayed(std::chrono::seconds wait) {
    return {Code::kResourceExhausted, "LOG_IN_DELAYED",
            "too many wrong attempts; try again in " + std::to_string(wait.count()) + " s"};
}

Error Ended() { return {Code::kUnauthenticated, "SESSION_ENDED", "the session has ended; sign in again"}; }

}  // namespace

Result<Opened> FrontDoor::Open(const LogIn& login) {
    LogIn request = login;
    request.login_name = Lower(request.login_name.substr(0, 64));
    const auto finish = [&](const std::string& result, Error error) {
        observer_(result);
        return error;
    };
    {
        const std::lock_guard lock(mutex_);
        if (!addresses_.Allows(request.client_address, tools_.clock.Now())) {
            return finish("delayed", Delayed(std::chrono::minutes(1)));
        }
    }
    std::optional<User> user;
    if (Status counted = CountAttempt(request, user); !counted.ok()) {
        return finish("delayed", counted.error());
    }
    int64_t totp_step = 0;
    if (Status proved = Prove(request, user, totp_step); !proved.ok()) {
        return finish(proved.error().reason == "LOG_IN_BUSY" ? "busy" : "refused", proved.error());
    }
    auto opened = Admit(request, user->id, totp_step);
    observer_(opened.ok() ? "ok" : "refused");
    return opened;
}

Status FrontDoor::CountAttempt(const LogIn& login, std::optional<User>& user) {
    return tools_.store.Run([&](Records& records) -> Status {
        const Attempts before = records.users.LoadAttempts(login.login_name);
        if (const auto wait = WaitBeforeAttempt(before, tools_.clock.Now()); wait.count() > 0) {
            return Delayed(wait);
        }
        records.users.SaveAttempts(login.login_name, WithAttempt(before, tools_.clock.Now()));
        user = records.users.Find(login.login_name);
        return {};
    });
}

Status FrontDoor::Prove(const LogIn& login, const std::optional<User>& user, int64_t& totp_step) {
    if (login.password.size() > 512) {
        return Refuse(login, "PASSWORD_WRONG");
    }
    const auto fits = tools_.hasher.Verify(user ? user->password_hash : "", login.password);
    if (!fits.ok()) {
        return fits.error();
    }
    if (!*fits || !user) {
        return Refuse(login, user ? "PASSWORD_WRONG" : "USER_UNKNOWN");
    }
    if (user->disabled) {
        return Refuse(login, "USER_DISABLED");
    }
    if (user->totp_secret.empty()) {
        return {};
    }
    if (login.totp_code.empty()) {
        return Error{Code::kUnauthenticated, "TOTP_REQUIRED", "the code of the code generator is needed"};
    }
    const auto step = AcceptedStep(user->totp_secret, login.totp_code, tools_.clock.Now(), user->totp_step,
                                   tools_.secrets.HmacSha1());
    if (!step) {
        return Refuse(login, "CODE_WRONG");
    }
    totp_step = *step;
    return {};
}

Status FrontDoor::Refuse(const LogIn& login, const std::string& why) {
    {
        const std::lock_guard lock(mutex_);
        addresses_.Failed(login.client_address, tools_.clock.Now());
    }
    const Status told = tools_.store.Run([&](Records& records) -> Status {
        // What was typed as a name may be a password, so an unknown one is not written down.
        const std::string name = why == "USER_UNKNOWN" ? "" : login.login_name;
        records.journal.Audit({0, tools_.clock.Now(), "", "", "LOG_IN_REFUSED", name, why, login.client_address});
        return {};
    });
    return told.ok() ? Status(Refused()) : told;
}

Result<Opened> FrontDoor::Admit(const LogIn& login, const std::string& user_id, int64_t totp_step) {
    Opened opened;
    opened.token = tools_.secrets.NewToken();
    const TimePoint now = tools_.clock.Now();
    const Status done = tools_.store.Run([&](Records& records) -> Status {
        auto user = records.users.Find(user_id);
        // Somebody may have been faster with the same code, or with disabling him.
        if (!user || user->disabled || (totp_step != 0 && user->totp_step >= totp_step)) {
            return Refused();
        }
        user->totp_step = std::max(user->totp_step, totp_step);
        user->last_log_in = now;
        records.users.Save(*user);
        records.users.SaveAttempts(user->login_name, std::nullopt);
        records.sessions.DeleteDead(now, config_.limits);
        const Session session{tools_.ids.New(),
                              user->id,
                              login.client_address,
                              login.user_agent.substr(0, 200),
                              now,
                              now,
                              now + config_.limits.absolute};
        records.sessions.Insert(session, tools_.secrets.HashToken(opened.token));
        records.journal.Audit({0, now, user->id, user->name, "LOGGED_IN", user->login_name, "", login.client_address});
        records.journal.SessionOpened(session, user->agent, now);
        opened.identified = Identify(records, session, *user);
        return {};
    });
    return done.ok() ? Result<Opened>(std::move(opened)) : Result<Opened>(done.error());
}

Identified FrontDoor::Identify(Records& records, const Session& session, const User& user) const {
    Identified identified{session, user, {}, ""};
    identified.rights = EffectiveRights(user.roles, records.organisation.Load(), tools_.known_rights);
    const bool needs_code = std::any_of(user.roles.begin(), user.roles.end(), [&](const Assignment& held) {
        return std::find(config_.totp_roles.begin(), config_.totp_roles.end(), held.role) != config_.totp_roles.end();
    });
    if (user.must_change_password) {
        identified.pending = "PASSWORD_CHANGE_REQUIRED";
    } else if (needs_code && user.totp_secret.empty()) {
        identified.pending = "TOTP_REQUIRED";
    }
    return identified;
}

Result<Identified> FrontDoor::Check(const std::string& token) {
    Identified identified;
    const TimePoint now = tools_.clock.Now();
    const Status done = tools_.store.Run([&](Records& records) -> Status {
        const auto session = records.sessions.FindByHash(tools_.secrets.HashToken(token));
        if (!session || !session->Alive(now, config_.limits)) {
            return Ended();
        }
        const auto user = records.users.Find(session->user);
        if (!user || user->disabled) {
            return Ended();
        }
        if (now - session->seen >= kTouchEvery) {
            records.sessions.Touch(session->id, now);
        }
        identified = Identify(records, *session, *user);
        return {};
    });
    return done.ok() ? Result<Identified>(std::move(identified)) : Result<Identified>(done.error());
}

Status FrontDoor::Close(const std::string& token) {
    return tools_.store.Run([&](Records& records) -> Status {
        const auto session = records.sessions.FindByHash(tools_.secrets.HashToken(token));
        if (!session) {
            return {};
        }
        const TimePoint now = tools_.clock.Now();
        const auto user = records.users.Find(session->user);
        records.sessions.Delete(session->id);
        records.journal.SessionEnded(*session, user ? user->agent : "", "LOGGED_OUT", now);
        records.journal.Audit({0, now, session->user, user ? user->name : "", "LOGGED_OUT",
                               user ? user->login_name : "", "", session->client_address});
        return {};
    });
}

}  // namespace trunkline::identity
