// STUN byte by byte.
#include "webrtc/stun.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

#include "rtp/bytes.hpp"

namespace trunkline::webrtc {
namespace {

using rtp::Read16;
using rtp::Read32;
using rtp::Write16;
using rtp::Write32;

constexpr uint32_t kCookie = 0x2112A442;
constexpr uint32_t kFingerprintMask = 0x5354554e;
constexpr size_t kHeaderBytes = 20;
constexpr size_t kIntegrityBytes = 20;

constexpr uint16_t kUsername = 0x0006;
constexpr uint16_t kIntegrity = 0x0008;
constexpr uint16_t kXorMappedAddress = 0x0020;
constexpr uint16_t kPriority = 0x0024;
constexpr uint16_t kUseCandidate = 0x0025;
constexpr uint16_t kFirstOptional = 0x8000;
constexpr uint16_t kFingerprint = 0x8028;
constexpr uint16_t kControlling = 0x802a;

constexpr std::array<uint32_t, 256> kCrcTable = [] {
    std::array<uint32_t, 256> table{};
    for (uint32_t i = 0; i < 256; ++i) {
        uint32_t crc = i;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0U);
        table[i] = crc;
    }
    return table;
}();

uint32_t Fingerprint(std::span<const uint8_t> bytes) {
    uint32_t crc = 0xffffffff;
    for (const uint8_t byte : bytes) crc = (crc >> 8) ^ kCrcTable[(crc ^ byte) & 0xff];
    return ~crc ^ kFingerprintMask;
}

using Mac = std::array<uint8_t, kIntegrityBytes>;

// Of the message up to `end`, as if an integrity attribute there were its last (RFC 8489 section 14.5).
Mac MacOf(std::span<const uint8_t> message, size_t end, std::string_view password) {
    std::vector<uint8_t> covered(message.begin(), message.begin() + static_cast<std::ptrdiff_t>(end));
    Write16(&covered[2], static_cast<uint16_t>(end + 4 + kIntegrityBytes - kHeaderBytes));
    Mac mac{};
    unsigned length = kIntegrityBytes;
    HMAC(EVP_sha1(), password.data(), static_cast<int>(password.size()), covered.data(), covered.size(), mac.data(),
         &length);
    return mac;
}

void TakeAttribute(StunMessage& message, uint16_t type, std::span<const uint8_t> value, size_t at) {
    switch (type) {
        case kUsername:
            message.username = {reinterpret_cast<const char*>(value.data()), value.size()};
            break;
        case kUseCandidate:
            message.use_candidate = true;
            break;
        case kIntegrity:
            message.integrity_at = at;
            break;
        case kPriority:
        case kXorMappedAddress:
            break;
        default:
            message.has_unknown = message.has_unknown || type < kFirstOptional;
    }
}

std::vector<uint8_t> Begin(uint16_t type, const StunTransaction& transaction) {
    std::vector<uint8_t> message(kHeaderBytes);
    Write16(message.data(), type);
    Write32(&message[4], kCookie);
    std::copy(transaction.begin(), transaction.end(), &message[8]);
    return message;
}

void Append(std::vector<uint8_t>& message, uint16_t type, std::span<const uint8_t> value) {
    const size_t at = message.size();
    message.resize(at + 4 + (value.size() + 3) / 4 * 4);
    Write16(&message[at], type);
    Write16(&message[at + 2], static_cast<uint16_t>(value.size()));
    std::copy(value.begin(), value.end(), message.begin() + static_cast<std::ptrdiff_t>(at + 4));
    Write16(&message[2], static_cast<uint16_t>(message.size() - kHeaderBytes));
}

void Seal(std::vector<uint8_t>& message, std::string_view password) {
    Append(message, kIntegrity, MacOf(message, message.size(), password));
    const size_t covered = message.size();
    Append(message, kFingerprint, std::array<uint8_t, 4>{});
    Write32(&message[covered + 4], Fingerprint({message.data(), covered}));
}

std::vector<uint8_t> XorMapped(const rtp::Address& address, const StunTransaction& transaction) {
    const size_t ip_bytes = address.is_v6 ? 16 : 4;
    std::vector<uint8_t> value(4 + ip_bytes);
    value[1] = address.is_v6 ? 2 : 1;
    Write16(&value[2], static_cast<uint16_t>(address.port ^ (kCookie >> 16)));
    std::array<uint8_t, 16> mask{};
    Write32(mask.data(), kCookie);
    std::copy(transaction.begin(), transaction.end(), &mask[4]);
    for (size_t i = 0; i < ip_bytes; ++i) value[4 + i] = address.ip[i] ^ mask[i];
    return value;
}

}  // namespace

std::optional<StunMessage> ParseStun(std::span<const uint8_t> datagram) {
    if (datagram.size() < kHeaderBytes || datagram.size() % 4 != 0 || datagram[0] >= 64) return std::nullopt;
    if (Read32(&datagram[4]) != kCookie || Read16(&datagram[2]) + kHeaderBytes != datagram.size()) return std::nullopt;
    StunMessage message;
    message.type = Read16(datagram.data());
    std::copy_n(datagram.begin() + 8, message.transaction.size(), message.transaction.begin());
    for (size_t at = kHeaderBytes; at < datagram.size();) {
        const uint16_t type = Read16(&datagram[at]);
        const size_t length = Read16(&datagram[at + 2]);
        const size_t next = at + 4 + (length + 3) / 4 * 4;
        if (next > datagram.size() || message.has_fingerprint) return std::nullopt;
        const auto value = datagram.subspan(at + 4, length);
        if (type == kFingerprint) {
            if (length != 4 || Read32(value.data()) != Fingerprint(datagram.first(at))) return std::nullopt;
            message.has_fingerprint = true;
        } else if (type == kIntegrity && length != kIntegrityBytes) {
            return std::nullopt;
        } else if (!message.integrity_at) {
            // What stands behind the integrity is not covered by it and does not count.
            TakeAttribute(message, type, value, at);
        }
        at = next;
    }
    return message;
}

bool IsAuthentic(std::span<const uint8_t> datagram, const StunMessage& message, std::string_view password) {
    if (!message.integrity_at || password.empty()) return false;
    const Mac mac = MacOf(datagram, *message.integrity_at, password);
    return CRYPTO_memcmp(mac.data(), &datagram[*message.integrity_at + 4], mac.size()) == 0;
}

std::vector<uint8_t> WriteBindingResponse(const StunTransaction& transaction, const rtp::Address& mapped,
                                          std::string_view password) {
    auto message = Begin(kBindingResponse, transaction);
    Append(message, kXorMappedAddress, XorMapped(mapped, transaction));
    Seal(message, password);
    return message;
}

std::vector<uint8_t> WriteBindingRequest(const StunTransaction& transaction, std::string_view username,
                                         std::string_view password, bool use_candidate) {
    auto message = Begin(kBindingRequest, transaction);
    Append(message, kUsername, {reinterpret_cast<const uint8_t*>(username.data()), username.size()});
    Append(message, kPriority, std::array<uint8_t, 4>{0x6e, 0, 1, 0xff});
    Append(message, kControlling, std::array<uint8_t, 8>{1, 2, 3, 4, 5, 6, 7, 8});
    if (use_candidate) Append(message, kUseCandidate, {});
    Seal(message, password);
    return message;
}

}  // namespace trunkline::webrtc
