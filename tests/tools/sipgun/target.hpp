// One conversation with the SIP element under test: raw bytes out, raw bytes back.
#pragma once
#include <netinet/in.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "result/result.hpp"

namespace trunkline::sipgun {

// Where and how to send.
struct Target {
    std::string host;  // IPv4 address
    uint16_t port = 0;
    bool is_tcp = false;
    bool is_one_byte = false;  // TCP: every byte in a segment of its own
};

// A socket to the target; closed with the object.
class Conversation {
 public:
    // `local_port` 0 takes any. A UDP element without rport answers to the port in the Via, so that is the port to use.
    static Result<Conversation> Open(const Target& target, uint16_t local_port);
    Conversation(Conversation&& other) noexcept;
    Conversation& operator=(Conversation&&) = delete;
    ~Conversation();

    Status Send(std::string_view bytes);
    // Says that nothing more will be sent (TCP).
    void FinishSending();
    // Appends what comes within `wait` to `received`; false when nothing more came or the peer has closed.
    bool Receive(std::chrono::milliseconds wait, std::string& received);
    bool IsClosedByPeer() const { return is_closed_; }

 private:
    Conversation(int socket, const Target& target) : socket_(socket), target_(target) {}

    int socket_;
    Target target_;
    bool is_closed_ = false;
};

}  // namespace trunkline::sipgun
