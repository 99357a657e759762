// Requests of ours outside of a dialog (RFC 3261 section 8.1).
#include "sip/credentials.hpp"
#include "sip/dialog.hpp"
#include "sip/user_agent_core.hpp"

namespace trunkline::sip {

struct UserAgent::Core::Outgoing {
    Message request;
    std::optional<Account> account;
    std::string contact_user;
    Done done;
    Peer peer;
    int rounds = 0;
};

namespace {
// What section 8.1.1 asks for and the caller has not given.
void Complete(Message& request, const UserAgentSettings& settings, IdGenerator& ids) {
    const auto set = [&](const char* name, std::string value) {
        if (request.Find(name) == nullptr) request.Add(name, std::move(value));
    };
    NameAddr to;
    to.uri = request.uri();
    set("Max-Forwards", "70");
    set("To", to.ToString());
    set("Call-ID", ids.New());
    set("CSeq", "1 " + request.method());
    if (!settings.product.empty()) set("User-Agent", settings.product);
}
}  // namespace

void UserAgent::Core::Request(OutOfDialog out, Done done) {
    const auto hop = out.next_hop ? Result<Hop>(*out.next_hop) : HopOf(out.request.uri());
    auto outgoing = std::make_shared<Outgoing>();
    outgoing->request = std::move(out.request);
    outgoing->account = std::move(out.account);
    outgoing->contact_user = out.contact_user.empty() ? settings_.contact_user : std::move(out.contact_user);
    outgoing->done = std::move(done);
    Complete(outgoing->request, settings_, ports_.ids);
    // From a timer: `done` is never called inside this call.
    ports_.timers.Start(Duration::zero(), [this, hop, outgoing, alive = std::weak_ptr<bool>(alive_)] {
        if (alive.expired()) return;
        if (!hop) return outgoing->done(Message::Response(503, hop.error().message), Peer{});
        Resolve(*hop, [this, outgoing](Result<Peer> peer) {
            if (!peer) return outgoing->done(Message::Response(503, peer.error().message), Peer{});
            outgoing->peer = std::move(*peer);
            SendOutgoing(outgoing);
        });
    });
}

void UserAgent::Core::SendOutgoing(std::shared_ptr<Outgoing> outgoing) {
    Message& request = outgoing->request;
    const auto contact = ContactFor(outgoing->peer, outgoing->contact_user);
    if (contact && request.Find("Contact") == nullptr) request.Add("Contact", contact->ToString());
    if (contact && request.Find("From") == nullptr) {
        NameAddr from = *contact;
        from.params = {{"tag", ports_.ids.New()}};
        request.Add("From", from.ToString());
    }
    transactions_.Send(request, outgoing->peer, [this, outgoing](const Message& response, const Peer& source) {
        if (response.status() < 200) return;
        const bool challenged = response.status() == 401 || response.status() == 407;
        if (challenged && outgoing->account) {
            auto again = WithCredentials(outgoing->request, response,
                                         {*outgoing->account, outgoing->peer, source, outgoing->rounds});
            const auto sequence = outgoing->request.Sequence();
            if (again && sequence) {
                outgoing->request = std::move(*again);
                SetSequence(outgoing->request, sequence->number + 1);
                ++outgoing->rounds;
                return SendOutgoing(outgoing);
            }
        }
        outgoing->done(response, source);
    });
}

}  // namespace trunkline::sip
