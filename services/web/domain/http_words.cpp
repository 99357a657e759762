// Parsing of headers.
#include "web/domain/http_words.hpp"

#include <algorithm>

namespace trunkline::web {
namespace {

std::string_view Trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

char LowerLetter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string_view CookieValue(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const size_t end = std::min(header.find(';'), header.size());
        const std::string_view pair = Trim(header.substr(0, end));
        if (const size_t equals = pair.find('='); equals != std::string_view::npos && pair.substr(0, equals) == name) {
            return pair.substr(equals + 1);
        }
        header.remove_prefix(std::min(end + 1, header.size()));
    }
    return {};
}

bool IsSameOrigin(std::string_view origin, std::string_view host) {
    const size_t scheme = origin.find("://");
    if (scheme == std::string_view::npos || host.empty()) {
        return false;
    }
    const std::string_view named = origin.substr(scheme + 3);
    return named.size() == host.size() && std::equal(named.begin(), named.end(), host.begin(),
                                                     [](char a, char b) { return LowerLetter(a) == LowerLetter(b); });
}

std::string MediaType(std::string_view header) {
    std::string type(Trim(header.substr(0, header.find(';'))));
    std::transform(type.begin(), type.end(), type.begin(), LowerLetter);
    return type;
}

std::string Printable(std::string_view text, size_t limit) {
    std::string safe(text.substr(0, limit));
    std::replace_if(
        safe.begin(), safe.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, '?');
    return safe;
}

}  // namespace trunkline::web
