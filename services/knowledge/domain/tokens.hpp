// Cuts a text into what can be compared: pairs of Chinese characters, words and their parts, sounds, first letters.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace trunkline::knowledge {

// Tokens of different kinds never equal each other.
enum class TokenKind { kText, kSound, kInitials };
inline constexpr size_t kTokenKinds = 3;

struct Token {
    uint64_t hash = 0;
    TokenKind kind = TokenKind::kText;
    double weight = 1;  // in a question
    bool operator<(const Token& other) const { return hash < other.hash; }
    bool operator==(const Token& other) const { return hash == other.hash; }
};

// Of a document's field. `short_field`: titles and tags, which are found by sound, first letters, single characters and
// parts of words too.
std::vector<Token> FieldTokens(std::string_view text, bool short_field);
// Of what somebody typed, up to 200 bytes of it; a Chinese word is looked for by its sound too, at a lower weight.
std::vector<Token> QueryTokens(std::string_view text);

}  // namespace trunkline::knowledge
