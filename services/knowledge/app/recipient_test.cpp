// Recipients of each channel.
#include "knowledge/app/recipient.hpp"

#include <catch2/catch.hpp>

namespace trunkline::knowledge {
namespace {

TEST_CASE("sending: each channel takes its own recipients only", "[knowledge]") {
    CHECK(CheckRecipient(Channel::kSms, "138 0013 8000").value() == "+8613800138000");
    CHECK(CheckRecipient(Channel::kSms, "0755-12345678").error().reason == "BAD_RECIPIENT");
    CHECK(CheckRecipient(Channel::kFax, "0755-12345678").value() == "+8675512345678");
    CHECK(CheckRecipient(Channel::kFax, "12345").error().reason == "BAD_RECIPIENT");
    CHECK(CheckRecipient(Channel::kEmail, "zhang@example.com").ok());
    CHECK(CheckRecipient(Channel::kEmail, "zhang@example.com,all@example.com").error().reason == "BAD_RECIPIENT");
    CHECK(CheckRecipient(Channel::kEmail, "a@b\r\nBcc: x@y.z").error().reason == "BAD_RECIPIENT");
    CHECK(CheckRecipient(Channel::kChat, "019a").ok());
    CHECK(CheckRecipient(Channel::kChat, "").error().reason == "BAD_RECIPIENT");
}

}  // namespace
}  // namespace trunkline::knowledge
