// One TCP or TLS connection: bytes in and out, cut into messages (RFC 3261 section 18.3).
#pragma once
#include <functional>
#include <string>

#include "sip/reactor.hpp"
#include "sip/tls_context.hpp"
#include "sip/transport.hpp"

namespace trunkline::sip {

// What a connection tells its owner; the owner may destroy it inside OnClosed only.
class StreamOwner {
 public:
    virtual ~StreamOwner() = default;
    virtual void OnStreamMessage(Parsed parsed, const Peer& source, size_t bytes) = 0;
    virtual void OnStreamClosed(uint64_t id) = 0;
};

//  Connecting --writable--> Handshaking (TLS) --done--> Open --error, limits, Close--> Closed
class StreamConnection {
 public:
    // `descriptor` is a connected or connecting non-blocking socket, owned from now on; `ssl` is empty for TCP.
    struct Start {
        uint64_t id = 0;
        int descriptor = -1;
        Peer peer;
        Ssl ssl;
        bool connecting = false;
    };
    StreamConnection(Reactor& reactor, StreamOwner& owner, Start start, const TransportSettings& settings);
    ~StreamConnection();
    StreamConnection(const StreamConnection&) = delete;
    StreamConnection& operator=(const StreamConnection&) = delete;

    // Queues; false when too much is queued already.
    bool Send(std::string_view bytes);
    // Closes when the queue is empty.
    void CloseWhenSent();
    const Peer& peer() const { return peer_; }

 private:
    enum class State { kConnecting, kHandshaking, kOpen, kClosed };
    enum class Io { kDone, kAgain, kFailed };

    void OnReady(uint32_t events);
    bool FinishConnect();
    bool Handshake();
    Io ReadSome();
    bool TakeMessages();
    Io WriteSome();
    void WatchFor();
    void OnSilence();
    // No more will come: what is not whole is refused while the peer may still listen, then the end.
    void EndInput();
    void Fail();

    Reactor& reactor_;
    StreamOwner& owner_;
    const TransportSettings& settings_;
    Peer peer_;
    int descriptor_;
    Ssl ssl_;
    State state_;
    bool close_when_sent_ = false;
    bool wants_write_ = false;  // the handshake waits for room
    bool had_message_ = false;
    std::string input_;
    std::string output_;
    size_t written_ = 0;
    uint32_t watched_;
    SteadyTime waiting_since_;  // of the message that is not whole yet, or the last traffic
    Timer silence_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // to notice being destroyed inside a call-back
};

}  // namespace trunkline::sip
