// By channel.
#include "knowledge/app/recipient.hpp"

#include <algorithm>

#include "phone/phone.hpp"

namespace trunkline::knowledge {

Result<std::string> CheckRecipient(Channel channel, const std::string& written) {
    const Error bad{
        Code::kInvalidArgument, "BAD_RECIPIENT",
        "the recipient must be a mobile number (SMS), a number (fax), an email address, or a contact id (chat)"};
    if (channel == Channel::kSms || channel == Channel::kFax) {
        const phone::Number number = phone::Parse(written);
        const bool sms = number.mobile || number.country != "CN";
        return number.kind == phone::Kind::kE164 && (channel == Channel::kFax || sms)
                   ? Result<std::string>(number.value)
                   : bad;
    }
    const size_t at = written.find('@');
    const bool plain =
        !written.empty() && written.size() <= 254 &&
        std::all_of(written.begin(), written.end(), [](unsigned char c) { return c > ' ' && c != 0x7f; });
    const bool address = at != std::string::npos && at > 0 && written.find('.', at) != std::string::npos &&
                         written.find('@', at + 1) == std::string::npos &&
                         written.find_first_of(",;<>\"") == std::string::npos;
    return plain && (channel == Channel::kChat || address) ? Result<std::string>(written) : bad;
}

}  // namespace trunkline::knowledge
