// Identity's internal API over the generic stub.
#include "web/adapters/session_keeper.hpp"

namespace trunkline::web {
namespace {

using identity::v1::Identity;

constexpr std::chrono::milliseconds kCheckLimit{3000};
constexpr std::chrono::milliseconds kLogInLimit{20'000};  // passwords wait for their turn
constexpr size_t kTokenLength = 43;
const std::string kIdentity = "identity";

Error NotSignedIn() { return {Code::kUnauthenticated, "NOT_SIGNED_IN", "sign in first"}; }

}  // namespace

Sessions::Known ToSignedIn(const Identity& identity) {
    auto signed_in = std::make_shared<SignedIn>();
    signed_in->session = identity.session().session_id();
    signed_in->user = identity.user().user_id();
    signed_in->name = identity.user().name();
    signed_in->agent = identity.user().agent_id();
    signed_in->unit = identity.user().unit_id();
    signed_in->pending = identity.pending();
    rpc::Caller parsed;
    for (const std::string& right : identity.rights()) {
        rpc::AddRight(parsed, right);
    }
    signed_in->rights = std::move(parsed.rights);
    signed_in->units_of = std::move(parsed.units_of);
    return signed_in;
}

Task<Result<Identity>> SessionKeeper::Check(const std::string& token) {
    identity::v1::CheckSessionRequest request;
    request.set_token(token);
    const rpc::Caller caller;
    const std::string path = "trunkline.identity.v1.Sessions/CheckSession";
    std::string bytes = request.SerializeAsString();
    const auto answer = co_await backends_.Call(kIdentity, path, std::move(bytes), caller, kCheckLimit);
    if (!answer.ok()) {
        if (answer.error().code == Code::kUnauthenticated) {
            sessions_.Forget(token);
        }
        co_return answer.error();
    }
    Identity identity;
    identity.ParseFromString(*answer);
    sessions_.Remember(token, ToSignedIn(identity), clock_.SteadyNow());
    co_return identity;
}

Task<Result<Sessions::Known>> SessionKeeper::Find(const std::string& token) {
    if (token.size() != kTokenLength) {
        co_return NotSignedIn();
    }
    if (auto known = sessions_.Fresh(token, clock_.SteadyNow())) {
        co_return known;
    }
    const auto identity = co_await Check(token);
    if (identity.ok()) {
        co_return ToSignedIn(*identity);
    }
    const bool away = identity.error().code == Code::kUnavailable || identity.error().code == Code::kDeadlineExceeded;
    if (away) {
        if (auto known = sessions_.InGrace(token, clock_.SteadyNow())) {
            co_return known;
        }
    }
    co_return identity.error();
}

Task<Result<SessionKeeper::LoggedIn>> SessionKeeper::LogIn(const identity::v1::OpenSessionRequest& request,
                                                           const std::string& trace_id) {
    rpc::Caller caller;
    caller.trace_id = trace_id;
    const std::string path = "trunkline.identity.v1.Sessions/OpenSession";
    std::string bytes = request.SerializeAsString();
    const auto answer = co_await backends_.Call(kIdentity, path, std::move(bytes), caller, kLogInLimit);
    if (!answer.ok()) {
        co_return answer.error();
    }
    identity::v1::OpenSessionResponse opened;
    opened.ParseFromString(*answer);
    sessions_.Remember(opened.token(), ToSignedIn(opened.identity()), clock_.SteadyNow());
    co_return LoggedIn{opened.token(), opened.identity()};
}

Task<Status> SessionKeeper::LogOut(const std::string& token) {
    identity::v1::CloseSessionRequest request;
    request.set_token(token);
    const auto known = sessions_.Fresh(token, clock_.SteadyNow());
    const rpc::Caller caller;
    const std::string path = "trunkline.identity.v1.Sessions/CloseSession";
    std::string bytes = request.SerializeAsString();
    const auto answer = co_await backends_.Call(kIdentity, path, std::move(bytes), caller, kCheckLimit);
    if (!answer.ok()) {
        co_return answer.error();
    }
    sessions_.Forget(token);
    if (known) {
        sessions_.EndSession(known->session);
    }
    co_return Status();
}

}  // namespace trunkline::web
