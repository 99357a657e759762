// Any datagram as RTP, with its payload as an event: what is accepted lies within the datagram, and digits are digits.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "require.hpp"
#include "rtp/packet.hpp"
#include "rtp/telephone_event.hpp"

using trunkline::fuzz::Require;
using namespace trunkline::rtp;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    std::vector<uint8_t> datagram(data, data + size);
    DigitReceiver digits;
    digits.OnPacket(0, datagram, {});
    const auto packet = ParsePacket(datagram);
    if (!packet) return 0;
    const uint8_t* start = packet->payload.data();
    Require(!packet->payload.empty(), "a packet has a payload");
    Require(start >= datagram.data() + kHeaderBytes, "there is room for a header before the payload");
    Require(start + packet->payload.size() <= datagram.data() + size, "the payload ends within the datagram");
    for (const auto& digit : digits.OnPacket(packet->header.timestamp, packet->payload, {}).ended) {
        Require(EventOf(digit.digit).has_value() && digit.millis >= 0, "a digit is a key held for a time");
    }
    return 0;
}
