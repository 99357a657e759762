// SRTP and SRTCP of one session (RFC 3711, RFC 7714), by libsrtp2.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "result/result.hpp"

struct srtp_ctx_t_;

namespace trunkline::webrtc {

enum class SrtpProfile { kAesGcm128, kAesCm128Sha1 };

// Bytes that protection may add: the tag, and SRTCP's index.
inline constexpr size_t kSrtpRoom = 24;

// Master key and salt of one direction.
struct SrtpKey {
    std::vector<uint8_t> bytes;
};

size_t KeyBytes(SrtpProfile profile);
size_t SaltBytes(SrtpProfile profile);

// Not safe for threads.
class Srtp {
 public:
    // SRTP_FAILED.
    static Result<Srtp> Make(SrtpProfile profile, const SrtpKey& receive, const SrtpKey& send);
    ~Srtp();
    Srtp(Srtp&& other) noexcept;
    Srtp& operator=(Srtp&& other) noexcept;

    // In place. What is left of the packet when it is genuine and new; nothing otherwise.
    std::optional<std::span<uint8_t>> Open(std::span<uint8_t> packet);
    std::optional<std::span<uint8_t>> OpenControl(std::span<uint8_t> packet);
    // `buffer` begins with `size` bytes of a packet and has kSrtpRoom more. The size protected; 0 if it cannot be.
    size_t Protect(std::span<uint8_t> buffer, size_t size);
    size_t ProtectControl(std::span<uint8_t> buffer, size_t size);

 private:
    Srtp() = default;
    // Each stream costs memory that an honest peer needs once or twice.
    bool MayUse(uint32_t ssrc) const;
    void Remember(uint32_t ssrc);

    srtp_ctx_t_* receive_ = nullptr;
    srtp_ctx_t_* send_ = nullptr;
    std::vector<uint32_t> heard_;
};

}  // namespace trunkline::webrtc
