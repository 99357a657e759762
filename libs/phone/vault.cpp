// HMAC and AES-GCM by OpenSSL.
#include "phone/vault.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <memory>
#include <stdexcept>

namespace trunkline::phone {
namespace {

constexpr size_t kHash = 16;
constexpr int kNonce = 12;
constexpr int kTag = 16;

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* Bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string Hmac(std::string_view key, std::string_view text) {
    std::string digest(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), Bytes(text), text.size(), Bytes(digest), &size) ==
        nullptr) {
        throw std::runtime_error("OpenSSL refused HMAC-SHA256");
    }
    digest.resize(size);
    return digest;
}

}  // namespace

Vault::Vault(std::string_view tenant_key) {
    if (tenant_key.size() < 16) {
        throw std::runtime_error("the tenant key is shorter than 16 bytes");
    }
    search_key_ = Hmac(tenant_key, "search");
    seal_key_ = Hmac(tenant_key, "seal");
    proof_key_ = Hmac(tenant_key, "proof");
}

std::string Vault::Hash(const Number& number) const { return Hmac(search_key_, number.value).substr(0, kHash); }

std::string Vault::Sign(std::string_view text) const {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string hex;
    for (const unsigned char byte : Hmac(proof_key_, text)) {
        hex += kHex[byte >> 4];
        hex += kHex[byte & 15];
    }
    return hex;
}

std::string Vault::Seal(std::string_view text) const {
    const Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    std::string sealed(kNonce + text.size() + kTag, '\0');
    int size = 0;
    const bool done =
        RAND_bytes(Bytes(sealed), kNonce) == 1 &&
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, Bytes(seal_key_), Bytes(sealed)) == 1 &&
        EVP_EncryptUpdate(context.get(), Bytes(sealed) + kNonce, &size, Bytes(text), static_cast<int>(text.size())) ==
            1 &&
        EVP_EncryptFinal_ex(context.get(), Bytes(sealed) + kNonce + size, &size) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTag, Bytes(sealed) + kNonce + text.size()) == 1;
    if (!done) {
        throw std::runtime_error("OpenSSL refused AES-256-GCM");
    }
    return sealed;
}

Result<std::string> Vault::Open(std::string_view sealed) const {
    const Error broken{Code::kDataLoss, "SEAL_BROKEN", "a sealed number does not open; was the tenant key replaced?"};
    if (sealed.size() < kNonce + kTag) {
        return broken;
    }
    const std::string_view body = sealed.substr(kNonce, sealed.size() - kNonce - kTag);
    std::string tag(sealed.substr(sealed.size() - kTag));
    std::string text(body.size(), '\0');
    const Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int size = 0;
    const bool done =
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, Bytes(seal_key_), Bytes(sealed)) == 1 &&
        EVP_DecryptUpdate(context.get(), Bytes(text), &size, Bytes(body), static_cast<int>(body.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTag, Bytes(tag)) == 1 &&
        EVP_DecryptFinal_ex(context.get(), Bytes(text) + size, &size) == 1;
    if (!done) {
        return broken;
    }
    return text;
}

}  // namespace trunkline::phone
