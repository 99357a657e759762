// The rules of numbers, around libphonenumber.
#include "phone/phone.hpp"

#include <phonenumbers/geocoding/phonenumber_offline_geocoder.h>
#include <phonenumbers/phonenumberutil.h>
#include <unicode/locid.h>

#include <algorithm>
#include <array>
#include <regex>

namespace trunkline::phone {
namespace {

using i18n::phonenumbers::PhoneNumberUtil;
using Parsed = i18n::phonenumbers::PhoneNumber;

constexpr size_t kLimit = 100;
constexpr int kChina = 86;

const PhoneNumberUtil& Util() { return *PhoneNumberUtil::GetInstance(); }

bool StartsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

std::string Lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return lower;
}

// Blanks at the ends away, full-width digits and signs to ASCII.
std::string Plain(std::string_view raw) {
    std::string text;
    for (size_t i = 0; i < std::min(raw.size(), kLimit);) {
        const auto at = [&](size_t k) { return static_cast<unsigned char>(i + k < raw.size() ? raw[i + k] : 0); };
        if (at(0) == 0xef && at(1) == 0xbc && at(2) >= 0x81 && at(2) <= 0xbf) {
            text += static_cast<char>(at(2) - 0x80 + 0x20);
            i += 3;
        } else {
            text += raw[i++];
        }
    }
    const size_t first = text.find_first_not_of(" \t\r\n");
    const size_t last = text.find_last_not_of(" \t\r\n");
    return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

// The digits, when the text is made of digits and what people write between them; otherwise nothing.
std::string Digits(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (std::string_view(" -().+").find(c) == std::string_view::npos) {
            return "";
        }
    }
    return digits;
}

bool IsWithheld(const std::string& text) {
    static const std::array<std::string_view, 7> words{"anonymous", "unknown", "private",    "restricted",
                                                       "withheld",  "blocked", "unavailable"};
    const std::string lower = Lower(text);
    return text.empty() || std::find(words.begin(), words.end(), lower) != words.end();
}

// Short codes of the Chinese numbering plan: emergency 1xx, 12xxx government, 100xx carriers, 95xxx nation-wide and
// 96xxx local services, 114 and 116xxx/118xxx.
bool IsShortCode(const std::string& digits) {
    static const std::regex codes("11[0-9]|12[0-9]|12[0-9]{3}|100[0-9]{2}|11[68][0-9]{2,3}|95[0-9]{3,6}|96[0-9]{3,4}");
    return std::regex_match(digits, codes);
}

// Text message senders: 106 and 5 to 17 more digits.
bool IsAccessCode(const std::string& digits) {
    return StartsWith(digits, "106") && digits.size() >= 8 && digits.size() <= 20 && digits.size() != 11;
}

// An area code in front of a short code reaches another city's service: 0755-12345.
bool SplitAreaCode(const std::string& digits, std::string& area, std::string& code) {
    static const std::regex form("(010|02[0-9]|0[3-9][0-9]{2})([19][0-9]{4,5})");
    std::smatch match;
    if (!std::regex_match(digits, match, form) || !IsShortCode(match[2])) {
        return false;
    }
    area = match[1];
    code = match[2];
    return true;
}

bool ParseSubscriber(const std::string& text, const std::string& country, Parsed& parsed) {
    return Util().Parse(text, country, &parsed) == PhoneNumberUtil::NO_PARSING_ERROR;
}

// Splits "0755-12345678-8001", "...转8001", "...#8001", "...,8001" into number and extension.
bool SplitExtension(const std::string& text, const std::string& country, std::string& head, std::string& extension) {
    static const std::regex marked("^(.*[0-9)])\\s*(?:转|分机|ext\\.?|;ext=|x|#|,)\\s*([0-9]{1,6})$",
                                   std::regex::icase);
    static const std::regex dashed("^(.*[0-9)])\\s*-\\s*([0-9]{1,6})$");
    std::smatch match;
    if (std::regex_match(text, match, marked)) {
        head = match[1];
        extension = match[2];
        return true;
    }
    Parsed parsed;
    if (std::regex_match(text, match, dashed) && ParseSubscriber(match[1], country, parsed) &&
        Util().IsValidNumber(parsed)) {
        head = match[1];
        extension = match[2];
        return true;
    }
    return false;
}

Number Subscriber(const Parsed& parsed) {
    Number number;
    number.kind = Kind::kE164;
    Util().Format(parsed, PhoneNumberUtil::E164, &number.value);
    Util().GetRegionCodeForCountryCode(parsed.country_code(), &number.country);
    number.mobile = Util().GetNumberType(parsed) == PhoneNumberUtil::MOBILE;
    return number;
}

bool ToParsed(const Number& number, Parsed& parsed) {
    return number.kind == Kind::kE164 && ParseSubscriber(number.value, "CN", parsed);
}

Number ParseDigits(const std::string& text, const Place& place) {
    const std::string digits = Digits(text);
    const bool chinese = place.country == "CN" && !StartsWith(text, "+");
    std::string area, code;
    if (chinese && IsShortCode(digits)) {
        return {Kind::kShort, "cn-short:" + digits, "", "CN"};
    }
    if (chinese && SplitAreaCode(digits, area, code)) {
        return {Kind::kShort, "cn-short:" + area + "-" + code, "", "CN"};
    }
    if (chinese && IsAccessCode(digits)) {
        return {Kind::kAccessCode, "cn-access:" + digits, "", "CN"};
    }
    if (!digits.empty() && digits.size() <= 6) {
        return {Kind::kExtension, "ext:" + digits};
    }
    Parsed parsed;
    const bool local = chinese && (digits.size() == 7 || digits.size() == 8) && digits[0] != '0';
    if (local && place.area_code.empty()) {
        return {Kind::kOther, "other:" + digits};
    }
    if (ParseSubscriber(local ? place.area_code + digits : text, place.country, parsed) &&
        Util().IsPossibleNumberWithReason(parsed) == PhoneNumberUtil::IS_POSSIBLE) {
        return Subscriber(parsed);
    }
    return {Kind::kOther, "other:" + (digits.empty() ? text : digits)};
}

std::string TailMasked(const std::string& head, const std::string& digits) {
    return head + "****" + (digits.size() > 4 ? digits.substr(digits.size() - 4) : "");
}

}  // namespace

Number Parse(std::string_view raw, const Place& place) {
    std::string text = Plain(raw);
    if (IsWithheld(text)) {
        return {};
    }
    for (const std::string_view scheme : {"sip:", "sips:", "tel:"}) {
        if (StartsWith(Lower(text), scheme)) {
            text = text.substr(scheme.size());
            break;
        }
    }
    if (const size_t at = text.find('@'); at != std::string::npos) {
        const std::string user = text.substr(0, at);
        if (Digits(user).empty()) {
            return IsWithheld(user) ? Number{} : Number{Kind::kSip, "sip:" + user + Lower(text.substr(at))};
        }
        text = user;
    }
    std::string head, extension;
    if (SplitExtension(text, place.country, head, extension)) {
        Number number = ParseDigits(head, place);
        number.extension = extension;
        return number;
    }
    return ParseDigits(text, place);
}

std::string Display(const Number& number) {
    Parsed parsed;
    if (!ToParsed(number, parsed)) {
        return number.value.substr(number.value.find(':') + 1);
    }
    std::string text;
    const bool own = parsed.country_code() == kChina;
    Util().Format(parsed, own ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL, &text);
    return number.extension.empty() ? text : text + "-" + number.extension;
}

std::string Mask(const Number& number) {
    Parsed parsed;
    if (number.kind == Kind::kOther || number.kind == Kind::kSip) {
        const std::string text = number.value.substr(number.value.find(':') + 1);
        return TailMasked(text.substr(0, std::min<size_t>(2, text.size() / 4)), text.size() > 8 ? text : "");
    }
    if (!ToParsed(number, parsed)) {
        return number.value.substr(number.value.find(':') + 1);
    }
    std::string national;
    Util().GetNationalSignificantNumber(parsed, &national);
    if (parsed.country_code() != kChina) {
        return TailMasked("+" + std::to_string(parsed.country_code()), national);
    }
    if (number.mobile) {
        return TailMasked(national.substr(0, 3), national);
    }
    const int area = Util().GetLengthOfGeographicalAreaCode(parsed);
    const std::string head = area > 0 ? "0" + national.substr(0, static_cast<size_t>(area)) : national.substr(0, 3);
    return TailMasked(head, national) + (number.extension.empty() ? "" : "-****");
}

std::string Region(const Number& number, const std::string& language) {
    Parsed parsed;
    if (!ToParsed(number, parsed) || number.mobile) {
        return "";
    }
    static const i18n::phonenumbers::PhoneNumberOfflineGeocoder geocoder;
    return geocoder.GetDescriptionForNumber(parsed, icu::Locale(language.c_str()));
}

}  // namespace trunkline::phone
