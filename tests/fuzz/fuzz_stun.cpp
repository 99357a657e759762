// Any bytes as a STUN message: what is read lies within the datagram, and only the right password makes it authentic.
#include <cstddef>
#include <cstdint>

#include "require.hpp"
#include "webrtc/stun.hpp"

using trunkline::fuzz::Require;
using namespace trunkline::webrtc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::span<const uint8_t> datagram(data, size);
    const auto message = ParseStun(datagram);
    if (!message) return 0;
    const auto* begin = reinterpret_cast<const char*>(data);
    const bool inside =
        message->username.empty() ||
        (message->username.data() >= begin && message->username.data() + message->username.size() <= begin + size);
    Require(inside, "the user name lies within the datagram");
    Require(!IsAuthentic(datagram, *message, "a password that no seed was made with"), "nobody guesses a password");
    Require(!IsAuthentic(datagram, *message, ""), "no password is no proof");
    const auto answer =
        WriteBindingResponse(message->transaction, *trunkline::rtp::MakeAddress("192.0.2.1", 1), "secret");
    const auto read = ParseStun(answer);
    Require(read && IsAuthentic(answer, *read, "secret"), "our answer reads again");
    return 0;
}
