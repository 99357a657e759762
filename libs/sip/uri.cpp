// SIP and SIPS URIs (RFC 3261 section 19.1), tel URIs (RFC 3966), and any other absolute URI as it came.
#include <algorithm>

#include "sip/host.hpp"
#include "sip/message.hpp"
#include "sip/parser.hpp"
#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

constexpr std::string_view kUserExtra = "&=+$,;?/";
constexpr std::string_view kPasswordExtra = "&=+$,";
constexpr std::string_view kParamExtra = "[]/:&+$";
constexpr std::string_view kHeaderExtra = "[]/?:+$&=";
constexpr std::string_view kAbsoluteExtra = ";/?:@&=+$,";

bool IsScheme(std::string_view text) {
    return !text.empty() && IsAlpha(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
        return IsAlpha(c) || IsDigit(c) || c == '+' || c == '-' || c == '.';
    });
}

// uri-parameters: ";name" or ";name=value", without spaces (RFC 3261) and, behind the "=" of a tel URI, not empty.
bool ReadUriParams(Cursor& cursor, Params& params) {
    while (cursor.Take(';')) {
        const auto text = cursor.TakeWhile([](char c) { return c != ';' && c != '?'; });
        const size_t equals = text.find('=');
        const auto name = text.substr(0, equals);
        const auto value = equals == std::string_view::npos ? std::string_view{} : text.substr(equals + 1);
        if (name.empty() || !IsUriText(name, kParamExtra) || !IsUriText(value, kParamExtra)) return false;
        if (equals != std::string_view::npos && value.empty()) return false;
        if (params.size() == kMaxParams) return false;
        params.push_back({std::string(name), std::string(value)});
    }
    // A name must not come twice (RFC 3261 section 19.1.1); these are the ones somebody acts upon.
    constexpr std::string_view kSingle[] = {"transport", "lr", "maddr", "user", "method", "ttl", "phone-context"};
    return std::all_of(std::begin(kSingle), std::end(kSingle),
                       [&params](std::string_view name) { return CountParam(params, name) <= 1; });
}

bool ReadUserInfo(std::string_view text, Uri& uri) {
    const size_t colon = text.find(':');
    uri.user = text.substr(0, colon);
    if (colon != std::string_view::npos) uri.password = text.substr(colon + 1);
    return !uri.user.empty() && IsUriText(uri.user, kUserExtra) && IsUriText(uri.password, kPasswordExtra);
}

Result<Uri> ParseSipUri(std::string scheme, std::string_view rest) {
    Uri uri;
    uri.scheme = std::move(scheme);
    // "@" is legal nowhere else, so the first one ends the user part.
    Cursor cursor(rest);
    if (const auto user_info = cursor.TakeUntil('@'); user_info && !ReadUserInfo(*user_info, uri)) {
        return Malformed("The user part of the URI");
    }
    if (!ReadHost(cursor, uri.host)) return Malformed("The host of the URI");
    if (cursor.Take(':') && !ReadPort(cursor, uri.port)) return Malformed("The port of the URI");
    if (!ReadUriParams(cursor, uri.params)) return Malformed("A parameter of the URI");
    if (cursor.Take('?')) {
        uri.headers = cursor.Rest();
        if (uri.headers.empty() || !IsUriText(uri.headers, kHeaderExtra)) return Malformed("A header of the URI");
    } else if (!cursor.AtEnd()) {
        return Malformed("The URI");
    }
    return uri;
}

bool IsTelephoneNumber(std::string_view text) {
    const bool is_global = !text.empty() && text.front() == '+';
    if (is_global) text.remove_prefix(1);
    bool has_digit = false;
    for (const char c : text) {
        const bool is_digit = IsDigit(c) || (!is_global && (HexDigit(c) >= 0 || c == '*' || c == '#'));
        if (!is_digit && c != '-' && c != '.' && c != '(' && c != ')') return false;
        has_digit = has_digit || is_digit;
    }
    return has_digit;
}

Result<Uri> ParseTelUri(std::string_view rest) {
    Uri uri;
    uri.scheme = "tel";
    Cursor cursor(rest);
    uri.user = cursor.TakeWhile([](char c) { return c != ';'; });
    if (!IsTelephoneNumber(uri.user)) return Malformed("The telephone number of the URI");
    if (!ReadUriParams(cursor, uri.params) || !cursor.AtEnd()) return Malformed("A parameter of the URI");
    return uri;
}

}  // namespace

Result<Uri> ParseUri(std::string_view text) {
    const size_t colon = text.find(':');
    if (colon == std::string_view::npos || !IsScheme(text.substr(0, colon))) return Malformed("The scheme of the URI");
    auto scheme = ToLower(text.substr(0, colon));
    const auto rest = text.substr(colon + 1);
    if (scheme == "sip" || scheme == "sips") return ParseSipUri(std::move(scheme), rest);
    if (scheme == "tel") return ParseTelUri(rest);
    if (rest.empty() || !IsUriText(rest, kAbsoluteExtra)) return Malformed("The URI");
    Uri uri;
    uri.scheme = std::move(scheme);
    uri.user = rest;
    return uri;
}

std::string Uri::UserPart() const {
    std::string decoded;
    for (size_t at = 0; at < user.size(); ++at) {
        if (user[at] == '%' && at + 2 < user.size() && HexDigit(user[at + 1]) >= 0 && HexDigit(user[at + 2]) >= 0) {
            decoded += static_cast<char>(HexDigit(user[at + 1]) * 16 + HexDigit(user[at + 2]));
            at += 2;
        } else {
            decoded += user[at];
        }
    }
    return decoded;
}

std::string Uri::ToString() const {
    std::string text = scheme + ':' + user;
    if (!password.empty()) text += ':' + password;
    if (!user.empty() && !host.empty()) text += '@';
    text += host;
    if (port != 0) text += ':' + std::to_string(port);
    for (const Param& param : params) {
        text += ';' + param.name;
        if (!param.value.empty()) text += '=' + param.value;
    }
    if (!headers.empty()) text += '?' + headers;
    return text;
}

std::string EscapeUser(std::string_view text) {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string escaped;
    for (const char c : text) {
        if (c != '%' && IsUriText({&c, 1}, kUserExtra)) {
            escaped += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            escaped += {'%', kHex[byte / 16], kHex[byte % 16]};
        }
    }
    return escaped;
}

}  // namespace trunkline::sip
