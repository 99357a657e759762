// The inside of UserAgent: the tables of sessions and open requests, and the way of a message to them.
#pragma once
#include <memory>
#include <random>
#include <string>
#include <unordered_map>

#include "sip/policy.hpp"
#include "sip/session.hpp"
#include "sip/transactions.hpp"
#include "sip/user_agent.hpp"

namespace trunkline::sip {

class UserAgent::Core final : public TransactionUser, public SessionServices {
 public:
    Core(UserAgentPorts ports, UserAgentSettings settings, UserAgentHandler& handler, SessionHandler& sessions);

    Result<SessionId> Invite(InviteRequest request);
    Session* Find(SessionId id) const;
    Session* FindDialog(std::string_view call_id, const std::string& local_tag) const;
    size_t session_count() const { return sessions_.size(); }
    Status Respond(RequestId id, int status, const std::string& reason, const std::vector<Header>& headers);
    void Request(OutOfDialog request, Done done);
    const SipCounters& counters() const { return context_.counters; }

    // TransactionUser
    Admission OnAdmission(const Message& request, const Peer& source) override;
    void OnRequest(ServerId id, const Message& request, const Peer& source) override;
    std::string LocalTag(uint64_t owner) const override;
    void OnCancel(ServerId invite, uint64_t owner) override;
    void OnAck(const Message& ack, const Peer& source) override;

    // SessionServices
    Timers& timers() override { return ports_.timers; }
    Transactions& transactions() override { return transactions_; }
    IdGenerator& ids() override { return ports_.ids; }
    const UserAgentSettings& settings() const override { return settings_; }
    SessionHandler& handler() override { return session_handler_; }
    void Resolve(const Hop& hop, std::function<void(Result<Peer>)> done) override;
    Result<NameAddr> ContactFor(const Peer& peer, std::string_view user) const override;
    void Attach(SessionId id, const std::string& call_id, const std::string& local_tag) override;
    void Release(SessionId id, Duration linger) override;
    uint32_t Random(uint32_t limit) override;

 private:
    struct Outgoing;
    void OnInvite(ServerId id, const Message& invite, const Peer& source);
    void OnOptions(ServerId id, const Message& request, const Peer& source);
    void OnOutOfDialog(ServerId id, const Message& request, const Peer& source);
    void RespondTo(ServerId id, const Message& request, int status, const std::vector<Header>& headers = {},
                   std::string reason = "");
    void SendOutgoing(std::shared_ptr<Outgoing> outgoing);
    static std::string DialogKey(std::string_view call_id, std::string_view local_tag);

    UserAgentPorts ports_;
    UserAgentSettings settings_;
    UserAgentHandler& handler_;
    SessionHandler& session_handler_;
    Capabilities capabilities_;
    TransactionContext context_;
    Transactions transactions_;
    std::minstd_rand random_;
    uint64_t last_session_ = 0;
    std::unordered_map<uint64_t, std::unique_ptr<Session>> sessions_;
    std::unordered_map<uint64_t, std::unique_ptr<Session>> finished_;  // until nothing of theirs can come any more
    std::unordered_map<std::string, SessionId> dialogs_;
    std::unordered_map<ServerId, Message> open_requests_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // answers that come too late find it gone
};

}  // namespace trunkline::sip
