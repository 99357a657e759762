// libsodium at work, two hashes at a time.
#include "identity/adapters/sodium_secrets.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <stdexcept>

namespace trunkline::identity {
namespace {

constexpr size_t kMebibyte = 1024 * 1024;

void Prepare() {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium cannot be prepared on this machine");
    }
}

}  // namespace

// One of the places at work, for as long as it lives.
class SodiumHasher::Turn {
 public:
    explicit Turn(SodiumHasher& hasher) : hasher_(hasher), entered_(hasher.Enter()) {}
    ~Turn() {
        if (entered_.ok()) {
            hasher_.Leave();
        }
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    const Status& entered() const { return entered_; }

 private:
    SodiumHasher& hasher_;
    const Status entered_;
};

SodiumHasher::SodiumHasher(HasherConfig config) : config_(config) {
    Prepare();
    decoy_ = Hash("nobody's password").value();
}

Status SodiumHasher::Enter() {
    std::unique_lock lock(mutex_);
    if (waiting_ >= config_.queue) {
        return Error{Code::kResourceExhausted, "LOG_IN_BUSY", "too many people sign in at once; try again in 2 s"};
    }
    ++waiting_;
    free_.wait(lock, [this] { return working_ < config_.at_once; });
    --waiting_;
    ++working_;
    return {};
}

void SodiumHasher::Leave() {
    {
        const std::lock_guard lock(mutex_);
        --working_;
    }
    free_.notify_one();
}

Result<std::string> SodiumHasher::Hash(const std::string& password) {
    const Turn turn(*this);
    if (!turn.entered().ok()) {
        return turn.entered().error();
    }
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const int failed = crypto_pwhash_str_alg(
        text.data(), password.data(), password.size(), static_cast<unsigned long long>(config_.operations),
        static_cast<size_t>(config_.memory_mib) * kMebibyte, crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) {
        return Error{Code::kResourceExhausted, "LOG_IN_BUSY", "no memory for a password hash; try again later"};
    }
    return std::string(text.data());
}

Result<bool> SodiumHasher::Verify(const std::string& hash, const std::string& password) {
    const Turn turn(*this);
    if (!turn.entered().ok()) {
        return turn.entered().error();
    }
    const std::string& compared = hash.empty() ? decoy_ : hash;
    const bool fits = crypto_pwhash_str_verify(compared.c_str(), password.data(), password.size()) == 0;
    return fits && !hash.empty();
}

std::string SodiumSecrets::NewToken() {
    Prepare();
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text.data();
}

std::string SodiumSecrets::HashToken(const std::string& token) {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                       reinterpret_cast<const unsigned char*>(token.data()), token.size());
    return digest;
}

std::string SodiumSecrets::NewPassword() {
    Prepare();
    // Without letters and digits that look alike; 16 of 31 are 79 bits.
    static constexpr char kAlphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string password;
    for (int i = 0; i < 16; ++i) {
        password += i > 0 && i % 4 == 0 ? "-" : "";
        password += kAlphabet[randombytes_uniform(sizeof kAlphabet - 1)];
    }
    return password;
}

std::string SodiumSecrets::NewTotpKey() {
    Prepare();
    std::string key(20, '\0');
    randombytes_buf(key.data(), key.size());
    return key;
}

Hmac SodiumSecrets::HmacSha1() {
    return [](const std::string& key, const std::string& message) {
        std::string digest(20, '\0');
        unsigned length = 0;
        HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(message.data()), message.size(),
             reinterpret_cast<unsigned char*>(digest.data()), &length);
        return digest;
    };
}

}  // namespace trunkline::identity
