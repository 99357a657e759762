// When keys are a whole answer.
#include "trunk/domain/digit_collector.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace trunkline::trunk;

namespace {

CollectRule Rule(size_t least, size_t most, const std::string& terminators) {
    return {least, most, terminators, 5s, 3s};
}

}  // namespace

TEST_CASE("digits: the last key wanted completes the input", "[trunk][digits]") {
    DigitCollector collector(Rule(1, 2, "#"));
    CHECK_FALSE(collector.Press('4'));
    CHECK(collector.Press('2') == CollectResult::kComplete);
    CHECK(collector.digits() == "42");
}

TEST_CASE("digits: a terminator ends the input and does not count", "[trunk][digits]") {
    DigitCollector collector(Rule(1, 8, "#*"));
    CHECK_FALSE(collector.Press('4'));
    CHECK(collector.Press('#') == CollectResult::kTerminator);
    CHECK(collector.digits() == "4");
}

TEST_CASE("digits: silence before the first key and between keys are told apart", "[trunk][digits]") {
    DigitCollector collector(Rule(2, 4, ""));
    CHECK(collector.patience() == 5s);
    CHECK(collector.TimeOut() == CollectResult::kFirstTimeout);
    collector.Press('1');
    CHECK(collector.patience() == 3s);
    CHECK(collector.TimeOut() == CollectResult::kBetweenTimeout);
    collector.Press('2');
    CHECK(collector.TimeOut() == CollectResult::kComplete);
}
