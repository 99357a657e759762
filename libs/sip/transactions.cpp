// Matching messages to transactions (RFC 3261 section 17), and sending.
#include "sip/transactions.hpp"

#include <vector>

#include "sip/reason_phrase.hpp"
#include "sip/via_routing.hpp"

namespace trunkline::sip {

struct Transactions::Server {
    std::unique_ptr<ServerTransaction> transaction;
    std::string key;
    size_t original = 0;
    uint64_t owner = 0;
};

namespace {
std::string ClientKey(const std::string& branch, const std::string& method) { return branch + ' ' + method; }

// What section 8.2.2.2 compares to see that one request came by two ways.
size_t OriginalHash(const Message& request) {
    const auto from = request.From();
    std::string text = from ? from->Tag() : "";
    text.append(1, '\n').append(request.CallId()).append(1, '\n').append(request.Get("CSeq"));
    return std::hash<std::string>{}(text);
}

bool HasToTag(const Message& request) {
    const auto to = request.To();
    return to && !to->Tag().empty();
}
}  // namespace

Transactions::Transactions(TransactionContext& context, IdGenerator& ids, TransactionUser& user)
    : context_(context), ids_(ids), user_(user) {
    context_.transport.SetSink(this);
}

Transactions::~Transactions() { context_.transport.SetSink(nullptr); }

bool Transactions::AddVia(Message& request, const Peer& peer, const std::string& branch) const {
    const auto local = context_.transport.LocalAddress(peer.protocol, peer.address);
    Via via;
    via.transport = ProtocolName(peer.protocol);
    via.host = local ? local->host : "invalid.invalid";
    via.port = local ? local->port : 0;
    via.params = {{"branch", branch}, {"rport", ""}};
    request.AddFirst("Via", via.ToString());
    return local.ok();
}

ClientId Transactions::Send(Message request, const Peer& peer, ResponseHandler handler) {
    const ClientId id = ++last_id_;
    const std::string branch = "z9hG4bK" + ids_.New();
    AddVia(request, peer, branch);
    std::string key = ClientKey(branch, request.method());
    auto gone = [this, id] {
        const auto found = client_keys_.find(id);
        if (found == client_keys_.end()) return;
        wanted_cancels_.erase(found->second);
        clients_.erase(found->second);
        client_keys_.erase(found);
    };
    auto transaction =
        std::make_unique<ClientTransaction>(context_, std::move(request), peer, std::move(handler), gone);
    client_keys_[id] = key;
    auto& stored = clients_[std::move(key)];
    stored = std::move(transaction);
    stored->Start();
    return id;
}

void Transactions::Cancel(ClientId invite, const std::string& reason) {
    const auto key = client_keys_.find(invite);
    if (key == client_keys_.end()) return;
    ClientTransaction& transaction = *clients_.at(key->second);
    if (transaction.state() == ClientTransaction::State::kCalling) {
        wanted_cancels_[key->second] = {invite, reason};
        return;
    }
    if (transaction.state() != ClientTransaction::State::kProceeding) return;
    Message cancel = MakeCancel(transaction.request());
    if (!reason.empty()) cancel.Add("Reason", reason);
    const auto via = cancel.TopVia();
    if (!via) return;
    const Peer peer = transaction.peer();
    transaction.GiveUpSoon();
    const ClientId id = ++last_id_;
    const std::string cancel_key = ClientKey(via->Branch(), "CANCEL");
    client_keys_[id] = cancel_key;
    auto gone = [this, id, cancel_key] {
        client_keys_.erase(id);
        clients_.erase(cancel_key);
    };
    auto& stored = clients_[cancel_key];
    stored = std::make_unique<ClientTransaction>(
        context_, std::move(cancel), peer, [](const Message&, const Peer&) {}, gone);
    stored->Start();
}

void Transactions::SendDirect(Message& message, const Peer& peer) {
    if (message.Find("Via") == nullptr) AddVia(message, peer, "z9hG4bK" + ids_.New());
    [[maybe_unused]] const auto sent = context_.transport.Send(peer, message.ToString());
}

bool Transactions::Respond(ServerId id, const Message& response) {
    const auto found = servers_.find(id);
    return found != servers_.end() && found->second.transaction->Respond(response);
}

void Transactions::SetOwner(ServerId id, uint64_t owner) {
    const auto found = servers_.find(id);
    if (found != servers_.end()) found->second.owner = owner;
}

void Transactions::OnReceived(Parsed parsed, const Peer& source, size_t bytes) {
    switch (parsed.verdict) {
        case Parsed::Verdict::kDrop:
            ++context_.counters.dropped;
            break;
        case Parsed::Verdict::kReject:
            ++context_.counters.rejected;
            Reject(parsed, source, bytes);
            break;
        case Parsed::Verdict::kAccept:
            if (parsed.message.IsRequest()) {
                OnRequest(std::move(parsed.message), source);
            } else {
                OnResponse(parsed.message, source);
            }
            break;
    }
    if (parsed.close_stream && source.connection != 0) context_.transport.CloseConnection(source.connection);
}

void Transactions::Reject(const Parsed& parsed, const Peer& source, size_t bytes) {
    auto via = parsed.message.TopVia();
    if (parsed.message.Find("Via") == nullptr) return;
    Message request = parsed.message;
    // A Via that cannot be read is given back as it came, to where it came from.
    if (via) MarkSource(request, *via, source);
    const std::string wire = SmallestResponse(request, parsed, bytes);
    // Over UDP the source may be forged: nobody gets more bytes from us than were sent in his name.
    if (!IsReliable(source.protocol) && wire.size() > bytes) {
        ++context_.counters.dropped;
        return;
    }
    [[maybe_unused]] const auto sent = context_.transport.Send(via ? ReplyAddress(*via, source) : source, wire);
}

void Transactions::AnswerStateless(const Incoming& incoming, int status) {
    // The tag is a function of the request, as section 8.2.7 asks of a stateless server.
    const std::string tag = std::to_string(OriginalHash(incoming.request));
    const Message response = MakeResponse(incoming.request, status, ReasonPhrase(status), tag);
    const Peer reply_to = ReplyAddress(incoming.via, incoming.source);
    [[maybe_unused]] const auto sent = context_.transport.Send(reply_to, response.ToString());
}

void Transactions::OnRequest(Message request, const Peer& source) {
    auto via = request.TopVia();
    if (!via) return;
    MarkSource(request, *via, source);
    const Incoming incoming{request, *via, source};
    std::string key = ServerKey(request, *via, request.method());
    const bool is_ack = request.method() == "ACK";
    const auto found = server_ids_.find(key);
    if (found != server_ids_.end()) {
        ServerTransaction& transaction = *servers_.at(found->second).transaction;
        // An RFC 2543 ACK of a 2xx has the key of its INVITE, but belongs to the dialog.
        if (!is_ack) return transaction.OnRetransmission();
        if (transaction.state() != ServerTransaction::State::kAccepted) return transaction.OnAck();
    }
    if (is_ack) return user_.OnAck(request, source);
    if (request.method() == "CANCEL") return OnCancelRequest(incoming, std::move(key));
    OnNewRequest(incoming, std::move(key));
}

void Transactions::OnNewRequest(const Incoming& incoming, std::string key) {
    const Message& request = incoming.request;
    const bool outside_dialog = !HasToTag(request);
    if (outside_dialog) {
        const Admission admission = user_.OnAdmission(request, incoming.source);
        if (admission == Admission::kBusy) {
            ++context_.counters.refused_busy;
            return AnswerStateless(incoming, 503);
        }
        if (admission == Admission::kDrop) {
            ++context_.counters.dropped;
            return;
        }
    }
    const size_t original = outside_dialog ? OriginalHash(request) : 0;
    const bool merged = outside_dialog && originals_.contains(original);
    const ServerId id = NewServer(incoming, std::move(key));
    if (merged) {
        Respond(id, MakeResponse(request, 482, ReasonPhrase(482), ids_.New()));
        return;
    }
    if (outside_dialog) {
        originals_[original] = id;
        servers_.at(id).original = original;
    }
    if (request.method() == "INVITE") Respond(id, MakeResponse(request, 100, "Trying", ""));
    user_.OnRequest(id, request, incoming.source);
}

ServerId Transactions::NewServer(const Incoming& incoming, std::string key) {
    const ServerId id = ++last_id_;
    auto gone = [this, id] {
        const auto found = servers_.find(id);
        if (found == servers_.end()) return;
        server_ids_.erase(found->second.key);
        if (found->second.original != 0) originals_.erase(found->second.original);
        servers_.erase(found);
    };
    Server& server = servers_[id];
    server.key = std::move(key);
    server.transaction = std::make_unique<ServerTransaction>(context_, incoming.request.method() == "INVITE",
                                                             ReplyAddress(incoming.via, incoming.source), gone);
    server_ids_[server.key] = id;
    return id;
}

void Transactions::OnCancelRequest(const Incoming& incoming, std::string key) {
    const auto invite = server_ids_.find(ServerKey(incoming.request, incoming.via, "INVITE"));
    const bool known = invite != server_ids_.end();
    const ServerId target = known ? invite->second : 0;
    const int status = known ? 200 : 481;
    const ServerId id = NewServer(incoming, std::move(key));
    const std::string tag = known ? user_.LocalTag(servers_.at(target).owner) : "";
    Respond(id, MakeResponse(incoming.request, status, ReasonPhrase(status), tag.empty() ? ids_.New() : tag));
    if (known && servers_.at(target).transaction->state() == ServerTransaction::State::kProceeding) {
        user_.OnCancel(target, servers_.at(target).owner);
    }
}

void Transactions::OnResponse(const Message& response, const Peer& source) {
    const auto via = response.TopVia();
    const auto sequence = response.Sequence();
    const auto found = via && sequence ? clients_.find(ClientKey(via->Branch(), sequence->method)) : clients_.end();
    if (found == clients_.end()) {
        ++context_.counters.dropped;
        return;
    }
    ClientTransaction& transaction = *found->second;
    const auto wanted = wanted_cancels_.extract(found->first);
    transaction.OnResponse(response, source);
    if (!wanted.empty()) Cancel(wanted.mapped().invite, wanted.mapped().reason);
}

void Transactions::OnConnectionLost(uint64_t connection) {
    std::vector<std::string> keys;  // a transaction that fails leaves the table, and its user may start others
    for (const auto& [key, transaction] : clients_) {
        if (transaction->peer().connection == connection) keys.push_back(key);
    }
    for (const auto& key : keys) {
        const auto found = clients_.find(key);
        if (found != clients_.end()) found->second->OnConnectionLost(connection);
    }
    for (auto& [id, server] : servers_) server.transaction->OnConnectionLost(connection);
}

}  // namespace trunkline::sip
