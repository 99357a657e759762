// Merging attached data and its limits.
#include "trunk/domain/attached_data.hpp"

#include <catch2/catch.hpp>

using namespace trunkline::trunk;

TEST_CASE("attached data: merging adds, replaces, and removes what is empty", "[trunk][data]") {
    AttachedData data{{"queue", "complaints"}, {"language", "zh"}};
    REQUIRE(Merge(data, {{"queue", "consultation"}, {"language", ""}, {"digits", "1"}}).ok());
    CHECK(data == AttachedData{{"queue", "consultation"}, {"digits", "1"}});
}

TEST_CASE("attached data: what is too large changes nothing", "[trunk][data]") {
    AttachedData data{{"queue", "complaints"}};
    const AttachedData before = data;
    CHECK(Merge(data, {{"a", std::string(kMaxDataBytes + 1, 'x')}}).error().reason == "INVALID");
    CHECK(Merge(data, {{std::string(kMaxDataKeyBytes + 1, 'k'), "x"}}).error().reason == "INVALID");
    CHECK(Merge(data, {{"", "x"}}).error().reason == "INVALID");
    AttachedData many;
    for (size_t i = 0; i < kMaxDataEntries; ++i) {
        many["key" + std::to_string(i)] = "x";
    }
    CHECK(Merge(data, many).error().reason == "INVALID");
    CHECK(data == before);
}

TEST_CASE("attached data: exactly 64 entries of 4096 bytes are carried", "[trunk][data]") {
    AttachedData data;
    for (size_t i = 0; i < kMaxDataEntries; ++i) {
        REQUIRE(Merge(data, {{"key" + std::to_string(i), std::string(kMaxDataBytes, 'x')}}).ok());
    }
    CHECK(data.size() == kMaxDataEntries);
}
