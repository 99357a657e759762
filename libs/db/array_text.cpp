// Quoting of elements.
#include "db/array_text.hpp"

namespace trunkline::db {

void ArrayText::Add(std::string_view element) {
    Separate();
    text_ += '"';
    for (const char letter : element) {
        if (letter == '"' || letter == '\\') {
            text_ += '\\';
        }
        text_ += letter;
    }
    text_ += '"';
}

void ArrayText::AddBytes(std::string_view bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    Separate();
    text_ += "\"\\\\x";
    for (const char letter : bytes) {
        text_ += kDigits[static_cast<unsigned char>(letter) >> 4];
        text_ += kDigits[static_cast<unsigned char>(letter) & 15];
    }
    text_ += '"';
}

void ArrayText::AddNull() {
    Separate();
    text_ += "NULL";
}

}  // namespace trunkline::db
