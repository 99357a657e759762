// Drawn from OpenSSL, without the small bias of a plain remainder.
#include "workorder/adapters/check_code.hpp"

#include <openssl/rand.h>

#include <stdexcept>

namespace trunkline::workorder {

std::string NewCheckCode() {
    constexpr uint32_t kCodes = 1'000'000;
    constexpr uint32_t kFair = UINT32_MAX - UINT32_MAX % kCodes;
    uint32_t number = 0;
    do {
        if (RAND_bytes(reinterpret_cast<unsigned char*>(&number), sizeof number) != 1) {
            throw std::runtime_error("the system has no randomness to give");
        }
    } while (number >= kFair);
    std::string digits = std::to_string(number % kCodes);
    return std::string(6 - digits.size(), '0') + digits;
}

}  // namespace trunkline::workorder
