// The commands of the SIP engine: each finds its session and hands on.
#include "sip/user_agent.hpp"

#include "sip/user_agent_core.hpp"

namespace trunkline::sip {

namespace {
Error Gone() { return Error{Code::kNotFound, "SESSION_GONE", "The call has ended."}; }
}  // namespace

UserAgent::UserAgent(UserAgentPorts ports, UserAgentSettings settings, UserAgentHandler& handler,
                     SessionHandler& sessions)
    : core_(std::make_unique<Core>(ports, std::move(settings), handler, sessions)) {}

UserAgent::~UserAgent() = default;

Result<SessionId> UserAgent::Invite(InviteRequest request) { return core_->Invite(std::move(request)); }

Status UserAgent::AckAnswer(SessionId id, std::string sdp) {
    Session* session = core_->Find(id);
    return session ? session->AckAnswer(sdp) : Gone();
}

Status UserAgent::Progress(SessionId id, int status, std::string reason, std::string sdp) {
    Session* session = core_->Find(id);
    return session ? session->Progress(status, std::move(reason), std::move(sdp)) : Gone();
}

Status UserAgent::Answer(SessionId id, std::string sdp, std::vector<Header> headers) {
    Session* session = core_->Find(id);
    return session ? session->Answer(std::move(sdp), std::move(headers)) : Gone();
}

Status UserAgent::Reject(SessionId id, int status, std::string reason, std::vector<Header> headers) {
    Session* session = core_->Find(id);
    return session ? session->Reject(status, std::move(reason), std::move(headers)) : Gone();
}

Status UserAgent::End(SessionId id, std::string reason) {
    Session* session = core_->Find(id);
    return session ? session->End(reason) : Gone();
}

Status UserAgent::Reoffer(SessionId id, std::string sdp, ReofferBy by) {
    Session* session = core_->Find(id);
    return session ? session->Reoffer(std::move(sdp), by) : Gone();
}

Status UserAgent::AnswerOffer(SessionId id, std::string sdp) {
    Session* session = core_->Find(id);
    return session ? session->AnswerOffer(std::move(sdp)) : Gone();
}

Status UserAgent::RefuseOffer(SessionId id, int status, std::string reason) {
    Session* session = core_->Find(id);
    return session ? session->RefuseOffer(status, std::move(reason)) : Gone();
}

Status UserAgent::Refer(SessionId id, const NameAddr& refer_to, std::string referred_by) {
    Session* session = core_->Find(id);
    return session ? session->Refer(refer_to, referred_by) : Gone();
}

Status UserAgent::AcceptRefer(SessionId id) {
    Session* session = core_->Find(id);
    return session ? session->transfer().Accept() : Gone();
}

Status UserAgent::RefuseRefer(SessionId id, int status, std::string reason) {
    Session* session = core_->Find(id);
    return session ? session->transfer().Refuse(status, std::move(reason)) : Gone();
}

Status UserAgent::NotifyRefer(SessionId id, int status, std::string reason) {
    Session* session = core_->Find(id);
    return session ? session->transfer().Notify(status, std::move(reason)) : Gone();
}

std::optional<SessionId> UserAgent::FindReplaced(const Replaces& replaces) const {
    const Session* session = core_->FindDialog(replaces.call_id, replaces.to_tag);
    if (session == nullptr || session->core().dialog.remote_tag != replaces.from_tag) return std::nullopt;
    // early-only does not match a call that is up (RFC 3891 section 3).
    if (replaces.early_only && session->core().state == SessionState::kConfirmed) return std::nullopt;
    return session->core().id;
}

std::optional<Replaces> UserAgent::ReplacesOf(SessionId id) const {
    const Session* session = core_->Find(id);
    if (session == nullptr || session->core().dialog.remote_tag.empty()) return std::nullopt;
    const Dialog& dialog = session->core().dialog;
    return Replaces{dialog.call_id, dialog.remote_tag, dialog.local_tag, false};
}

Status UserAgent::SendInfo(SessionId id, std::string content_type, std::string body) {
    Session* session = core_->Find(id);
    return session ? session->SendInfo(std::move(content_type), std::move(body)) : Gone();
}

std::optional<SessionView> UserAgent::View(SessionId id) const {
    const Session* session = core_->Find(id);
    if (session == nullptr) return std::nullopt;
    return session->View();
}

size_t UserAgent::session_count() const { return core_->session_count(); }

Status UserAgent::Respond(RequestId id, int status, std::string reason, std::vector<Header> headers) {
    return core_->Respond(id, status, reason, headers);
}

void UserAgent::Request(OutOfDialog request, Done done) { core_->Request(std::move(request), std::move(done)); }

Result<NameAddr> UserAgent::LocalContact(const Peer& peer, std::string_view user) const {
    return core_->ContactFor(peer, user);
}

SipCounters UserAgent::counters() const { return core_->counters(); }

}  // namespace trunkline::sip
