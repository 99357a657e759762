// Readings by ICU's Han-Latin transliteration, looked up once for each text.
#include "pinyin/pinyin.hpp"

#include <unicode/translit.h>
#include <unicode/uscript.h>

#include <memory>
#include <stdexcept>

namespace trunkline::pinyin {
namespace {

// Made once for each thread, because a Transliterator must not be shared between threads; making the first costs 0.3 s.
const icu::Transliterator& Reader() {
    thread_local const std::unique_ptr<icu::Transliterator> reader = [] {
        UErrorCode error = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made(
            icu::Transliterator::createInstance("Han-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, error));
        if (U_FAILURE(error)) {
            throw std::runtime_error(std::string("ICU has no Han-Latin transliteration: ") + u_errorName(error));
        }
        return made;
    }();
    return *reader;
}

// The Han characters, everything else as a line break, so that neighbours help to choose a reading (重庆, 银行).
icu::UnicodeString HanOnly(std::string_view text) {
    const auto whole = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    icu::UnicodeString han;
    for (int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
        UErrorCode error = U_ZERO_ERROR;
        const UChar32 c = whole.char32At(i);
        if (uscript_getScript(c, &error) == USCRIPT_HAN) {
            han.append(c);
        } else if (!han.isEmpty() && han[han.length() - 1] != u'\n') {
            han.append(u'\n');
        }
    }
    return han;
}

}  // namespace

std::vector<std::string> Syllables(std::string_view text) {
    icu::UnicodeString han = HanOnly(text);
    std::vector<std::string> syllables;
    if (han.isEmpty()) {
        return syllables;
    }
    Reader().transliterate(han);
    std::string latin;
    han.toUTF8String(latin);
    std::string word;
    for (const char c : latin + " ") {
        if (c >= 'a' && c <= 'z') {
            word += c;
        } else if (!word.empty()) {
            syllables.push_back(std::move(word));
            word.clear();
        }
    }
    return syllables;
}

std::string Joined(std::string_view text) {
    std::string joined;
    for (const std::string& syllable : Syllables(text)) {
        joined += syllable;
    }
    return joined;
}

std::string Initials(std::string_view text) {
    std::string initials;
    for (const std::string& syllable : Syllables(text)) {
        initials += syllable[0];
    }
    return initials;
}

}  // namespace trunkline::pinyin
