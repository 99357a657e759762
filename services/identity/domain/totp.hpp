// One-time codes of a telephone's code generator (RFC 6238: 30 s, 6 digits, HMAC-SHA1).
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "clock/clock.hpp"

namespace trunkline::identity {

// HMAC-SHA1 of `message` under `key`, 20 bytes; the domain has no cryptography of its own.
using Hmac = std::function<std::string(const std::string& key, const std::string& message)>;

std::string TotpCode(const std::string& key, int64_t step, const Hmac& hmac);
// The step whose code was given: now, the one before or the one after, and later than `last_used`. Nothing when wrong.
std::optional<int64_t> AcceptedStep(const std::string& key, const std::string& code, TimePoint now, int64_t last_used,
                                    const Hmac& hmac);
// RFC 4648 without padding, as code generators want it.
std::string Base32(const std::string& bytes);
std::string TotpUri(const std::string& login_name, const std::string& secret);

}  // namespace trunkline::identity
