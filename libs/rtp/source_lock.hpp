// Which packets of a leg are genuine: decides by source address, SSRC and sequence number, without any I/O.
//
// Strict mode: only the signalled address counts, from the first packet on. Symmetric mode (peer behind NAT, allowed by
// the trunk's profile): a candidate is locked after 4 consecutive packets of one SSRC inside 3 s after the answer. In
// both modes the SSRC is pinned by 4 consecutive packets, and nothing is learned again before the next offer or answer.
//
//   Signal ──> kOpen ── 4 consecutive packets ──> kLocked ── Signal ──> kOpen
//                └─ 3 s without a lock: from now on only the signalled address (as in strict mode)
#pragma once
#include <cstdint>
#include <vector>

#include "clock/clock.hpp"
#include "rtp/address.hpp"

namespace trunkline::rtp {

enum class SourceMode { kStrict, kSymmetric };

enum class Verdict {
    kAccept,     // genuine: use it
    kLocked,     // genuine, and this packet completed the lock
    kCandidate,  // may become genuine: count it, use nothing of it
    kForeign,    // drop and count
};

inline constexpr int kPacketsToLock = 4;
inline constexpr Duration kLearningWindow = std::chrono::seconds(3);

class SourceLock {
 public:
    explicit SourceLock(SourceMode mode) : mode_(mode) {}

    // A new offer or answer: `remote` is the signalled address, learning starts again. An unchanged `remote` without
    // `fresh_stream` (a refresh of the session) keeps the lock.
    void Signal(const Address& remote, SteadyTime now, bool fresh_stream = true);

    Verdict OnPacket(const Address& from, uint16_t sequence, uint32_t ssrc, SteadyTime now);

    // RTCP obeys the same lock (RFC 3550 section 11: port + 1); behind NAT the port may differ, the IP may not.
    bool AcceptsControl(const Address& from, uint32_t ssrc) const;

    // Where media may be sent: the locked address, else the signalled one.
    const Address& Target() const { return locked_ ? source_ : signalled_; }
    bool locked() const { return locked_; }
    uint32_t ssrc() const { return ssrc_; }

 private:
    struct Candidate {
        Address from;
        uint32_t ssrc = 0;
        uint16_t last_sequence = 0;
        int consecutive = 0;
        int rank = 0;
    };
    // 0 exact address, 1 same IP, 2 same port, 3 any.
    int Rank(const Address& from) const;
    Candidate* Track(const Address& from, uint16_t sequence, uint32_t ssrc);
    bool BetterCandidateThan(int rank) const;

    SourceMode mode_;
    Address signalled_;
    Address source_;
    SteadyTime signalled_at_{};
    std::vector<Candidate> candidates_;
    uint32_t ssrc_ = 0;
    bool locked_ = false;
};

}  // namespace trunkline::rtp
