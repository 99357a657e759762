// OpenSSL contexts of the TLS transport.
#include "sip/tls_context.hpp"

#include <openssl/x509v3.h>

#include "sip/address.hpp"

namespace trunkline::sip {

namespace {
Error BadFile(const std::string& what, const std::string& file) {
    return Error{Code::kInvalidArgument, "TLS_SETTINGS", "The " + what + " '" + file + "' cannot be used."};
}

SslContext NewContext(const SSL_METHOD* method) {
    SslContext context(SSL_CTX_new(method), SSL_CTX_free);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    return context;
}

Status LoadCertificate(SSL_CTX* context, const TlsSettings& settings) {
    if (SSL_CTX_use_certificate_chain_file(context, settings.certificate_file.c_str()) != 1) {
        return BadFile("certificate", settings.certificate_file);
    }
    if (SSL_CTX_use_PrivateKey_file(context, settings.key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context) != 1) {
        return BadFile("private key", settings.key_file);
    }
    return {};
}
}  // namespace

Result<SslContext> MakeServerContext(const TlsSettings& settings) {
    SslContext context = NewContext(TLS_server_method());
    if (const auto loaded = LoadCertificate(context.get(), settings); !loaded) return loaded.error();
    return context;
}

Result<SslContext> MakeClientContext(const TlsSettings& settings) {
    SslContext context = NewContext(TLS_client_method());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (settings.ca_file.empty()) {
        SSL_CTX_set_default_verify_paths(context.get());
    } else if (SSL_CTX_load_verify_locations(context.get(), settings.ca_file.c_str(), nullptr) != 1) {
        return BadFile("CA file", settings.ca_file);
    }
    if (!settings.certificate_file.empty()) {  // shown to a server that asks
        if (const auto loaded = LoadCertificate(context.get(), settings); !loaded) return loaded.error();
    }
    return context;
}

Ssl MakeServerSession(const SslContext& context, int descriptor) {
    Ssl ssl(SSL_new(context.get()));
    SSL_set_fd(ssl.get(), descriptor);
    SSL_set_accept_state(ssl.get());
    return ssl;
}

Ssl MakeClientSession(const SslContext& context, int descriptor, const std::string& host) {
    Ssl ssl(SSL_new(context.get()));
    SSL_set_fd(ssl.get(), descriptor);
    SSL_set_connect_state(ssl.get());
    if (const auto numeric = SocketAddress::Parse(host, 0)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl.get()), numeric->Host().c_str());
    } else {
        SSL_set1_host(ssl.get(), host.c_str());
        SSL_set_tlsext_host_name(ssl.get(), host.c_str());
    }
    return ssl;
}

}  // namespace trunkline::sip
