// Any text as a browser's offer: what is taken has what an answer needs, and the answer is a sound description.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "trunk/adapters/browser_sdp.hpp"

using trunkline::fuzz::Require;
using namespace trunkline;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto offer = trunk::ReadBrowserOffer({reinterpret_cast<const char*>(data), size});
    if (!offer) return 0;
    Require(offer->ufrag.size() >= 4 && offer->ufrag.size() <= 256, "the user fragment has a sound length");
    Require(offer->fingerprint.size() == 95, "the fingerprint is one of SHA-256");
    const std::string text = trunk::WriteBrowserAnswer(
        *offer, {"192.0.2.1", 20000, 1, "ourufrag", "ourpasswordof24letters..", offer->fingerprint});
    const auto answer = sip::ParseSdp(text);
    Require(answer.ok() && answer->media.size() == offer->description.media.size(),
            "the answer has the offer's streams");
    size_t taken = 0;
    for (const auto& media : answer->media) taken += media.port != 0 ? 1 : 0;
    Require(taken == 1, "one stream is taken");
    return 0;
}
