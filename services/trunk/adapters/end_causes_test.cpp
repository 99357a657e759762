// How the end of a SIP session reads as a cause.
#include "trunk/adapters/end_causes.hpp"

#include <catch2/catch.hpp>

using namespace trunkline;
using namespace trunkline::trunk;

namespace {

using Kind = sip::EndCause::Kind;

std::string Reason(Kind kind, int status, const LegHistory& leg = {}) {
    sip::EndCause end;
    end.kind = kind;
    end.status = status;
    return ToEndCause(end, leg).reason;
}

const LegHistory kRang{false, false, true};
const LegHistory kUp{false, true, true};
const LegHistory kIncoming{true, false, false};

}  // namespace

TEST_CASE("end cause: a refusal is busy, rejected, unreachable or not answered", "[trunk][sip]") {
    CHECK(Reason(Kind::kRefused, 486) == "BUSY");
    CHECK(Reason(Kind::kRefused, 600) == "BUSY");
    CHECK(Reason(Kind::kRefused, 603) == "REJECTED");
    CHECK(Reason(Kind::kRefused, 403) == "REJECTED");
    CHECK(Reason(Kind::kRefused, 404) == "UNREACHABLE");
    CHECK(Reason(Kind::kRefused, 503) == "UNREACHABLE");
    CHECK(Reason(Kind::kRefused, 500) == "REJECTED");
    CHECK(Reason(Kind::kRefused, 480) == "UNREACHABLE");
    CHECK(Reason(Kind::kRefused, 480, kRang) == "NO_ANSWER");
}

TEST_CASE("end cause: silence is no answer after ringing, unreachable before it", "[trunk][sip]") {
    CHECK(Reason(Kind::kTimeout, 408) == "UNREACHABLE");
    CHECK(Reason(Kind::kTimeout, 408, kRang) == "NO_ANSWER");
    CHECK(Reason(Kind::kTimeout, 408, kUp) == "SESSION_TIMEOUT");
    CHECK(Reason(Kind::kTimeout, 408, kIncoming) == "SESSION_TIMEOUT");
    CHECK(Reason(Kind::kTransport, 503) == "UNREACHABLE");
    CHECK(Reason(Kind::kTransport, 503, kUp) == "ERROR");
}

TEST_CASE("end cause: hanging up, giving up and running out are told apart", "[trunk][sip]") {
    CHECK(Reason(Kind::kRemoteBye, 0, kUp) == "REMOTE_HANG_UP");
    CHECK(Reason(Kind::kRemoteCancel, 0, kIncoming) == "CANCELLED");
    CHECK(Reason(Kind::kLocal, 0, kUp) == "APPLICATION_HANG_UP");
    CHECK(Reason(Kind::kLocal, 0) == "CANCELLED");
    CHECK(Reason(Kind::kExpired, 0, kUp) == "SESSION_TIMEOUT");
    CHECK(Reason(Kind::kProtocolError, 481, kUp) == "ERROR");
}
