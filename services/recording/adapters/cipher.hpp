// AES-256-GCM (NIST SP 800-38D) on byte strings, by OpenSSL.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "result/result.hpp"

namespace trunkline::recording {

using Bytes = std::vector<uint8_t>;
using Key = std::array<uint8_t, 32>;
using Nonce = std::array<uint8_t, 12>;
inline constexpr size_t kTagBytes = 16;

// Throws std::runtime_error when the machine has no randomness.
Key RandomKey();
Nonce RandomNonce();

// The ciphertext and its tag. A nonce must never be used twice with one key. Throws std::runtime_error when OpenSSL
// fails, which it does only without memory.
Bytes Seal(const Key& key, const Nonce& nonce, std::string_view context, std::span<const uint8_t> plain);
// The plain text; nothing when a bit of it, of the context, the nonce or the key differs.
std::optional<Bytes> Unseal(const Key& key, const Nonce& nonce, std::string_view context,
                            std::span<const uint8_t> sealed);

// 64 hexadecimal digits. kInvalidArgument BAD_KEY.
Result<Key> ParseKey(std::string_view text);
std::string ToHex(std::span<const uint8_t> bytes);

}  // namespace trunkline::recording
