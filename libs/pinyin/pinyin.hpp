// Chinese by its sound: the Mandarin syllables of a text, for search by people who type letters.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace trunkline::pinyin {

// Syllables of the Han characters, without tones: "重庆abc公交" gives {chong, qing, gong, jiao}. Other characters are
// left out. Text that is no UTF-8 gives what can be read of it. Safe from any thread.
std::vector<std::string> Syllables(std::string_view text);

// All syllables in one word, and their first letters: "gongjiao", "gj".
std::string Joined(std::string_view text);
std::string Initials(std::string_view text);

}  // namespace trunkline::pinyin
