// One form for each number, and masks.
#include "workorder/adapters/numbers.hpp"

#include <catch2/catch.hpp>

namespace trunkline::workorder {
namespace {

TEST_CASE("numbers: one number in many ways of writing", "[workorder]") {
    for (const char* written :
         {"13800138000", "013800138000", "+8613800138000", "0086 138-0013-8000", "86 138 0013 8000"}) {
        INFO(written);
        REQUIRE(Canonical(written) == "+8613800138000");
    }
    REQUIRE(Canonical("010-1234 5678") == Canonical("+86 10 1234 5678"));
    REQUIRE(Canonical("0755-12345678-8001") == Canonical("075512345678"));
    REQUIRE(Canonical("12345") == "cn-short:12345");
    REQUIRE(Canonical("anonymous").empty());
    REQUIRE(Canonical("Li@Example.org") == "li@example.org");
}

TEST_CASE("numbers: masks keep what people need to recognise a number, and mask once", "[workorder]") {
    REQUIRE(Masked("13800138000") == "138****8000");
    REQUIRE(Masked("+8613800138000") == "138****8000");
    REQUIRE(Masked("075512345678") == "0755****5678");
    REQUIRE(Masked("10086") == "10086");  // everybody's
    REQUIRE(Masked("li@example.org") == "l***@example.org");
    REQUIRE(Masked("").empty());
    REQUIRE(Masked(Masked("13800138000")) == "138****8000");
    REQUIRE(IsSubscriber("13800138000"));
    REQUIRE_FALSE(IsSubscriber("12345"));
    REQUIRE_FALSE(IsSubscriber("anonymous"));
}

}  // namespace
}  // namespace trunkline::workorder
