// One walk over the characters makes runs; each run makes tokens.
#include "knowledge/domain/tokens.hpp"

#include <algorithm>

#include "pinyin/pinyin.hpp"

namespace trunkline::knowledge {
namespace {

constexpr size_t kQueryBytes = 600;
constexpr double kHomophone = 0.35;

uint64_t Hash(char space, std::string_view text) {
    uint64_t hash = 14695981039346656037ULL ^ static_cast<unsigned char>(space);  // FNV-1a
    for (const unsigned char byte : text) {
        hash = (hash * 1099511628211ULL) ^ byte;
    }
    return hash * 1099511628211ULL;
}

// A character of UTF-8 at `at`, which moves behind it; a broken byte is a character of its own.
char32_t Next(std::string_view text, size_t& at) {
    const auto byte = [&](size_t k) { return static_cast<unsigned char>(at + k < text.size() ? text[at + k] : 0); };
    const unsigned char first = byte(0);
    size_t length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    char32_t value = length == 1 ? first : first & (0xff >> (length + 1));
    for (size_t k = 1; k < length; ++k) {
        if ((byte(k) & 0xc0) != 0x80) {
            length = 0;
            break;
        }
        value = (value << 6) | (byte(k) & 0x3f);
    }
    at += std::max<size_t>(length, 1);
    return length == 0 ? 0xfffd : value;
}

bool IsHan(char32_t c) {
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x323af);
}

// Letters and digits of ASCII in lower case, also from their full-width forms; 0 for all else.
char Plain(char32_t c) {
    c = c >= 0xff01 && c <= 0xff5e ? c - 0xff01 + 0x21 : c;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        return static_cast<char>(c);
    }
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : '\0';
}

struct Run {
    bool han = false;
    std::vector<std::string> characters;  // of a Chinese run
    std::string text;
};

std::vector<Run> Runs(std::string_view text) {
    std::vector<Run> runs;
    bool open = false;
    for (size_t at = 0; at < text.size();) {
        const size_t begin = at;
        const char32_t c = Next(text, at);
        const bool han = IsHan(c);
        const char plain = Plain(c);
        if (!han && plain == '\0') {
            open = false;
            continue;
        }
        if (!open || runs.back().han != han) {
            runs.push_back({han, {}, ""});
            open = true;
        }
        const std::string character = han ? std::string(text.substr(begin, at - begin)) : std::string(1, plain);
        runs.back().text += character;
        if (han) {
            runs.back().characters.push_back(character);
        }
    }
    return runs;
}

void Grams(std::string_view text, size_t size, char space, Token like, std::vector<Token>& tokens) {
    for (size_t i = 0; i + size <= text.size(); ++i) {
        like.hash = Hash(space, text.substr(i, size));
        tokens.push_back(like);
    }
}

void HanTokens(const Run& run, bool singles, std::vector<Token>& tokens) {
    for (size_t i = 0; i + 1 < run.characters.size(); ++i) {
        tokens.push_back({Hash('h', run.characters[i] + run.characters[i + 1])});
    }
    for (const std::string& character : run.characters) {
        if (singles) {
            tokens.push_back({Hash('u', character)});
        }
    }
}

void WordTokens(const std::string& word, bool parts, std::vector<Token>& tokens) {
    tokens.push_back({Hash('w', word), TokenKind::kText, 1.5});
    if (parts && word.size() > 2) {
        Grams("^" + word, 3, 't', {0, TokenKind::kText, 0.5}, tokens);
    }
}

void Unique(std::vector<Token>& tokens) {
    std::sort(tokens.begin(), tokens.end());
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
}

}  // namespace

std::vector<Token> FieldTokens(std::string_view text, bool short_field) {
    std::vector<Token> tokens;
    for (const Run& run : Runs(text)) {
        if (!run.han) {
            WordTokens(run.text, short_field, tokens);
            continue;
        }
        HanTokens(run, short_field, tokens);
        if (short_field) {
            std::string sound, initials;
            for (const std::string& syllable : pinyin::Syllables(run.text)) {
                sound += syllable;
                initials += syllable[0];
            }
            Grams(sound, 3, 'p', {0, TokenKind::kSound, 1}, tokens);
            Grams(initials, 2, 'i', {0, TokenKind::kInitials, 1}, tokens);
        }
    }
    Unique(tokens);
    return tokens;
}

std::vector<Token> QueryTokens(std::string_view text) {
    std::vector<Token> tokens;
    std::string letters;
    for (const Run& run : Runs(text.substr(0, kQueryBytes))) {
        if (!run.han) {
            WordTokens(run.text, true, tokens);
            letters += run.text;
            continue;
        }
        HanTokens(run, run.characters.size() == 1, tokens);
        Grams(pinyin::Joined(run.text), 3, 'p', {0, TokenKind::kSound, kHomophone}, tokens);
    }
    // "tui piao" and "tuipiao" are the same.
    Grams(letters, 3, 'p', {0, TokenKind::kSound, 1}, tokens);
    if (letters.size() <= 8) {
        Grams(letters, 2, 'i', {0, TokenKind::kInitials, 1}, tokens);
    }
    Unique(tokens);
    return tokens;
}

}  // namespace trunkline::knowledge
