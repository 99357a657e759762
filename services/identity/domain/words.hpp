// Checks of what people type that several nouns share.
#pragma once
#include <string>

#include "result/result.hpp"

namespace trunkline::identity {

// 1 to 64 letters, digits, ".", "_", "-", "@". kInvalidArgument names `field`.
Status CheckWord(const std::string& field, const std::string& text);
// Up to 200 bytes without control characters.
Status CheckText(const std::string& field, const std::string& text);
// ASCII letters in lower case; others stay.
std::string Lower(std::string text);

}  // namespace trunkline::identity
