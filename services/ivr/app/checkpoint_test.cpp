// The place of a call in attached data.
#include "ivr/app/checkpoint.hpp"

#include <catch2/catch.hpp>

namespace trunkline::ivr {

TEST_CASE("checkpoint: what is written is read again", "[ivr][checkpoint]") {
    const Checkpoint checkpoint{{"hotline", 7}, {"menu", 12, {{"a", "1&2=3%4%25"}, {"empty", ""}, {"name", "张三"}}}};
    const auto read = FromData(ToData(checkpoint));
    REQUIRE(read);
    CHECK(read->flow == checkpoint.flow);
    CHECK(read->progress == checkpoint.progress);
}

TEST_CASE("checkpoint: as many variables as a flow may have fit into one entry of attached data", "[ivr][checkpoint]") {
    Checkpoint checkpoint;
    Variables& variables = checkpoint.progress.variables;
    for (int i = 0; i < 16; ++i) {
        const std::string name = "a_variable_with_a_long_name_" + std::to_string(1000 + i);
        REQUIRE(IsName(name));
        SetVariable(variables, name, std::string(500, 'x'));
    }
    for (const char* name : {"from_number", "to_number", "digits"}) SetVariable(variables, name, "+8613800000000");
    variables["language"] = "zh";
    CHECK(ToData(checkpoint).at("ivr.vars").size() <= 4096);
}

TEST_CASE("checkpoint: entries that cannot be read are none", "[ivr][checkpoint]") {
    const CallData good = ToData({{"hotline", 7}, {"menu", 12, {}}});
    CHECK_FALSE(FromData({}));
    for (const char* key : {"ivr.flow", "ivr.version", "ivr.node", "ivr.step"}) {
        CallData data = good;
        data.erase(key);
        CHECK_FALSE(FromData(data));
    }
    CallData data = good;
    data["ivr.step"] = "12x";
    CHECK_FALSE(FromData(data));
}

}  // namespace trunkline::ivr
