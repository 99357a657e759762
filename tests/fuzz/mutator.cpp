// Makes new inputs from given ones.
#include "mutator.hpp"

#include <algorithm>

namespace trunkline::fuzz {
namespace {

using namespace std::string_literals;

constexpr size_t kMaxBytes = 65536;
constexpr size_t kMaxChanges = 8;

// Bytes on which the grammars of the house turn.
const std::string kTurningPoints = "\0\t\r\n \"%&',-./0189:;<=>?@[\\]a{\x7f\x80\xff"s;

const std::vector<std::string> kWords = {"\r\n",
                                         "\r\n ",
                                         "\r\n\r\n",
                                         ";;",
                                         "SIP/2.0",
                                         "sip:",
                                         "tel:+1",
                                         "<sip:a@b>",
                                         ";tag=",
                                         ";branch=",
                                         "[::1]",
                                         ":::",
                                         "%00",
                                         "\\\"",
                                         "\"",
                                         "4294967296",
                                         "-1",
                                         "65536",
                                         "Via: ",
                                         "Content-Length: 1\r\n",
                                         "m=audio 1 RTP/AVP 0\r\n",
                                         "a=rtpmap:0 ",
                                         "c=IN IP6 ",
                                         "qop=auth",
                                         "nc=00000001",
                                         ",,"};

}  // namespace

std::string Mutator::Next() {
    std::string text = AnySeed();
    for (size_t left = 1 + Below(kMaxChanges); left > 0; --left) Change(text);
    if (text.size() > kMaxBytes) text.resize(kMaxBytes);
    return text;
}

void Mutator::Change(std::string& text) {
    const size_t at = Below(text.size() + 1);
    const size_t length = 1 + Below(std::min<size_t>(text.size() - at + 1, 64));
    switch (Below(8)) {
        case 0:
            if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << Below(8)));
            break;
        case 1:
            if (at < text.size()) text[at] = kTurningPoints[Below(kTurningPoints.size())];
            break;
        case 2:
            text.insert(at, 1, kTurningPoints[Below(kTurningPoints.size())]);
            break;
        case 3:
            text.erase(at, length);
            break;
        case 4:
            text.insert(at, text.substr(at, length));
            break;
        case 5:
            text.insert(at, kWords[Below(kWords.size())]);
            break;
        case 6: {
            const std::string& other = AnySeed();
            text.replace(at, length, other.substr(Below(other.size() + 1), 1 + Below(64)));
            break;
        }
        default:
            // Rarely something long: limits are only met far out.
            text.insert(at, Below(50) == 0 ? 1 + Below(20000) : 1 + Below(16),
                        text.empty() ? 'x' : text[Below(text.size())]);
    }
}

}  // namespace trunkline::fuzz
