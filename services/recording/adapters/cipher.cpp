// OpenSSL's EVP interface.
#include "recording/adapters/cipher.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>
#include <stdexcept>

namespace trunkline::recording {
namespace {

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

void Must(bool done) {
    if (!done) throw std::runtime_error("OpenSSL failed");
}

template <class Array>
Array Random() {
    Array bytes{};
    Must(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
    return bytes;
}

int HexValue(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

const uint8_t* Data(std::string_view text) { return reinterpret_cast<const uint8_t*>(text.data()); }

}  // namespace

Key RandomKey() { return Random<Key>(); }
Nonce RandomNonce() { return Random<Nonce>(); }

Bytes Seal(const Key& key, const Nonce& nonce, std::string_view context, std::span<const uint8_t> plain) {
    const Context cipher(EVP_CIPHER_CTX_new());
    Bytes sealed(plain.size() + kTagBytes);
    int length = 0;
    Must(cipher && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data()) == 1);
    Must(EVP_EncryptUpdate(cipher.get(), nullptr, &length, Data(context), static_cast<int>(context.size())) == 1);
    Must(EVP_EncryptUpdate(cipher.get(), sealed.data(), &length, plain.data(), static_cast<int>(plain.size())) == 1);
    Must(EVP_EncryptFinal_ex(cipher.get(), sealed.data() + length, &length) == 1);
    Must(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, sealed.data() + plain.size()) == 1);
    return sealed;
}

std::optional<Bytes> Unseal(const Key& key, const Nonce& nonce, std::string_view context,
                            std::span<const uint8_t> sealed) {
    if (sealed.size() < kTagBytes) return std::nullopt;
    const Context cipher(EVP_CIPHER_CTX_new());
    Bytes plain(sealed.size() - kTagBytes);
    Bytes tag(sealed.end() - kTagBytes, sealed.end());
    int length = 0;
    Must(cipher && EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data()) == 1);
    Must(EVP_DecryptUpdate(cipher.get(), nullptr, &length, Data(context), static_cast<int>(context.size())) == 1);
    Must(EVP_DecryptUpdate(cipher.get(), plain.data(), &length, sealed.data(), static_cast<int>(plain.size())) == 1);
    Must(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1);
    if (EVP_DecryptFinal_ex(cipher.get(), plain.data() + length, &length) != 1) return std::nullopt;
    return plain;
}

Result<Key> ParseKey(std::string_view text) {
    Key key{};
    bool good = text.size() == 2 * key.size();
    for (size_t i = 0; good && i < key.size(); ++i) {
        const int high = HexValue(text[2 * i]);
        const int low = HexValue(text[2 * i + 1]);
        good = high >= 0 && low >= 0;
        key[i] = static_cast<uint8_t>(high * 16 + low);
    }
    if (!good) return Error{Code::kInvalidArgument, "BAD_KEY", "a key is 64 hexadecimal digits in lower case"};
    return key;
}

std::string ToHex(std::span<const uint8_t> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const uint8_t byte : bytes) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

}  // namespace trunkline::recording
