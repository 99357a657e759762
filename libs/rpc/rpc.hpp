// The gRPC edge: channels, server credentials, and the one mapping between Result and grpc::Status.
#pragma once
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>

#include "result/result.hpp"

namespace trunkline::rpc {

// Files of mutual TLS; all empty means plain text, which is meant for loopback and tests only.
struct TlsFiles {
    std::string authority;    // PEM of the CA that signs every service
    std::string certificate;  // PEM of this process
    std::string key;          // PEM, readable by the owner only

    bool Enabled() const { return !authority.empty() || !certificate.empty() || !key.empty(); }
};

// Throws std::runtime_error naming the file when TLS is asked for and a file cannot be read.
std::shared_ptr<grpc::ServerCredentials> ServerCredentials(const TlsFiles& files);
// `address` is host:port. Reconnects by itself within 0.2 to 2 s.
std::shared_ptr<grpc::Channel> Connect(const std::string& address, const TlsFiles& files);

// A Result's error as gRPC carries it: the code, the message, and the reason word in the status details.
grpc::Status ToGrpc(const Error& error);
grpc::Status ToGrpc(const Status& status);
Error FromGrpc(const grpc::Status& status);

// Deadlines by kind of call (reliability O6).
inline constexpr std::chrono::milliseconds kCallPathDeadline{500};
inline constexpr std::chrono::milliseconds kDefaultDeadline{2000};
void SetDeadline(grpc::ClientContext& context, std::chrono::milliseconds limit = kDefaultDeadline);

}  // namespace trunkline::rpc
