// "Signal=5 / Duration=160" and the bare key.
#include "sip/info_digit.hpp"

#include <algorithm>

#include "sip/text.hpp"

namespace trunkline::sip {

namespace {
constexpr int kShortest = 40;
constexpr int kLongest = 5000;

char KeyIn(std::string_view text) {
    text = Trim(text);
    if (text == "10") return '*';  // some write the RFC 4733 event number
    if (text == "11") return '#';
    if (text.size() != 1) return 0;
    const char key = ToUpper(text)[0];
    return std::string_view("0123456789ABCD*#").find(key) == std::string_view::npos ? '\0' : key;
}
}  // namespace

std::optional<InfoDigit> ParseInfoDigit(const Message& info) {
    const std::string_view type = info.Get("Content-Type");
    const std::string_view bare = Trim(type.substr(0, type.find(';')));
    InfoDigit found;
    if (EqualsIgnoreCase(bare, "application/dtmf")) {
        found.digit = KeyIn(info.body());
    } else if (EqualsIgnoreCase(bare, "application/dtmf-relay")) {
        std::string_view rest = info.body();
        while (!rest.empty()) {
            const size_t end = std::min(rest.find('\n'), rest.size());
            const std::string_view line = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const size_t equals = line.find('=');
            if (equals == std::string_view::npos) continue;
            const std::string_view name = Trim(line.substr(0, equals));
            if (EqualsIgnoreCase(name, "Signal")) found.digit = KeyIn(line.substr(equals + 1));
            if (!EqualsIgnoreCase(name, "Duration")) continue;
            const auto millis = ParseNumber(Trim(line.substr(equals + 1)), UINT32_MAX);
            if (millis) found.millis = static_cast<int>(std::clamp<uint64_t>(*millis, kShortest, kLongest));
        }
    }
    if (found.digit == 0) return std::nullopt;
    return found;
}

}  // namespace trunkline::sip
