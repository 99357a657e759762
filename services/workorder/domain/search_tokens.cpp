// UTF-8 is read by hand: only the difference between Chinese and the rest matters.
#include "workorder/domain/search_tokens.hpp"

#include <algorithm>
#include <set>

namespace trunkline::workorder {
namespace {

constexpr size_t kQueryLimit = 30;
constexpr size_t kWordLimit = 60;

enum class Kind { kOther, kWord, kChinese };

struct Character {
    std::string bytes;
    Kind kind = Kind::kOther;
};

bool IsChinese(char32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// The next character of `text`; broken bytes are taken one at a time and separate words.
Character Next(const std::string& text, size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
        const char c = static_cast<char>(lead >= 'A' && lead <= 'Z' ? lead + 32 : lead);
        ++at;
        const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        return {std::string(1, c), word ? Kind::kWord : Kind::kOther};
    }
    const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    char32_t code = length == 4 ? lead & 0x07U : length == 3 ? lead & 0x0FU : lead & 0x1FU;
    for (size_t i = 1; i < length; ++i) {
        if (at + i >= text.size() || (text[at + i] & 0xC0) != 0x80) {
            ++at;
            return {};
        }
        code = (code << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    Character character{text.substr(at, length), Kind::kOther};
    at += length;
    // Fullwidth letters and digits of Chinese input methods.
    if ((code >= 0xFF10 && code <= 0xFF19) || (code >= 0xFF21 && code <= 0xFF3A) ||
        (code >= 0xFF41 && code <= 0xFF5A)) {
        const char c = static_cast<char>(code - 0xFEE0);
        return {std::string(1, c >= 'A' && c <= 'Z' ? char(c + 32) : c), Kind::kWord};
    }
    if (IsChinese(code)) {
        character.kind = Kind::kChinese;
    } else if (length == 2 || (code >= 0x3041 && code <= 0x30FF)) {
        character.kind = Kind::kWord;
    }
    return length == 1 ? Character{} : character;
}

struct Run {
    Kind kind{};
    std::vector<std::string> characters;
};

std::vector<Run> Runs(const std::string& text) {
    std::vector<Run> runs;
    Kind before = Kind::kOther;
    for (size_t at = 0; at < text.size();) {
        Character character = Next(text, at);
        if (character.kind != Kind::kOther) {
            if (character.kind != before) {
                runs.push_back({character.kind, {}});
            }
            runs.back().characters.push_back(std::move(character.bytes));
        }
        before = character.kind;
    }
    return runs;
}

std::string Join(const Run& run) {
    std::string word;
    for (const std::string& character : run.characters) {
        if (word.size() < kWordLimit) {
            word += character;
        }
    }
    return word;
}

}  // namespace

std::vector<std::string> IndexTokens(const std::string& text, size_t limit) {
    std::set<std::string> tokens;
    for (const Run& run : Runs(text)) {
        if (run.kind == Kind::kWord) {
            tokens.insert(Join(run));
            continue;
        }
        for (size_t i = 0; i + 1 < run.characters.size(); ++i) {
            tokens.insert(run.characters[i] + run.characters[i + 1]);
        }
        tokens.insert(run.characters.back());
    }
    std::vector<std::string> list(tokens.begin(), tokens.end());
    list.resize(std::min(list.size(), limit));
    return list;
}

std::vector<QueryToken> QueryTokens(const std::string& text) {
    std::vector<QueryToken> tokens;
    for (const Run& run : Runs(text)) {
        if (run.kind == Kind::kWord) {
            tokens.push_back({Join(run), false});
        } else if (run.characters.size() == 1) {
            tokens.push_back({run.characters[0], true});
        } else {
            for (size_t i = 0; i + 1 < run.characters.size(); ++i) {
                tokens.push_back({run.characters[i] + run.characters[i + 1], false});
            }
        }
    }
    tokens.resize(std::min(tokens.size(), kQueryLimit));
    return tokens;
}

std::string PlainNumber(const std::string& number) {
    std::string digits;
    for (const char c : number) {
        if (c >= '0' && c <= '9') {
            digits += c;
        }
    }
    const size_t written = digits.size();
    const auto strip = [&](const char* prefix, size_t least) {
        const std::string text(prefix);
        if (digits.rfind(text, 0) == 0 && digits.size() - text.size() >= least) {
            digits.erase(0, text.size());
        }
    };
    strip("0086", 8);
    if (digits.size() >= 12) {
        strip("86", 10);
    }
    if (digits.size() == 12 && digits.rfind("01", 0) == 0) {
        digits.erase(0, 1);
    }
    // +86 10 1234 5678 and 010 1234 5678 are one number; a mobile number has eleven digits and begins with 1.
    const bool mobile = digits.size() == 11 && digits[0] == '1';
    if (written >= digits.size() + 2 && digits.size() >= 10 && !mobile) {
        digits.insert(0, 1, '0');
    }
    return digits;
}

std::string MaskNumber(const std::string& number) {
    const size_t at = number.find('@');
    if (at != std::string::npos) {
        return number.substr(0, 1) + "***" + number.substr(at);
    }
    if (number.size() < 7) {
        return number.size() < 3 ? std::string(number.size(), '*')
                                 : number.substr(0, 1) + "***" + number.substr(number.size() - 1);
    }
    const size_t tail = 4;
    const size_t head = std::min<size_t>(number.size() - tail - 3, number[0] == '0' ? 4 : 3);
    return number.substr(0, head) + "****" + number.substr(number.size() - tail);
}

}  // namespace trunkline::workorder
