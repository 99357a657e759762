// Dialogs (RFC 3261 section 12).
#include "sip/dialog.hpp"

#include <algorithm>

#include "sip/text.hpp"

namespace trunkline::sip {

namespace {
Result<Uri> TargetOf(const Message& message) {
    auto contact = message.Contact();
    if (!contact) return contact.error();
    return contact->uri;
}
}  // namespace

Result<Hop> HopOf(const Uri& uri) {
    if (uri.scheme != "sip" && uri.scheme != "sips") {
        return Error{Code::kInvalidArgument, "URI_NOT_ROUTABLE",
                     "'" + uri.ToString() + "' names no host; a next hop is needed."};
    }
    Hop hop;
    hop.host = uri.host;
    hop.port = uri.port;
    if (uri.scheme == "sips") hop.protocol = Protocol::kTls;
    if (const std::string* transport = FindParam(uri.params, "transport"); transport && uri.scheme == "sip") {
        const auto protocol = ParseProtocol(*transport);
        if (!protocol) return protocol.error();
        hop.protocol = *protocol;
    }
    if (const std::string* maddr = FindParam(uri.params, "maddr"); maddr && !maddr->empty()) hop.host = *maddr;
    if (hop.port == 0) hop.port = DefaultPort(hop.protocol);
    return hop;
}

namespace {
// Where our requests to a caller go. RFC 2543 asked for no Contact and sent them to the From; when that names no host,
// as tel: does not, there is still the place where the INVITE came from.
Result<Uri> CallerTarget(const Message& invite, const Uri& from, const Peer& source) {
    if (invite.Find("Contact") != nullptr) return TargetOf(invite);
    Uri target = from;
    target.headers.clear();
    if (HopOf(target)) return target;
    target.scheme = "sip";
    target.host = source.address.HostText();
    target.port = source.address.port();
    target.params = {{"transport", ToLower(ProtocolName(source.protocol))}};
    return target;
}
}  // namespace

Result<Dialog> Dialog::FromRequest(const Message& request, const std::string& local_tag, const Peer& source) {
    const auto from = request.From();
    if (!from) return from.error();
    const auto to = request.To();
    if (!to) return to.error();
    const auto sequence = request.Sequence();
    if (!sequence) return sequence.error();
    auto target = CallerTarget(request, from->uri, source);
    if (!target) return target.error();
    Dialog dialog;
    dialog.call_id = request.CallId();
    dialog.local_tag = local_tag;
    dialog.remote_tag = from->Tag();
    NameAddr local = *to;
    SetParam(local.params, "tag", local_tag);
    dialog.local = local.ToString();
    dialog.remote = request.Get("From");
    dialog.remote_target = std::move(*target);
    dialog.route_set = request.GetList("Record-Route");
    dialog.remote_sequence = sequence->number;
    dialog.source = source;
    return dialog;
}

Result<Dialog> Dialog::FromResponse(const Message& request, const Message& response, const Peer& source) {
    const auto from = request.From();
    if (!from) return from.error();
    const auto to = response.To();
    if (!to) return to.error();
    const auto sequence = request.Sequence();
    if (!sequence) return sequence.error();
    auto target = TargetOf(response);
    Dialog dialog;
    dialog.call_id = request.CallId();
    dialog.local_tag = from->Tag();
    dialog.remote_tag = to->Tag();
    dialog.local = request.Get("From");
    dialog.remote = response.Get("To");
    dialog.contact = request.Get("Contact");
    // A response without a Contact is wrong, but its sender can still be hung up on at the address called.
    dialog.remote_target = target ? std::move(*target) : request.uri();
    dialog.route_set = response.GetList("Record-Route");
    std::reverse(dialog.route_set.begin(), dialog.route_set.end());
    dialog.local_sequence = sequence->number;
    dialog.source = source;
    return dialog;
}

Message Dialog::Skeleton(const std::string& method, uint32_t sequence) const {
    Message message = Message::Request(method, remote_target);
    message.Add("Max-Forwards", "70");
    const auto first = route_set.empty() ? Result<NameAddr>(NameAddr{}) : ParseNameAddr(route_set.front());
    if (!route_set.empty() && first && FindParam(first->uri.params, "lr") == nullptr) {
        // A strict router wants its own URI in the request line and the target at the end of the route.
        message.set_uri(first->uri);
        for (size_t i = 1; i < route_set.size(); ++i) message.Add("Route", route_set[i]);
        message.Add("Route", "<" + remote_target.ToString() + ">");
    } else {
        for (const auto& route : route_set) message.Add("Route", route);
    }
    message.Add("From", local);
    message.Add("To", remote);
    message.Add("Call-ID", call_id);
    message.Add("CSeq", std::to_string(sequence) + " " + method);
    return message;
}

Message Dialog::MakeRequest(const std::string& method) {
    Message message = Skeleton(method, ++local_sequence);
    const bool refreshes_target = method == "INVITE" || method == "UPDATE" || method == "REFER" || method == "NOTIFY";
    if (refreshes_target && !contact.empty()) message.Add("Contact", contact);
    return message;
}

Message Dialog::MakeAck(uint32_t invite_sequence) const { return Skeleton("ACK", invite_sequence); }

bool Dialog::TakeSequence(uint32_t number) {
    if (remote_sequence && number <= *remote_sequence) return false;
    remote_sequence = number;
    return true;
}

void Dialog::RefreshTarget(const Message& message) {
    if (message.Find("Contact") == nullptr) return;
    if (auto target = TargetOf(message)) remote_target = std::move(*target);
}

Result<Hop> Dialog::NextHop() const {
    if (route_set.empty()) return HopOf(remote_target);
    const auto route = ParseNameAddr(route_set.front());
    if (!route) return route.error();
    return HopOf(route->uri);
}

}  // namespace trunkline::sip
