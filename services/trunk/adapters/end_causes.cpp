// The mapping, in one place.
#include "trunk/adapters/end_causes.hpp"

namespace trunkline::trunk {
namespace {

EndCause Refused(int status, bool has_rung) {
    switch (status) {
        case 486:
        case 600:
            return {EndResult::kClientError, "BUSY", status};
        case 408:
        case 480:
        case 487:
            // A phone that rang was not taken up; one that did not ring could not be found.
            return {EndResult::kClientError, has_rung ? "NO_ANSWER" : "UNREACHABLE", status};
        case 404:
        case 410:
        case 484:
        case 502:
        case 503:
        case 504:
        case 604:
            return {EndResult::kUpstreamError, "UNREACHABLE", status};
        default:
            return {status >= 500 && status < 600 ? EndResult::kUpstreamError : EndResult::kClientError, "REJECTED",
                    status};
    }
}

}  // namespace

EndCause ToEndCause(const sip::EndCause& end, const LegHistory& leg) {
    using Kind = sip::EndCause::Kind;
    switch (end.kind) {
        case Kind::kLocal:
            return leg.was_answered ? cause::kApplicationHangUp : cause::kCancelled;
        case Kind::kRemoteBye:
            return cause::kRemoteHangUp;
        case Kind::kRemoteCancel:
            return cause::kCancelled;
        case Kind::kRefused:
            return Refused(end.status, leg.has_rung);
        case Kind::kTimeout:
            if (leg.was_answered || leg.is_incoming) {
                return {EndResult::kIndeterminate, "SESSION_TIMEOUT", end.status};
            }
            return Refused(408, leg.has_rung);
        case Kind::kExpired:
            return {EndResult::kIndeterminate, "SESSION_TIMEOUT", 0};
        case Kind::kTransport:
            return {EndResult::kUpstreamError, leg.was_answered ? "ERROR" : "UNREACHABLE", end.status};
        case Kind::kProtocolError:
            return {EndResult::kUpstreamError, "ERROR", end.status};
    }
    return {EndResult::kServerError, "ERROR", end.status};
}

}  // namespace trunkline::trunk
