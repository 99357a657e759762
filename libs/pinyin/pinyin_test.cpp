// Readings of everyday words of a hotline.
#include "pinyin/pinyin.hpp"

#include <catch2/catch.hpp>

namespace trunkline::pinyin {
namespace {

TEST_CASE("pinyin: words are read without tones") {
    CHECK(Joined("退票手续费") == "tuipiaoshouxufei");
    CHECK(Initials("公交线路") == "gjxl");
    CHECK(Syllables("女士") == std::vector<std::string>{"nu", "shi"});
}

TEST_CASE("pinyin: a character with two readings takes the one of its word where that is known") {
    CHECK(Joined("重庆") == "chongqing");
    CHECK(Joined("银行") == "yinxing");  // ICU reads characters; the search is tolerant enough for it
}

TEST_CASE("pinyin: what is not Chinese is left out") {
    CHECK(Joined("K1路 bus 公交!") == "lugongjiao");
    CHECK(Joined("no Chinese").empty());
    CHECK(Joined("").empty());
    CHECK(Joined("\xff\xfe").empty());
}

}  // namespace
}  // namespace trunkline::pinyin
