// The user agent's tables (RFC 3261 sections 8 and 12.2.2).
#include "sip/user_agent_core.hpp"

#include <algorithm>

namespace trunkline::sip {

namespace {
Capabilities CapabilitiesOf(const UserAgentSettings& settings) {
    Capabilities capabilities;
    capabilities.methods = {"INVITE", "ACK",  "CANCEL", "BYE",    "OPTIONS", "PRACK",
                            "UPDATE", "INFO", "REFER",  "NOTIFY", "MESSAGE"};
    for (const auto& method : settings.extra_methods) {
        const auto& known = capabilities.methods;
        if (std::find(known.begin(), known.end(), method) == known.end()) capabilities.methods.push_back(method);
    }
    capabilities.extensions = {"timer", "replaces"};
    if (settings.reliable_provisional) capabilities.extensions.push_back("100rel");
    capabilities.content_types = settings.accepted_bodies;
    for (const char* type : {"application/dtmf-relay", "application/dtmf", "message/sipfrag", "text/plain"}) {
        capabilities.content_types.push_back(type);
    }
    return capabilities;
}

std::string ToTag(const Message& request) {
    const auto to = request.To();
    return to ? to->Tag() : "";
}

// What belongs to a dialog and makes no sense without one.
bool NeedsDialog(const std::string& method) {
    return method == "BYE" || method == "PRACK" || method == "UPDATE" || method == "INFO" || method == "NOTIFY";
}
}  // namespace

UserAgent::Core::Core(UserAgentPorts ports, UserAgentSettings settings, UserAgentHandler& handler,
                      SessionHandler& sessions)
    : ports_(ports),
      settings_(std::move(settings)),
      handler_(handler),
      session_handler_(sessions),
      capabilities_(CapabilitiesOf(settings_)),
      context_{ports_.timers, ports_.transport, settings_.times, {}},
      transactions_(context_, ports_.ids, *this),
      random_(std::random_device{}()) {}

Result<SessionId> UserAgent::Core::Invite(InviteRequest request) {
    if (sessions_.size() >= settings_.max_sessions) {
        return Error{Code::kResourceExhausted, "TOO_MANY_SESSIONS", "The limit of calls at a time is reached."};
    }
    const SessionId id{++last_session_};
    auto& session = sessions_[id.value];
    session = std::make_unique<Session>(*this, id, true);
    session->Call(std::move(request));
    return id;
}

Session* UserAgent::Core::Find(SessionId id) const {
    const auto found = sessions_.find(id.value);
    return found == sessions_.end() ? nullptr : found->second.get();
}

std::string UserAgent::Core::DialogKey(std::string_view call_id, std::string_view local_tag) {
    return std::string(call_id).append(1, '\n').append(local_tag);
}

Session* UserAgent::Core::FindDialog(std::string_view call_id, const std::string& local_tag) const {
    const auto found = dialogs_.find(DialogKey(call_id, local_tag));
    return found == dialogs_.end() ? nullptr : Find(found->second);
}

Admission UserAgent::Core::OnAdmission(const Message& request, const Peer& source) {
    return handler_.OnAdmission(request, source);
}

void UserAgent::Core::RespondTo(ServerId id, const Message& request, int status, const std::vector<Header>& headers,
                                std::string reason) {
    if (reason.empty()) reason = ReasonPhrase(status);
    Message response = MakeResponse(request, status, std::move(reason), ports_.ids.New());
    if (!settings_.product.empty()) response.Add("Server", settings_.product);
    for (const auto& header : headers) response.Add(header.name, header.value);
    transactions_.Respond(id, response);
}

void UserAgent::Core::OnRequest(ServerId id, const Message& request, const Peer& source) {
    if (const auto refusal = CheckRequest(request, capabilities_)) {
        return RespondTo(id, request, refusal->status, refusal->headers, refusal->reason);
    }
    const std::string tag = ToTag(request);
    if (!tag.empty()) {
        if (Session* session = FindDialog(request.CallId(), tag)) {
            if (request.method() == "INVITE") transactions_.SetOwner(id, session->core().id.value);
            return session->OnRequest(id, request, source);
        }
        if (request.method() != "OPTIONS" && request.method() != "REGISTER") return RespondTo(id, request, 481);
    }
    if (request.method() == "INVITE") return OnInvite(id, request, source);
    if (request.method() == "OPTIONS") return OnOptions(id, request, source);
    OnOutOfDialog(id, request, source);
}

void UserAgent::Core::OnInvite(ServerId id, const Message& invite, const Peer& source) {
    if (sessions_.size() >= settings_.max_sessions) {
        ++context_.counters.refused_busy;
        return RespondTo(id, invite, 503);
    }
    const SessionId session_id{++last_session_};
    auto session = std::make_unique<Session>(*this, session_id, false);
    if (!session->Take(id, invite, source)) return;
    sessions_[session_id.value] = std::move(session);
    transactions_.SetOwner(id, session_id.value);
    handler_.OnInvite(session_id, invite, source);
}

void UserAgent::Core::OnOptions(ServerId id, const Message& request, const Peer& source) {
    std::string allow;
    for (const auto& method : capabilities_.methods) allow.append(allow.empty() ? "" : ", ").append(method);
    std::vector<Header> headers{{"Allow", std::move(allow)}, {"Accept", "application/sdp"}};
    headers.push_back({"Supported", settings_.reliable_provisional ? "100rel, timer, replaces" : "timer, replaces"});
    RespondTo(id, request, handler_.OnOptions(request, source), headers);
}

void UserAgent::Core::OnOutOfDialog(ServerId id, const Message& request, const Peer& source) {
    const std::string& method = request.method();
    if (NeedsDialog(method)) return RespondTo(id, request, 481);
    const auto& extra = settings_.extra_methods;
    if (std::find(extra.begin(), extra.end(), method) == extra.end()) return RespondTo(id, request, 403);
    open_requests_[id] = request;
    if (method == "REGISTER") return handler_.OnRegister({id}, request, source);
    handler_.OnRequest({id}, request, source);
}

Status UserAgent::Core::Respond(RequestId id, int status, const std::string& reason,
                                const std::vector<Header>& headers) {
    const auto found = open_requests_.find(id.value);
    if (found == open_requests_.end()) {
        return Error{Code::kNotFound, "REQUEST_GONE", "That request has been answered already."};
    }
    const Message request = std::move(found->second);
    open_requests_.erase(found);
    RespondTo(id.value, request, status, headers, reason);
    return {};
}

std::string UserAgent::Core::LocalTag(uint64_t owner) const {
    const Session* session = Find(SessionId{owner});
    return session == nullptr ? "" : session->core().dialog.local_tag;
}

void UserAgent::Core::OnCancel(ServerId invite, uint64_t owner) {
    if (Session* session = Find(SessionId{owner})) session->OnCancel(invite);
}

void UserAgent::Core::OnAck(const Message& ack, const Peer& /*source*/) {
    Session* session = FindDialog(ack.CallId(), ToTag(ack));
    if (session == nullptr) {
        ++context_.counters.dropped;
        return;
    }
    session->OnAck(ack);
}

void UserAgent::Core::Attach(SessionId id, const std::string& call_id, const std::string& local_tag) {
    dialogs_[DialogKey(call_id, local_tag)] = id;
}

void UserAgent::Core::Release(SessionId id, Duration linger) {
    const auto found = sessions_.find(id.value);
    if (found == sessions_.end()) return;
    const Dialog& dialog = found->second->core().dialog;
    dialogs_.erase(DialogKey(dialog.call_id, dialog.local_tag));
    finished_[id.value] = std::move(found->second);
    sessions_.erase(found);
    ports_.timers.Start(linger, [this, id, alive = std::weak_ptr<bool>(alive_)] {
        if (!alive.expired()) finished_.erase(id.value);
    });
}

uint32_t UserAgent::Core::Random(uint32_t limit) {
    return std::uniform_int_distribution<uint32_t>(0, limit - 1)(random_);
}

void UserAgent::Core::Resolve(const Hop& hop, std::function<void(Result<Peer>)> done) {
    const uint16_t port = hop.port != 0 ? hop.port : DefaultPort(hop.protocol);
    ports_.resolver.Resolve(hop.host, port,
                            [hop, done = std::move(done), alive = std::weak_ptr<bool>(alive_)](const auto& address) {
                                if (alive.expired()) return;
                                if (!address) return done(address.error());
                                done(Peer{hop.protocol, *address, 0, hop.host});
                            });
}

Result<NameAddr> UserAgent::Core::ContactFor(const Peer& peer, std::string_view user) const {
    const auto local = ports_.transport.LocalAddress(peer.protocol, peer.address);
    if (!local) return local.error();
    NameAddr contact;
    contact.uri.user = user;
    contact.uri.host = local->host;
    contact.uri.port = local->port;
    if (peer.protocol == Protocol::kTcp) SetParam(contact.uri.params, "transport", "tcp");
    if (peer.protocol == Protocol::kTls) SetParam(contact.uri.params, "transport", "tls");
    return contact;
}

}  // namespace trunkline::sip
