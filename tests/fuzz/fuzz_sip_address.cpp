// Any text as a URI, an address and a Via: what is read is written so that it reads the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "sip/message.hpp"

using trunkline::fuzz::Require;
using namespace trunkline::sip;

namespace {

template <class Parse>
void CheckRoundTrip(Parse parse, std::string_view text, const char* promise) {
    const auto first = parse(text);
    if (!first) return;
    const auto second = parse(first->ToString());
    Require(second.ok() && second->ToString() == first->ToString(), promise);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    CheckRoundTrip(ParseUri, text, "a URI reads the same again");
    CheckRoundTrip(ParseNameAddr, text, "an address reads the same again");
    CheckRoundTrip(ParseVia, text, "a Via reads the same again");
    Uri uri;
    uri.user = EscapeUser(text.empty() ? "x" : text);
    uri.host = "example.com";
    const auto read = ParseUri(uri.ToString());
    Require(read.ok() && read->UserPart() == (text.empty() ? "x" : text), "any text is a user part");
    return 0;
}
