// The way back of a response, and the key of a server transaction.
#include "sip/via_routing.hpp"

#include <charconv>

namespace trunkline::sip {

namespace {
constexpr std::string_view kCookie = "z9hG4bK";

uint16_t PortOf(const std::string& text) {
    uint16_t port = 0;
    std::from_chars(text.data(), text.data() + text.size(), port);
    return port;
}

void ReplaceTopVia(Message& request, const Via& via) {
    const auto all = request.GetList("Via");
    std::string value = via.ToString();
    for (size_t i = 1; i < all.size(); ++i) value.append(", ").append(all[i]);
    request.Set("Via", std::move(value));
}
}  // namespace

void MarkSource(Message& request, Via& via, const Peer& source) {
    const std::string* rport = FindParam(via.params, "rport");
    const auto sent_by = SocketAddress::Parse(via.host, via.port);
    const bool moved = !sent_by || !sent_by->SameHost(source.address);
    if (rport == nullptr && !moved && FindParam(via.params, "received") == nullptr) return;
    if (rport != nullptr) SetParam(via.params, "rport", std::to_string(source.address.port()));
    SetParam(via.params, "received", source.address.Host());
    ReplaceTopVia(request, via);
}

Peer ReplyAddress(const Via& via, const Peer& source) {
    Peer reply = source;
    // Over a stream this is where a new connection goes if the one of the request is gone.
    const std::string* rport = FindParam(via.params, "rport");
    const bool symmetric = rport != nullptr && !IsReliable(source.protocol);
    const uint16_t port = via.port != 0 ? via.port : DefaultPort(source.protocol);
    reply.address = source.address.WithPort(symmetric && PortOf(*rport) != 0 ? PortOf(*rport) : port);
    return reply;
}

std::string ServerKey(const Message& request, const Via& via, std::string_view method) {
    if (method == "ACK") method = "INVITE";
    std::string key;
    const std::string branch = via.Branch();
    if (branch.size() > kCookie.size() && branch.starts_with(kCookie)) {
        key.append(branch);
    } else {  // RFC 2543: there is no branch to go by
        const auto from = request.From();
        const auto sequence = request.Sequence();
        key.append(request.uri().ToString()).append(1, ' ').append(request.CallId()).append(1, ' ');
        key.append(from ? from->Tag() : "").append(1, ' ').append(std::to_string(sequence ? sequence->number : 0));
        key.append(1, ' ').append(branch);
    }
    key.append(1, ' ').append(via.host).append(1, ':').append(std::to_string(via.port));
    return key.append(1, ' ').append(method);
}

std::string SmallestResponse(const Message& request, const Parsed& parsed, size_t limit) {
    Message response = MakeResponse(request, parsed.status, parsed.reason, "");
    const size_t colon = parsed.extra_header.find(':');
    if (colon != std::string::npos) {
        const size_t value = parsed.extra_header.find_first_not_of(' ', colon + 1);
        if (value != std::string::npos) {
            response.Add(parsed.extra_header.substr(0, colon), parsed.extra_header.substr(value));
        }
    }
    std::string wire = response.ToString();
    if (wire.size() <= limit) return wire;
    // Compact names and no phrase.
    wire = "SIP/2.0 " + std::to_string(parsed.status) + " \r\n";
    for (const auto& header : response.headers()) {
        const bool brief = header.name == "Via" || header.name == "From" || header.name == "To";
        if (header.name == "Content-Length") continue;
        const std::string name = header.name == "Call-ID" ? "i" : brief ? header.name.substr(0, 1) : header.name;
        wire.append(name).append(":").append(header.value).append("\r\n");
    }
    return wire.append("l:0\r\n\r\n");
}

}  // namespace trunkline::sip
