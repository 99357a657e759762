// TLS for SIP (RFC 3261 section 26.3.1, RFC 5922): TLS 1.2 at least, and a server that we call must prove its name.
#pragma once
#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "result/result.hpp"
#include "sip/socket_transport.hpp"

namespace trunkline::sip {

using SslContext = std::shared_ptr<SSL_CTX>;  // shared by every connection made from it
struct SslDeleter {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using Ssl = std::unique_ptr<SSL, SslDeleter>;

// INVALID_ARGUMENT/TLS_SETTINGS names the file that cannot be used.
Result<SslContext> MakeServerContext(const TlsSettings& settings);
Result<SslContext> MakeClientContext(const TlsSettings& settings);

// A session on `descriptor`, ready for its handshake. `host` is the name or address that the certificate must carry.
Ssl MakeServerSession(const SslContext& context, int descriptor);
Ssl MakeClientSession(const SslContext& context, int descriptor, const std::string& host);

}  // namespace trunkline::sip
