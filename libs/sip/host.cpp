// host, IPv6reference and hostport (RFC 3261 section 25.1).
#include "sip/host.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace trunkline::sip {
namespace {

bool IsAddress(int family, std::string_view text) {
    // inet_pton needs a terminated text, and no address is longer than this.
    char terminated[INET6_ADDRSTRLEN];
    unsigned char address[sizeof(in6_addr)];
    if (text.empty() || text.size() >= sizeof(terminated) || text.find('\0') != std::string_view::npos) return false;
    std::memcpy(terminated, text.data(), text.size());
    terminated[text.size()] = '\0';
    return inet_pton(family, terminated, address) == 1;
}

bool IsLabel(std::string_view label) {
    const auto is_inner = [](char c) { return IsAlpha(c) || IsDigit(c) || c == '-' || c == '_'; };
    return !label.empty() && std::all_of(label.begin(), label.end(), is_inner) && label.front() != '-' &&
           label.back() != '-';
}

}  // namespace

bool IsIpv4(std::string_view text) { return IsAddress(AF_INET, text); }
bool IsIpv6(std::string_view text) { return IsAddress(AF_INET6, text); }

bool IsHostName(std::string_view text) {
    if (text.size() > 1 && text.back() == '.') text.remove_suffix(1);
    while (true) {
        const size_t dot = text.find('.');
        const auto label = text.substr(0, dot);
        if (!IsLabel(label)) return false;
        // A top label of digits only would be a broken IPv4 address.
        if (dot == std::string_view::npos) return !std::all_of(label.begin(), label.end(), IsDigit);
        text.remove_prefix(dot + 1);
    }
}

bool IsHost(std::string_view text) {
    if (text.size() > 2 && text.front() == '[' && text.back() == ']') return IsIpv6(text.substr(1, text.size() - 2));
    return IsIpv4(text) || IsHostName(text);
}

bool ReadHost(Cursor& cursor, std::string& host) {
    if (cursor.Take('[')) {
        const auto inner = cursor.TakeUntil(']');
        if (!inner) return false;
        host = '[' + std::string(*inner) + ']';
        if (const size_t colons = host.find(":::"); colons != std::string::npos) host.erase(colons, 1);
    } else {
        host = cursor.TakeWhile([](char c) { return IsAlpha(c) || IsDigit(c) || c == '-' || c == '.' || c == '_'; });
    }
    return IsHost(host);
}

bool ReadPort(Cursor& cursor, uint16_t& port) {
    const auto number = ParseNumber(cursor.TakeWhile(IsDigit), 65535);
    if (!number || *number == 0) return false;
    port = static_cast<uint16_t>(*number);
    return true;
}

}  // namespace trunkline::sip
