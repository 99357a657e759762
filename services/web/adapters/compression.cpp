// One pass of zlib over the whole.
#include "web/adapters/compression.hpp"

#include <zlib.h>

namespace trunkline::web {

std::string Gzip(const std::string& bytes, int level) {
    z_stream stream{};
    // 16: with the header of gzip.
    if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return "";
    }
    std::string packed(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return whole && packed.size() < bytes.size() ? packed : "";
}

}  // namespace trunkline::web
