// Channels, credentials, status mapping.
#include "rpc/rpc.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace trunkline::rpc {
namespace {

std::string ReadFile(const std::string& path) {
    std::ifstream stream(path);
    if (path.empty() || !stream) {
        throw std::runtime_error("cannot read the TLS file '" + path +
                                 "'; tls.ca, tls.certificate and tls.key must all be given or none");
    }
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

}  // namespace

std::shared_ptr<grpc::ServerCredentials> ServerCredentials(const TlsFiles& files) {
    if (!files.Enabled()) {
        return grpc::InsecureServerCredentials();
    }
    grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_root_certs = ReadFile(files.authority);
    options.pem_key_cert_pairs.push_back({ReadFile(files.key), ReadFile(files.certificate)});
    return grpc::SslServerCredentials(options);
}

std::shared_ptr<grpc::Channel> Connect(const std::string& address, const TlsFiles& files) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 200);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 200);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 10000);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 5000);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
    if (files.Enabled()) {
        grpc::SslCredentialsOptions options;
        options.pem_root_certs = ReadFile(files.authority);
        options.pem_private_key = ReadFile(files.key);
        options.pem_cert_chain = ReadFile(files.certificate);
        credentials = grpc::SslCredentials(options);
    }
    return grpc::CreateCustomChannel(address, credentials, arguments);
}

grpc::Status ToGrpc(const Error& error) {
    return {static_cast<grpc::StatusCode>(error.code), error.message, error.reason};
}

grpc::Status ToGrpc(const Status& status) { return status.ok() ? grpc::Status::OK : ToGrpc(status.error()); }

Error FromGrpc(const grpc::Status& status) {
    return {static_cast<Code>(status.error_code()), status.error_details(), status.error_message()};
}

void SetDeadline(grpc::ClientContext& context, std::chrono::milliseconds limit) {
    context.set_deadline(std::chrono::system_clock::now() + limit);
}

}  // namespace trunkline::rpc
