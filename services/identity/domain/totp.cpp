// RFC 6238 and RFC 4226 section 5.3.
#include "identity/domain/totp.hpp"

#include <cstdio>

namespace trunkline::identity {
namespace {

constexpr int64_t kStepSeconds = 30;
constexpr uint32_t kModulus = 1'000'000;

// Takes the same time wherever the difference is.
bool Same(const std::string& a, const std::string& b) {
    if (a.size() != b.size()) {
        return false;
    }
    unsigned difference = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    }
    return difference == 0;
}

}  // namespace

std::string TotpCode(const std::string& key, int64_t step, const Hmac& hmac) {
    std::string counter(8, '\0');
    for (int i = 0; i < 8; ++i) {
        counter[static_cast<size_t>(7 - i)] = static_cast<char>((step >> (8 * i)) & 0xff);
    }
    const std::string digest = hmac(key, counter);
    const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(digest.at(i))); };
    const size_t offset = byte(19) & 0x0f;
    const uint32_t number =
        (byte(offset) & 0x7f) << 24 | byte(offset + 1) << 16 | byte(offset + 2) << 8 | byte(offset + 3);
    char text[8];
    std::snprintf(text, sizeof text, "%06u", number % kModulus);
    return text;
}

std::optional<int64_t> AcceptedStep(const std::string& key, const std::string& code, TimePoint now, int64_t last_used,
                                    const Hmac& hmac) {
    const int64_t present = ToUnixMillis(now) / 1000 / kStepSeconds;
    for (int64_t step = present - 1; step <= present + 1; ++step) {
        if (step > last_used && Same(TotpCode(key, step, hmac), code)) {
            return step;
        }
    }
    return std::nullopt;
}

std::string Base32(const std::string& bytes) {
    static constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    uint32_t buffer = 0;
    int bits = 0;
    for (const char byte : bytes) {
        buffer = buffer << 8 | static_cast<unsigned char>(byte);
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text += kAlphabet[(buffer >> bits) & 31];
        }
    }
    if (bits > 0) {
        text += kAlphabet[(buffer << (5 - bits)) & 31];
    }
    return text;
}

std::string TotpUri(const std::string& login_name, const std::string& secret) {
    return "otpauth://totp/Trunkline:" + login_name + "?secret=" + secret + "&issuer=Trunkline";
}

}  // namespace trunkline::identity
