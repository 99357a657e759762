// What crews write, and what is made of it.
#include "workorder/domain/crew_reply.hpp"

#include <catch2/catch.hpp>

namespace trunkline::workorder {
namespace {

TEST_CASE("crew: words and digits are understood as telephones write them", "[workorder]") {
    for (const char* text : {"1", " 1 ", "１", "接单", "已接单。", "收到，马上去", "OK", "Accept"}) {
        INFO(text);
        REQUIRE(ParseCrewReply(text)->word == CrewWord::kAccept);
    }
    for (const char* text : {"2", "到场", "已到达现场", "arrived"}) {
        INFO(text);
        REQUIRE(ParseCrewReply(text)->word == CrewWord::kArrived);
    }
    REQUIRE(ParseCrewReply("完成：阀门已更换")->text == "阀门已更换");
    REQUIRE(ParseCrewReply("3阀门已更换")->text == "阀门已更换");
    for (const char* text : {"", "12路停运", "什么", "10", "退订", "4"}) {
        INFO(text);
        REQUIRE_FALSE(ParseCrewReply(text));
    }
}

TEST_CASE("crew: an order is named by its number or the end of it, and other digits stay text", "[workorder]") {
    const auto named = ParseCrewReply("3 20260302-000012 阀门已更换");
    REQUIRE(named->code == "20260302-000012");
    REQUIRE(named->text == "阀门已更换");
    REQUIRE(ParseCrewReply("2 #12")->code == "12");
    REQUIRE(ParseCrewReply("完成 3个阀门")->code.empty());
    REQUIRE(ParseCrewReply("完成 3个阀门")->text == "3个阀门");
    REQUIRE(IsMeant("12", "20260302-000012"));
    REQUIRE(IsMeant("000012", "20260302-000012"));
    REQUIRE(IsMeant("20260302-000012", "20260302-000012"));
    REQUIRE_FALSE(IsMeant("2", "20260302-000012"));
    REQUIRE_FALSE(IsMeant("", "20260302-000012"));
    REQUIRE_FALSE(IsMeant("20260303-000012", "20260302-000012"));
}

}  // namespace
}  // namespace trunkline::workorder
