// Which packets of a leg are genuine.
#include "rtp/source_lock.hpp"

#include <algorithm>

namespace trunkline::rtp {
namespace {

// An attacker may invent any number of sources; more than these are not followed.
constexpr size_t kMaximumCandidates = 16;

}  // namespace

void SourceLock::Signal(const Address& remote, SteadyTime now, bool fresh_stream) {
    if (remote == signalled_ && !fresh_stream) return;
    signalled_ = remote;
    signalled_at_ = now;
    candidates_.clear();
    locked_ = false;
}

Verdict SourceLock::OnPacket(const Address& from, uint16_t sequence, uint32_t ssrc, SteadyTime now) {
    if (locked_) return from == source_ && ssrc == ssrc_ ? Verdict::kAccept : Verdict::kForeign;
    const bool exact = from == signalled_;
    const bool learning =
        mode_ == SourceMode::kSymmetric && !signalled_.empty() && now - signalled_at_ <= kLearningWindow;
    if (!exact && !learning) return Verdict::kForeign;
    const Candidate* candidate = Track(from, sequence, ssrc);
    if (candidate == nullptr) return Verdict::kForeign;
    if (candidate->consecutive >= kPacketsToLock && !BetterCandidateThan(candidate->rank)) {
        source_ = from;
        ssrc_ = ssrc;
        locked_ = true;
        candidates_.clear();
        return Verdict::kLocked;
    }
    return exact ? Verdict::kAccept : Verdict::kCandidate;
}

bool SourceLock::AcceptsControl(const Address& from, uint32_t ssrc) const {
    const Address& target = Target();
    if (target.empty() || !from.SameIp(target)) return false;
    const bool port_fits = mode_ == SourceMode::kSymmetric || from.port == target.port + 1;
    return port_fits && (!locked_ || ssrc == ssrc_);
}

int SourceLock::Rank(const Address& from) const {
    if (from == signalled_) return 0;
    if (from.SameIp(signalled_)) return 1;
    return from.port == signalled_.port ? 2 : 3;
}

SourceLock::Candidate* SourceLock::Track(const Address& from, uint16_t sequence, uint32_t ssrc) {
    const auto same = [&](const Candidate& known) { return known.from == from && known.ssrc == ssrc; };
    auto found = std::find_if(candidates_.begin(), candidates_.end(), same);
    if (found == candidates_.end()) {
        const int rank = Rank(from);
        if (candidates_.size() >= kMaximumCandidates) {
            const auto by_rank = [](const Candidate& a, const Candidate& b) { return a.rank < b.rank; };
            const auto worst = std::max_element(candidates_.begin(), candidates_.end(), by_rank);
            if (worst->rank <= rank) return nullptr;
            candidates_.erase(worst);
        }
        candidates_.push_back({from, ssrc, sequence, 1, rank});
        return &candidates_.back();
    }
    const bool follows = sequence == static_cast<uint16_t>(found->last_sequence + 1);
    found->consecutive = follows ? found->consecutive + 1 : 1;
    found->last_sequence = sequence;
    return &*found;
}

bool SourceLock::BetterCandidateThan(int rank) const {
    return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& c) { return c.rank < rank; });
}

}  // namespace trunkline::rtp
