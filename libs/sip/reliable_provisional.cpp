// The sender of reliable provisional responses (RFC 3262 section 3).
#include "sip/reliable_provisional.hpp"

#include "sip/text.hpp"

namespace trunkline::sip {

namespace {
constexpr uint32_t kHighestFirstRseq = 0x7fffffff;  // section 3: so that it never wraps round

struct Rack {
    uint32_t rseq = 0;
    CSeq sequence;
};

// "776656 1 INVITE" (section 7.2).
std::optional<Rack> ReadRack(std::string_view text) {
    text = Trim(text);
    const size_t space = text.find_first_of(" \t");
    if (space == std::string_view::npos) return std::nullopt;
    const auto rseq = ParseNumber(text.substr(0, space), UINT32_MAX);
    auto sequence = ParseCSeq(Trim(text.substr(space)));
    if (!rseq || !sequence) return std::nullopt;
    return Rack{static_cast<uint32_t>(*rseq), std::move(*sequence)};
}
}  // namespace

ReliableProvisional::ReliableProvisional(SessionCore& core, std::function<void()> no_prack)
    : core_(core),
      no_prack_(std::move(no_prack)),
      next_rseq_(1 + core.services.Random(kHighestFirstRseq)),
      retransmission_(core.timers()),
      deadline_(core.timers()) {}

void ReliableProvisional::Send(ServerId server, Message response) {
    const uint32_t rseq = next_rseq_++;
    response.Add("Require", "100rel");
    response.Add("RSeq", std::to_string(rseq));
    queue_.push_back({server, std::move(response), rseq});
    if (!current_) SendNext();
}

void ReliableProvisional::SendNext() {
    if (queue_.empty()) return;
    current_ = std::move(queue_.front());
    queue_.pop_front();
    core_.Respond(current_->server, current_->response);
    interval_ = core_.services.settings().times.t1;
    retransmission_.Start(interval_, [this] { Retransmit(); });
    deadline_.Start(core_.services.settings().times.Give(), [this] {
        Stop();
        no_prack_();
    });
}

void ReliableProvisional::Retransmit() {
    core_.Respond(current_->server, current_->response);
    interval_ *= 2;  // without limit: T2 does not hold here (section 3)
    retransmission_.Start(interval_, [this] { Retransmit(); });
}

bool ReliableProvisional::OnPrack(const Message& prack) {
    const auto rack = ReadRack(prack.Get("RAck"));
    if (!rack || !current_ || rack->rseq != current_->rseq) return false;
    const auto sequence = current_->response.Sequence();
    if (!sequence || rack->sequence.number != sequence->number || rack->sequence.method != sequence->method)
        return false;
    current_.reset();
    retransmission_.Stop();
    deadline_.Stop();
    SendNext();
    return true;
}

void ReliableProvisional::Stop() {
    current_.reset();
    queue_.clear();
    retransmission_.Stop();
    deadline_.Stop();
}

}  // namespace trunkline::sip
