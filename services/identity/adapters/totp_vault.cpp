// XChaCha20-Poly1305 of libsodium with a random nonce in front; the user's id is authenticated with it.
#include "identity/adapters/totp_vault.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::identity {
namespace {

constexpr std::string_view kMark = "x1";
constexpr size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kOverhead = kMark.size() + kNonce + kTag;
constexpr size_t kShortestKey = 32;

const unsigned char* Bytes(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

void MakeKeyFile(const std::string& path) {
    unsigned char random[32];
    randombytes_buf(random, sizeof random);
    char text[2 * sizeof random + 1];
    sodium_bin2hex(text, sizeof text, random, sizeof random);
    text[sizeof text - 1] = '\n';
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    const bool written = file >= 0 && ::write(file, text, sizeof text) == static_cast<ssize_t>(sizeof text);
    if (file >= 0) {
        ::close(file);
    }
    if (!written) {
        throw std::runtime_error("cannot write totp.key_file = " + path);
    }
    log::Info("the key of code generators was made; back it up with the database", {{log::kName, path}});
}

}  // namespace

TotpVault TotpVault::FromFile(const std::string& path) {
    if (::access(path.c_str(), F_OK) != 0) {
        MakeKeyFile(path);
    }
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
        throw std::runtime_error("cannot read totp.key_file = " + path);
    }
    return TotpVault(text.str());
}

TotpVault::TotpVault(const std::string& key_text) {
    const std::string trimmed = key_text.substr(0, key_text.find_last_not_of(" \r\n") + 1);
    if (sodium_init() < 0 || trimmed.size() < kShortestKey) {
        throw std::runtime_error("totp.key_file must hold at least 32 random letters");
    }
    crypto_generichash(key_.data(), key_.size(), Bytes(trimmed), trimmed.size(), nullptr, 0);
}

std::string TotpVault::Seal(const std::string& plain, const std::string& user_id) const {
    if (plain.empty()) {
        return "";
    }
    std::string sealed(kOverhead + plain.size(), '\0');
    sealed.replace(0, kMark.size(), kMark);
    auto* nonce = reinterpret_cast<unsigned char*>(sealed.data()) + kMark.size();
    randombytes_buf(nonce, kNonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonce, nullptr, Bytes(plain), plain.size(), Bytes(user_id),
                                               user_id.size(), nullptr, nonce, key_.data());
    return sealed;
}

std::string TotpVault::Open(const std::string& stored, const std::string& user_id) const {
    if (stored.size() <= kOverhead || !stored.starts_with(kMark)) {
        return stored;
    }
    const unsigned char* nonce = Bytes(stored) + kMark.size();
    std::string plain(stored.size() - kOverhead, '\0');
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, nonce + kNonce,
        stored.size() - kMark.size() - kNonce, Bytes(user_id), user_id.size(), nonce, key_.data());
    if (opened != 0) {
        throw std::runtime_error("the key of a code generator was sealed with another totp.key_file");
    }
    return plain;
}

}  // namespace trunkline::identity
