// Via (RFC 3261 section 20.42) and CSeq (section 20.16).
#include "sip/host.hpp"
#include "sip/message.hpp"
#include "sip/text.hpp"

namespace trunkline::sip {

Result<Via> ParseVia(std::string_view text) {
    Via via;
    Cursor cursor(Trim(text));
    const auto name = cursor.TakeToken();
    if (!EqualsIgnoreCase(name, "SIP") || !cursor.TakeSpaced('/')) return Malformed("The protocol of the Via");
    if (cursor.TakeToken() != "2.0" || !cursor.TakeSpaced('/')) return Malformed("The version of the Via");
    via.transport = ToUpper(cursor.TakeToken());
    if (via.transport.empty() || !cursor.SkipSpace()) return Malformed("The transport of the Via");
    if (!ReadHost(cursor, via.host)) return Malformed("The host of the Via");
    if (cursor.TakeSpaced(':') && !ReadPort(cursor, via.port)) return Malformed("The port of the Via");
    if (!ReadHeaderParams(cursor, via.params)) return Malformed("A parameter of the Via");
    const std::string* branch = FindParam(via.params, "branch");
    if (branch != nullptr && (!IsToken(*branch) || CountParam(via.params, "branch") > 1)) {
        return Malformed("The branch of the Via");
    }
    return via;
}

std::string Via::Branch() const {
    const std::string* branch = FindParam(params, "branch");
    return branch == nullptr ? std::string() : *branch;
}

std::string Via::ToString() const {
    std::string text = "SIP/2.0/" + transport + ' ' + host;
    if (port != 0) text += ':' + std::to_string(port);
    return text + WriteHeaderParams(params);
}

Result<CSeq> ParseCSeq(std::string_view text) {
    Cursor cursor(Trim(text));
    const auto number = ParseNumber(cursor.TakeWhile(IsDigit), (1U << 31) - 1);
    if (!number || !cursor.SkipSpace()) return Malformed("The number of the CSeq");
    const auto method = cursor.TakeToken();
    if (method.empty() || !cursor.AtEnd()) return Malformed("The method of the CSeq");
    return CSeq{static_cast<uint32_t>(*number), std::string(method)};
}

}  // namespace trunkline::sip
