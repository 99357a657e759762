// Many rows in one statement: a column as the text of a PostgreSQL array, for unnest().
#pragma once
#include <concepts>
#include <string>
#include <string_view>

namespace trunkline::db {

// The text form is told in PostgreSQL's documentation, "Arrays: Array Input and Output Syntax".
class ArrayText {
 public:
    void Add(std::string_view element);
    template <std::integral Number>
    void Add(Number number) {
        Separate();
        text_ += std::to_string(number);
    }
    // For an array of bytea.
    void AddBytes(std::string_view bytes);
    void AddNull();

    std::string Text() const { return text_.empty() ? "{}" : text_ + "}"; }

 private:
    void Separate() { text_ += text_.empty() ? '{' : ','; }

    std::string text_;
};

}  // namespace trunkline::db
