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

}  // namespace trunkline::workorder
