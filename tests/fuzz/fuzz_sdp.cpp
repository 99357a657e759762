// Any text as a session description: it reads the same again, and an answer to it is a sound description.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "sip/sdp_negotiate.hpp"

using trunkline::fuzz::Require;
using namespace trunkline::sip;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto offer = ParseSdp({reinterpret_cast<const char*>(data), size});
    if (!offer) return 0;
    const auto again = ParseSdp(offer->ToString());
    Require(again.ok() && again->ToString() == offer->ToString(), "a description reads the same again");
    const AudioOffer local{"192.0.2.1", 20000, DefaultFormats(), Direction::kSendReceive, 20};
    const auto result = Negotiate(*offer, local, {"-", "1", 1, "192.0.2.1"});
    if (!result) return 0;
    const auto answer = ParseSdp(result->local.ToString());
    Require(answer.ok() && answer->media.size() == offer->media.size(), "the answer has the streams of the offer");
    Require(result->remote.ptime_ms >= kMinPtimeMs && result->remote.ptime_ms <= kMaxPtimeMs,
            "packets are 10 to 60 ms");
    Require(NegotiateAnswer(*offer, *answer).ok(), "the offerer understands the answer");
    MakeReoffer(local, result->local);
    return 0;
}
