// Variables in texts.
#include "ivr/domain/text.hpp"

#include <catch2/catch.hpp>

namespace trunkline::ivr {

TEST_CASE("text: variables are put in, unknown ones are left out", "[ivr][text]") {
    const Variables variables{{"digits", "12"}, {"name", "{digits}"}};
    CHECK(Substitute("单号{digits}，{none}好", variables) == "单号12，好");
    CHECK(Substitute("{digits}{digits}", variables) == "1212");
    CHECK(Substitute("no partner { here", variables) == "no partner { here");
    // A value is never read as a text again.
    CHECK(Substitute("{name}", variables) == "{digits}");
    CHECK(HasVariables("a{b}c"));
    CHECK_FALSE(HasVariables("a}b{c"));
}

TEST_CASE("text: a long value is cut between two characters", "[ivr][text]") {
    Variables variables;
    std::string value;
    while (value.size() < 300) value += "好";  // three bytes each
    SetVariable(variables, "name", value);
    CHECK(variables["name"].size() == 198);
    CHECK(value.starts_with(variables["name"]));
}

}  // namespace trunkline::ivr
