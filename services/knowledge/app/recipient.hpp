// Whom an article can be sent to, over which channel.
#pragma once
#include <string>

#include "result/result.hpp"

namespace trunkline::knowledge {

// Numbers are stored and told.
enum class Channel { kSms = 1, kEmail = 2, kFax = 3, kChat = 4 };

// The recipient as the channel's gateway wants it: a canonical number, an address, a contact id. Error BAD_RECIPIENT.
Result<std::string> CheckRecipient(Channel channel, const std::string& written);

}  // namespace trunkline::knowledge
