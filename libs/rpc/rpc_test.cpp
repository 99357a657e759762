// The mapping between errors and gRPC statuses, and deadlines.
#include "rpc/rpc.hpp"

#include <catch2/catch.hpp>

namespace trunkline::rpc {
namespace {

TEST_CASE("rpc: an error crosses the wire with code, reason and message") {
    const Error error{Code::kFailedPrecondition, "AGENT_NOT_READY", "agent 7 is not ready; set him ready first"};
    const grpc::Status status = ToGrpc(error);
    CHECK(status.error_code() == grpc::StatusCode::FAILED_PRECONDITION);
    const Error back = FromGrpc(status);
    CHECK(back.code == error.code);
    CHECK(back.reason == error.reason);
    CHECK(back.message == error.message);
}

TEST_CASE("rpc: every code has the number that gRPC gives it") {
    for (int number = 1; number <= 16; ++number) {
        CHECK(ToGrpc(Error{static_cast<Code>(number), "", ""}).error_code() == static_cast<grpc::StatusCode>(number));
    }
}

TEST_CASE("rpc: success is OK") {
    CHECK(ToGrpc(Status()).ok());
    CHECK_FALSE(ToGrpc(Status(Error{Code::kNotFound, "", ""})).ok());
}

TEST_CASE("rpc: a deadline is set and lies in the future") {
    grpc::ClientContext context;
    SetDeadline(context, std::chrono::milliseconds(500));
    const auto left = context.deadline() - std::chrono::system_clock::now();
    CHECK(left <= std::chrono::milliseconds(500));
    CHECK(left > std::chrono::milliseconds(0));
}

TEST_CASE("rpc: a TLS file that cannot be read is named") {
    const TlsFiles files{"/nonexistent/ca.pem", "/nonexistent/cert.pem", "/nonexistent/key.pem"};
    CHECK_THROWS_WITH(ServerCredentials(files), Catch::Contains("/nonexistent/ca.pem"));
    CHECK_THROWS_WITH(Connect("127.0.0.1:1", files), Catch::Contains("/nonexistent/ca.pem"));
    CHECK_THROWS_WITH(ServerCredentials({"", "/nonexistent/cert.pem", ""}), Catch::Contains("all be given or none"));
}

TEST_CASE("rpc: no TLS files at all means plain text") {
    CHECK_FALSE(TlsFiles{}.Enabled());
    CHECK(ServerCredentials({}) != nullptr);
    CHECK(Connect("127.0.0.1:1", {}) != nullptr);
}

}  // namespace
}  // namespace trunkline::rpc
