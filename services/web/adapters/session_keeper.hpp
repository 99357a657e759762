// From a cookie to a user: the cache, and identity when the cache does not know.
#pragma once
#include "trunkline/identity/v1/identity.pb.h"
#include "web/adapters/backends.hpp"
#include "web/app/sessions.hpp"

namespace trunkline::web {

// Used on the server's thread.
class SessionKeeper {
 public:
    SessionKeeper(Backends& backends, Sessions& sessions, const Clock& clock)
        : backends_(backends), sessions_(sessions), clock_(clock) {}

    // kUnauthenticated when nobody is signed in with this token, kUnavailable when identity cannot say.
    Task<Result<Sessions::Known>> Find(const std::string& token);

    struct LoggedIn {
        std::string token;
        identity::v1::Identity identity;
    };
    Task<Result<LoggedIn>> LogIn(const identity::v1::OpenSessionRequest& request, const std::string& trace_id);
    Task<Result<identity::v1::Identity>> Check(const std::string& token);
    Task<Status> LogOut(const std::string& token);

    Sessions& sessions() { return sessions_; }

 private:
    Backends& backends_;
    Sessions& sessions_;
    const Clock& clock_;
};

Sessions::Known ToSignedIn(const identity::v1::Identity& identity);

}  // namespace trunkline::web
