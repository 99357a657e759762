// The table of numbers that the suite must get right.
#include "phone/phone.hpp"

#include <catch2/catch.hpp>

namespace trunkline::phone {
namespace {

TEST_CASE("phone: every way to write a mobile gives the same number") {
    for (const char* raw : {"13800138000", "013800138000", "0086 138 0013 8000", "+86 138-0013-8000", "8613800138000",
                            "17951 13800138000", "１３８００１３８０００", "sip:13800138000@10.0.0.1:5060;user=phone",
                            "tel:+8613800138000", "138-0013-8000"}) {
        INFO(raw);
        const Number number = Parse(raw);
        CHECK(number.kind == Kind::kE164);
        CHECK(number.value == "+8613800138000");
        CHECK(number.extension.empty());
        CHECK(number.mobile);
    }
}

TEST_CASE("phone: numbers of every carrier are accepted, also those that the metadata does not know") {
    for (const char* raw : {"19212345678", "19712345678", "17012345678", "16612345678"}) {
        INFO(raw);
        CHECK(Parse(raw).value == "+86" + std::string(raw));
    }
}

TEST_CASE("phone: fixed lines have a city, mobiles have none") {
    CHECK(Parse("010-1234 5678").value == "+861012345678");
    CHECK(Region(Parse("010-12345678")) == "北京市");
    CHECK(Region(Parse("075512345678")).find("深圳") != std::string::npos);
    CHECK(Region(Parse("13800138000")).empty());
}

TEST_CASE("phone: an extension is split off before the number is read") {
    for (const char* raw : {"0755-12345678-8001", "075512345678转8001", "0755-12345678 #8001", "0755 12345678,8001",
                            "0755-12345678 ext. 8001", "+8675512345678;ext=8001", "(0755)12345678-8001"}) {
        INFO(raw);
        const Number number = Parse(raw);
        CHECK(number.value == "+8675512345678");
        CHECK(number.extension == "8001");
    }
    CHECK(Display(Parse("0755-12345678-8001")) == "0755 1234 5678-8001");
    CHECK(Parse("0755-1234-5678").extension.empty());
    CHECK(Parse("400-812-3456").extension.empty());
}

TEST_CASE("phone: short codes are never made E.164") {
    for (const char* raw : {"12345", "95598", "12306", "10086", "96166", "110", "114", "955988"}) {
        INFO(raw);
        const Number number = Parse(raw);
        CHECK(number.kind == Kind::kShort);
        CHECK(number.value == "cn-short:" + std::string(raw));
        CHECK(Mask(number) == raw);
    }
    CHECK(Parse("0755-12345").value == "cn-short:0755-12345");
    CHECK(Parse("010 96166").value == "cn-short:010-96166");
}

TEST_CASE("phone: text message senders are a kind of their own") {
    for (const char* raw : {"10690021", "106575257899", "10690123456789012345"}) {
        INFO(raw);
        CHECK(Parse(raw).kind == Kind::kAccessCode);
    }
}

TEST_CASE("phone: 400 and 800 numbers are subscribers") {
    CHECK(Parse("4008123456").value == "+864008123456");
    CHECK(Parse("8008123456").value == "+868008123456");
}

TEST_CASE("phone: a bare local number is completed by the trunk's area code") {
    CHECK(Parse("12345678", {"CN", "0755"}).value == "+8675512345678");
    CHECK(Parse("8234567", {"CN", "0731"}).value == "+867318234567");
    CHECK(Parse("82345678").kind == Kind::kOther);
}

TEST_CASE("phone: a caller who withholds his number is anonymous") {
    for (const char* raw : {"", "  ", "anonymous", "Unknown", "sip:anonymous@anonymous.invalid", "restricted"}) {
        INFO(raw);
        CHECK(Parse(raw) == Number{});
    }
}

TEST_CASE("phone: extensions, addresses and digits that fit nothing are accepted as what they are") {
    CHECK(Parse("1001") == Number{Kind::kExtension, "ext:1001"});
    CHECK(Parse("sip:alice@Example.COM").value == "sip:alice@example.com");
    CHECK(Parse("999999999999999999999").kind == Kind::kOther);
    CHECK(Parse(std::string(10'000, '7')).kind == Kind::kOther);
    CHECK(Parse("\xff\xfe'; DROP TABLE customer").kind == Kind::kOther);
}

TEST_CASE("phone: numbers are shown as people read them, and masked") {
    CHECK(Display(Parse("13800138000")) == "138 0013 8000");
    CHECK(Mask(Parse("13800138000")) == "138****8000");
    CHECK(Mask(Parse("0755-12345678")) == "0755****5678");
    CHECK(Mask(Parse("0755-12345678-8001")) == "0755****5678-****");
    CHECK(Display(Parse("+1 415 555 2671")) == "+1 415-555-2671");
    CHECK(Mask(Parse("+14155552671")) == "+1****2671");
    CHECK(Parse("+14155552671").country == "US");
    CHECK(Mask(Parse("sip:alice@example.com")).find("alice") == std::string::npos);
    CHECK(Mask(Parse("")).empty());
}

}  // namespace
}  // namespace trunkline::phone
