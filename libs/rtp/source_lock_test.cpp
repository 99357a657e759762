// Tests of the source lock: what an attacker sends is never used.
#include "rtp/source_lock.hpp"

#include <catch2/catch.hpp>

namespace trunkline::rtp {
namespace {

using std::chrono::seconds;

const Address kPeer = *MakeAddress("192.0.2.10", 4000);
const Address kBehindNat = *MakeAddress("192.0.2.10", 61000);
const Address kElsewhere = *MakeAddress("198.51.100.7", 4000);
const Address kStranger = *MakeAddress("198.51.100.9", 7777);
constexpr SteadyTime kStart{seconds(100)};

SourceLock Signalled(SourceMode mode) {
    SourceLock lock(mode);
    lock.Signal(kPeer, kStart);
    return lock;
}

Verdict Feed(SourceLock& lock, const Address& from, int packets, uint32_t ssrc = 1, uint16_t first = 10) {
    Verdict last = Verdict::kForeign;
    for (int i = 0; i < packets; ++i) last = lock.OnPacket(from, static_cast<uint16_t>(first + i), ssrc, kStart);
    return last;
}

}  // namespace

TEST_CASE("source lock: strict mode takes the signalled address from the first packet and nobody else", "[rtp]") {
    auto lock = Signalled(SourceMode::kStrict);
    CHECK(lock.OnPacket(kBehindNat, 1, 1, kStart) == Verdict::kForeign);
    CHECK(Feed(lock, kStranger, 100) == Verdict::kForeign);
    CHECK(lock.OnPacket(kPeer, 1, 1, kStart) == Verdict::kAccept);
    CHECK(lock.Target() == kPeer);
}

TEST_CASE("source lock: nothing is accepted before an address is signalled", "[rtp]") {
    for (const auto mode : {SourceMode::kStrict, SourceMode::kSymmetric}) {
        SourceLock lock(mode);
        CHECK(Feed(lock, kPeer, 10) == Verdict::kForeign);
        CHECK(lock.Target().empty());
    }
}

TEST_CASE("source lock: the SSRC is pinned by four packets until the next offer", "[rtp]") {
    auto lock = Signalled(SourceMode::kStrict);
    CHECK(Feed(lock, kPeer, 4, 1) == Verdict::kLocked);
    CHECK(lock.ssrc() == 1);
    CHECK(lock.OnPacket(kPeer, 14, 2, kStart) == Verdict::kForeign);
    CHECK(lock.OnPacket(kPeer, 14, 1, kStart) == Verdict::kAccept);
    lock.Signal(kPeer, kStart);
    CHECK(lock.OnPacket(kPeer, 1, 2, kStart) == Verdict::kAccept);
}

TEST_CASE("source lock: a refresh that changes nothing keeps the lock", "[rtp]") {
    auto lock = Signalled(SourceMode::kStrict);
    Feed(lock, kPeer, 4, 1);
    lock.Signal(kPeer, kStart, false);
    CHECK(lock.locked());
    lock.Signal(kElsewhere, kStart, false);
    CHECK_FALSE(lock.locked());
}

TEST_CASE("source lock: symmetric mode locks after four consecutive packets and never learns again", "[rtp]") {
    auto lock = Signalled(SourceMode::kSymmetric);
    CHECK(Feed(lock, kBehindNat, 3) == Verdict::kCandidate);
    CHECK(lock.Target() == kPeer);
    CHECK(lock.OnPacket(kBehindNat, 13, 1, kStart) == Verdict::kLocked);
    CHECK(lock.Target() == kBehindNat);
    CHECK(Feed(lock, kPeer, 50) == Verdict::kForeign);
    CHECK(Feed(lock, kStranger, 50) == Verdict::kForeign);
}

TEST_CASE("source lock: packets that are not consecutive lock nothing", "[rtp]") {
    auto lock = Signalled(SourceMode::kSymmetric);
    for (uint16_t sequence = 0; sequence < 100; sequence = static_cast<uint16_t>(sequence + 2)) {
        CHECK(lock.OnPacket(kStranger, sequence, 1, kStart) == Verdict::kCandidate);
    }
    for (uint16_t i = 0; i < 20; ++i) CHECK(lock.OnPacket(kElsewhere, i, i, kStart) != Verdict::kLocked);
}

TEST_CASE("source lock: a better candidate keeps a stranger from locking", "[rtp]") {
    auto lock = Signalled(SourceMode::kSymmetric);
    lock.OnPacket(kBehindNat, 10, 5, kStart);
    CHECK(Feed(lock, kStranger, 20, 9) == Verdict::kCandidate);
    CHECK(Feed(lock, kElsewhere, 20, 9) == Verdict::kCandidate);
    CHECK(Feed(lock, kBehindNat, 3, 5, 11) == Verdict::kLocked);
    CHECK(lock.Target() == kBehindNat);
}

TEST_CASE("source lock: learning ends three seconds after the answer", "[rtp]") {
    auto lock = Signalled(SourceMode::kSymmetric);
    Feed(lock, kBehindNat, 3);
    const auto late = kStart + kLearningWindow + std::chrono::milliseconds(1);
    CHECK(lock.OnPacket(kBehindNat, 13, 1, late) == Verdict::kForeign);
    CHECK(lock.OnPacket(kPeer, 1, 1, late) == Verdict::kAccept);
}

TEST_CASE("source lock: a flood of invented sources does not push the genuine one out", "[rtp]") {
    auto lock = Signalled(SourceMode::kSymmetric);
    lock.OnPacket(kBehindNat, 10, 5, kStart);
    for (uint16_t i = 0; i < 1000; ++i) {
        Address invented = kStranger;
        invented.port = static_cast<uint16_t>(1024 + i);
        CHECK(lock.OnPacket(invented, 1, i, kStart) != Verdict::kLocked);
    }
    CHECK(Feed(lock, kBehindNat, 3, 5, 11) == Verdict::kLocked);
}

TEST_CASE("source lock: RTCP obeys the same lock", "[rtp]") {
    const auto port = [](Address address, int by) {
        address.port = static_cast<uint16_t>(address.port + by);
        return address;
    };
    auto strict = Signalled(SourceMode::kStrict);
    Feed(strict, kPeer, 4, 1);
    CHECK(strict.AcceptsControl(port(kPeer, 1), 1));
    CHECK_FALSE(strict.AcceptsControl(port(kPeer, 1), 2));
    CHECK_FALSE(strict.AcceptsControl(port(kPeer, 2), 1));
    CHECK_FALSE(strict.AcceptsControl(port(kStranger, 1), 1));
    auto symmetric = Signalled(SourceMode::kSymmetric);
    Feed(symmetric, kBehindNat, 4, 1);
    CHECK(symmetric.AcceptsControl(port(kBehindNat, 77), 1));
    CHECK_FALSE(symmetric.AcceptsControl(port(kStranger, 1), 1));
}

}  // namespace trunkline::rtp
