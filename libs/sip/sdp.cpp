// Reading and writing session descriptions (RFC 8866 sections 5 and 9).
#include "sip/sdp.hpp"

#include <algorithm>

#include "sip/host.hpp"
#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

constexpr std::string_view kTypes = "vosiuepcbtrzkam";

Error MalformedLine(char type) {
    return Error{Code::kInvalidArgument, "SDP_MALFORMED", std::string("The SDP line ") + type + "= is not well formed"};
}

// The next field of a line whose fields are separated by single spaces.
std::string_view NextField(std::string_view& text) {
    const size_t space = text.find(' ');
    const auto field = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    return field;
}

bool IsControlled(char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; }

// "IN IP4 192.0.2.1", "IN IP6 2001:db8::1"; the "/ttl" of a multicast address is dropped.
bool ReadAddress(std::string_view text, std::string& address) {
    const auto network = NextField(text);
    const auto type = NextField(text);
    const auto value = text.substr(0, text.find('/'));
    const bool is_address = (type == "IP4" && IsIpv4(value)) || (type == "IP6" && IsIpv6(value)) || IsHostName(value);
    if (network != "IN" || (type != "IP4" && type != "IP6") || !is_address) return false;
    address = value;
    return true;
}

bool ReadOrigin(std::string_view text, SdpOrigin& origin) {
    origin.username = NextField(text);
    origin.session_id = NextField(text);
    const auto version = ParseNumber(NextField(text), UINT64_MAX);
    const bool is_id = !origin.session_id.empty() && origin.session_id.size() <= 40 &&
                       std::all_of(origin.session_id.begin(), origin.session_id.end(), IsDigit);
    if (origin.username.empty() || !is_id || !version) return false;
    origin.version = *version;
    return ReadAddress(text, origin.address);
}

// media SP port ["/" integer] SP proto 1*( SP fmt )
bool ReadMedia(std::string_view text, MediaDescription& media) {
    media.media = NextField(text);
    const auto ports = NextField(text);
    const auto port = ParseNumber(ports.substr(0, ports.find('/')), 65535);
    media.protocol = NextField(text);
    while (!text.empty()) {
        media.formats.emplace_back(NextField(text));
        if (!IsToken(media.formats.back())) return false;
    }
    if (!IsToken(media.media) || !port || media.protocol.empty() || media.formats.empty()) return false;
    media.port = static_cast<uint16_t>(*port);
    return true;
}

bool ReadAttribute(std::string_view text, SdpAttributes& attributes) {
    const size_t colon = text.find(':');
    if (!IsToken(text.substr(0, colon))) return false;
    const auto value = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    attributes.push_back({std::string(text.substr(0, colon)), std::string(value)});
    return true;
}

// Takes one line into the description, by its type and by whether a medium has begun.
bool ReadLine(char type, std::string_view value, SessionDescription& description) {
    auto* const media = description.media.empty() ? nullptr : &description.media.back();
    switch (type) {
        case 'o':
            return media == nullptr && description.origin.session_id.empty() && ReadOrigin(value, description.origin);
        case 's':
            description.name = value;
            return media == nullptr;
        case 'c': {
            std::string address;
            if (!ReadAddress(value, address)) return false;
            auto& target = media == nullptr ? description.address : media->address;
            if (target.empty()) target = std::move(address);
            return true;
        }
        case 'a':
            return ReadAttribute(value, media == nullptr ? description.attributes : media->attributes);
        case 'm':
            if (description.media.size() == kMaxMediaLines) return false;
            description.media.emplace_back();
            return ReadMedia(value, description.media.back());
        case 'v':
            return false;
        default:
            return kTypes.find(type) != std::string_view::npos;
    }
}

std::string WriteAddress(std::string_view address) {
    const bool is_ipv6 = address.find(':') != std::string_view::npos;
    return std::string(is_ipv6 ? "IN IP6 " : "IN IP4 ").append(address);
}

void WriteConnection(std::string& text, std::string_view address) {
    if (!address.empty()) text += "c=" + WriteAddress(address) + "\r\n";
}

void WriteAttributes(std::string& text, const SdpAttributes& attributes) {
    for (const auto& attribute : attributes) {
        text += "a=" + attribute.name;
        if (!attribute.value.empty()) text += ':' + attribute.value;
        text += "\r\n";
    }
}

}  // namespace

const std::string* FindAttribute(const SdpAttributes& attributes, std::string_view name) {
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [name](const SdpAttribute& attribute) { return attribute.name == name; });
    return found == attributes.end() ? nullptr : &found->value;
}

Result<SessionDescription> ParseSdp(std::string_view text) {
    SessionDescription description;
    for (size_t count = 0; !text.empty(); ++count) {
        const size_t newline = text.find('\n');
        auto line = text.substr(0, newline);
        text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        // Blank lines at the end come from senders that miscount their body.
        if (line.empty() && count > 0 && Trim(text).empty()) break;
        const char type = line.empty() ? '?' : line.front();
        const bool is_line = line.size() >= 2 && line[1] == '=' && count < kMaxSdpLines &&
                             std::none_of(line.begin(), line.end(), IsControlled);
        if (!is_line) return MalformedLine(type);
        const auto value = line.substr(2);
        const bool is_sound = count == 0 ? type == 'v' && value == "0" : ReadLine(type, value, description);
        if (!is_sound) return MalformedLine(type);
    }
    if (description.origin.session_id.empty()) return MalformedLine('o');
    return description;
}

std::string SessionDescription::ToString() const {
    std::string text = "v=0\r\no=" + origin.username + ' ' + origin.session_id + ' ' + std::to_string(origin.version) +
                       ' ' + WriteAddress(origin.address) + "\r\ns=" + name + "\r\n";
    WriteConnection(text, address);
    text += "t=0 0\r\n";
    WriteAttributes(text, attributes);
    for (const auto& each : media) {
        text += "m=" + each.media + ' ' + std::to_string(each.port) + ' ' + each.protocol;
        for (const auto& format : each.formats) text += ' ' + format;
        text += "\r\n";
        WriteConnection(text, each.address);
        WriteAttributes(text, each.attributes);
    }
    return text;
}

}  // namespace trunkline::sip
