// Phone numbers as callers send them and people write them: one canonical text for each, its kind, how it is shown and
// how it is masked. Chinese short codes, access codes and extensions are told apart before libphonenumber is asked,
// because it would make E.164 numbers of them.
#pragma once
#include <string>
#include <string_view>

namespace trunkline::phone {

// Numbers are stored; add at the end only.
enum class Kind {
    kAnonymous = 1,   // withheld, unknown, empty
    kE164 = 2,        // a subscriber anywhere in the world
    kShort = 3,       // 12345, 95598, 96166, 110
    kAccessCode = 4,  // sender of text messages: 1069...
    kExtension = 5,   // of our own exchange: 8001
    kSip = 6,         // an address that is no number
    kOther = 7,       // digits that fit nothing; accepted, never refused
};

struct Number {
    Kind kind = Kind::kAnonymous;
    std::string value{};  // canonical: "+8613800138000", "cn-short:12345"; equal for equal numbers; empty: anonymous
    std::string extension{};  // behind a subscriber's number: 0755-12345678-8001
    std::string country{};    // of E.164: "CN"
    bool mobile = false;

    bool operator==(const Number&) const = default;
};

// Where the number was dialled or written.
struct Place {
    std::string country = "CN";
    std::string area_code;  // "0755": completes a bare local number of 7 or 8 digits
};

// Never fails: what is no number at all is kSip or kOther. Up to 100 bytes are looked at. Safe from any thread.
Number Parse(std::string_view raw, const Place& place = {});

// As people in China read it: 138 0013 8000, 0755-1234 5678-8001, +1 415-555-2671, 12345.
std::string Display(const Number& number);
// As people without the right to see it read it: 138****8000, 0755****5678, +1****2671. Short and access codes are
// public and shown whole.
std::string Mask(const Number& number);
// The city or province of a Chinese fixed line ("深圳"), otherwise the country; empty when unknown. Mobiles tell where
// a number was sold, not where a caller is, so they have none.
std::string Region(const Number& number, const std::string& language = "zh");

}  // namespace trunkline::phone
