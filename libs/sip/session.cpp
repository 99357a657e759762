// The commands and the in-dialog requests of a session.
#include "sip/session.hpp"

#include "sip/info_digit.hpp"

namespace trunkline::sip {

Session::Session(SessionServices& services, SessionId id, bool outgoing)
    : core_(services, id, outgoing), offers_(core_), transfer_(core_) {
    if (outgoing) {
        client_.emplace(core_);
    } else {
        server_.emplace(core_);
    }
    core_.refresh = [this] { offers_.Refresh(); };
    core_.before_end = [this] {
        offers_.Stop();
        transfer_.Stop();
        if (server_) server_->Stop();
    };
}

Status Session::AckAnswer(const std::string& sdp) {
    if (!client_ || core_.ended) return WrongState("No offer of the peer waits for an answer.");
    return client_->Acknowledge(sdp);
}

Status Session::Progress(int status, std::string reason, std::string sdp) {
    if (!server_) return WrongState("Only a call that arrives can be told its progress.");
    return server_->Progress(status, std::move(reason), std::move(sdp));
}

Status Session::Answer(std::string sdp, std::vector<Header> headers) {
    if (!server_) return WrongState("Only a call that arrives can be answered.");
    return server_->Answer(std::move(sdp), std::move(headers));
}

Status Session::Reject(int status, std::string reason, std::vector<Header> headers) {
    if (!server_) return WrongState("Only a call that arrives can be refused.");
    return server_->Reject(status, std::move(reason), std::move(headers));
}

Status Session::End(const std::string& reason_header) {
    if (core_.ended || core_.state == SessionState::kEnding) return {};
    const EndCause cause = CauseOf(EndCause::Kind::kLocal);
    if (core_.state == SessionState::kCalling) {
        client_->Cancel(cause, reason_header);
    } else if (server_) {
        server_->End(cause, reason_header);
    } else {
        if (client_->acknowledgement_due()) [[maybe_unused]]
            const auto acknowledged = client_->Acknowledge("");
        core_.HangUp(cause, reason_header);
    }
    return {};
}

Status Session::Reoffer(std::string sdp, ReofferBy by) {
    const bool early_update = by == ReofferBy::kUpdate && core_.state == SessionState::kIncoming;
    if (!Established() && !early_update) return WrongState("A call is changed while it is up.");
    const bool open = (client_ && client_->acknowledgement_due()) || (server_ && server_->offer_without_answer());
    if (open) return Error{Code::kFailedPrecondition, "OFFER_PENDING", "The first offer has no answer yet."};
    return offers_.Reoffer(std::move(sdp), by);
}

Status Session::AnswerOffer(std::string sdp) {
    if (core_.ended) return WrongState("The call has ended.");
    if (client_ && client_->offer_in_provisional()) return client_->Acknowledge(sdp);
    return offers_.Answer(std::move(sdp));
}

Status Session::RefuseOffer(int status, std::string reason) {
    if (client_ && client_->offer_in_provisional()) return End("");  // PRACK knows no refusal
    return offers_.Refuse(status, std::move(reason));
}

Status Session::Refer(const NameAddr& refer_to, const std::string& referred_by) {
    if (core_.state != SessionState::kConfirmed) return WrongState("A call is transferred while it is up.");
    return transfer_.Send(refer_to, referred_by);
}

Status Session::SendInfo(std::string content_type, std::string body) {
    if (!Established()) return WrongState("INFO needs a call that is up.");
    Message info = core_.dialog.MakeRequest("INFO");
    info.SetBody(std::move(content_type), std::move(body));
    core_.SendInDialog(std::move(info), [](const Message&, const Peer&) {});
    return {};
}

bool Session::CheckRequest(ServerId server, const Message& request) {
    const auto from = request.From();
    const bool same_peer = core_.dialog.remote_tag.empty() || (from && from->Tag() == core_.dialog.remote_tag);
    if (!same_peer || core_.ended) {
        core_.Respond(server, request, 481);
        return false;
    }
    const auto sequence = request.Sequence();
    if (!sequence || !core_.dialog.TakeSequence(sequence->number)) {
        core_.Respond(server, request, 500, "CSeq Out Of Order");
        return false;
    }
    return true;
}

void Session::OnRequest(ServerId server, const Message& request, const Peer& source) {
    if (!CheckRequest(server, request)) return;
    core_.dialog.source = source;
    const std::string& method = request.method();
    const bool initial_open = (server_ && (server_->open() || server_->offer_without_answer())) ||
                              (client_ && client_->acknowledgement_due());
    if (method == "BYE") return OnBye(server, request);
    if (core_.state == SessionState::kEnding) return core_.Respond(server, request, 481);
    if (method == "INVITE" || method == "UPDATE") {
        // An UPDATE in an early dialog is fine once our answer has gone out reliably (RFC 3311 section 5.1).
        const bool early_update = method == "UPDATE" && !core_.local_sdp.empty();
        return offers_.OnRequest(server, request, early_update ? false : initial_open);
    }
    if (method == "PRACK" && server_) {
        return server_->OnPrack(server, request, [&] { offers_.OnRequest(server, request, false); });
    }
    if (method == "REFER") return transfer_.OnRefer(server, request);
    if (method == "NOTIFY") return transfer_.OnNotify(server, request);
    if (method == "INFO" || method == "MESSAGE") return OnInfo(server, request);
    if (method == "OPTIONS") {
        Message response = core_.MakeAnswer(request, 200);
        core_.AddAbilities(response);
        return core_.Respond(server, response);
    }
    core_.Respond(server, request, method == "PRACK" ? 481 : 405);
}

void Session::OnBye(ServerId server, const Message& bye) {
    core_.Respond(server, bye, 200);
    EndCause cause = CauseOf(EndCause::Kind::kRemoteBye);
    cause.header = bye.Get("Reason");
    // A BYE before the answer ends the INVITE too (section 15.1.2).
    if (server_ && server_->open()) return server_->OnBye(std::move(cause));
    core_.Finish(std::move(cause));
}

void Session::OnInfo(ServerId server, const Message& info) {
    core_.Respond(server, info, 200);
    const auto digit = ParseInfoDigit(info);
    if (digit) return core_.handler().OnInfoDigit(core_.id, digit->digit, digit->millis);
    core_.handler().OnInfo(core_.id, info);
}

void Session::OnAck(const Message& ack) {
    if (server_ && server_->OnAck(ack)) return;
    offers_.OnAck(ack);
}

void Session::OnCancel(ServerId server) {
    if (server_ && server_->Owns(server)) return server_->OnCancel();
    offers_.OnCancel(server);
}

SessionView Session::View() const {
    SessionView view;
    view.state = core_.state;
    view.outgoing = core_.outgoing;
    view.call_id = core_.dialog.call_id;
    view.local_tag = core_.dialog.local_tag;
    view.remote_tag = core_.dialog.remote_tag;
    view.peer = core_.dialog.source;
    view.remote_target = core_.dialog.remote_target;
    if (const auto local = ParseNameAddr(core_.dialog.local)) view.local_uri = local->uri.ToString();
    if (const auto remote = ParseNameAddr(core_.dialog.remote)) view.remote_uri = remote->uri.ToString();
    return view;
}

}  // namespace trunkline::sip
