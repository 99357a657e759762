// The border between the SIP core and the network (RFC 3261 section 18): the core asks a Transport to send and is a
// TransportSink for what arrives. Tests put a fake here.
#pragma once
#include <string>

#include "result/result.hpp"
#include "sip/address.hpp"
#include "sip/parser.hpp"

namespace trunkline::sip {

// What the network tells the core; called on the SIP thread.
class TransportSink {
 public:
    virtual ~TransportSink() = default;
    // One message as the parser judged it; `bytes` is its size on the wire.
    virtual void OnReceived(Parsed parsed, const Peer& source, size_t bytes) = 0;
    // The stream `connection` could not be opened or broke; what was sent on it may be lost.
    virtual void OnConnectionLost(uint64_t connection) = 0;
};

class Transport {
 public:
    virtual ~Transport() = default;
    // Set once before anything arrives.
    virtual void SetSink(TransportSink* sink) = 0;
    // Sends one message to `peer`. Streams are reused or opened; what was used is returned, see Peer::connection.
    // UNAVAILABLE/SEND_FAILED or CONNECTION_LIMIT name the address; a stream may also fail later by OnConnectionLost.
    virtual Result<uint64_t> Send(const Peer& peer, std::string bytes) = 0;
    // What we write in Via and Contact for a peer at `toward`: the announced host or the local address, and the port of
    // the listener. UNIMPLEMENTED/NO_LISTENER when the protocol is not served.
    virtual Result<Hop> LocalAddress(Protocol protocol, const SocketAddress& toward) const = 0;
    // Closes that stream after what is queued has been written.
    virtual void CloseConnection(uint64_t connection) = 0;
};

}  // namespace trunkline::sip
