// Any datagram as RTCP.
#include <cstddef>
#include <cstdint>

#include "require.hpp"
#include "rtp/control.hpp"

using trunkline::fuzz::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto report = trunkline::rtp::ParseControl({data, size}, 77);
    if (report) Require(size >= 8 && size % 4 == 0, "a report is made of words");
    return 0;
}
