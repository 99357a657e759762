// Numbers by libs/phone; what is none is told by its '@'.
#include "workorder/adapters/numbers.hpp"

#include <algorithm>

#include "phone/phone.hpp"

namespace trunkline::workorder {
namespace {

bool IsMail(const std::string& address) { return address.find('@') != std::string::npos; }

}  // namespace

std::string Canonical(const std::string& address) {
    if (!IsMail(address)) {
        return phone::Parse(address).value;
    }
    std::string lower = address;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

std::string Masked(const std::string& address) {
    // What is masked already stays so, or a second pass would hide the rest.
    if (address.empty() || address.find("***") != std::string::npos) {
        return address;
    }
    if (IsMail(address)) {
        return address.substr(0, 1) + "***" + address.substr(address.find('@'));
    }
    return phone::Mask(phone::Parse(address));
}

bool IsSubscriber(const std::string& number) { return phone::Parse(number).kind == phone::Kind::kE164; }

}  // namespace trunkline::workorder
