// What is packed comes back whole; what does not shrink is left alone.
#include "web/adapters/compression.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>

namespace trunkline::web {
namespace {

std::string Unpack(const std::string& packed, size_t size) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string bytes(size, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = static_cast<uInt>(bytes.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    inflateEnd(&stream);
    return bytes;
}

TEST_CASE("web: a list of orders becomes a small part of itself and comes back whole") {
    std::string list;
    for (int i = 0; i < 50; ++i) {
        list += R"({"orderId":"01a21014-0000-7000","number":"20261125-0000)" + std::to_string(i) +
                R"(","state":"DISPATCHED"})";
    }
    for (const int level : {1, 9}) {
        const std::string packed = Gzip(list, level);
        CHECK(packed.size() < list.size() / 5);
        CHECK(Unpack(packed, list.size()) == list);
    }
}

TEST_CASE("web: what does not become smaller is not packed") {
    CHECK(Gzip("", 1).empty());
    CHECK(Gzip("ab", 1).empty());
}

}  // namespace
}  // namespace trunkline::web
