// The flows that ship, good ones and bad ones: each bad file is named for the node and the one fault it has.
#include "ivr/adapters/flow_codec.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "ivr/domain/check.hpp"

namespace trunkline::ivr {
namespace {

std::string ReadFile(const std::filesystem::path& path) {
    std::ifstream file(path);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::filesystem::path> FilesIn(const std::string& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(IVR_FLOWS) + "/" + folder)) {
        files.push_back(entry.path());
    }
    REQUIRE_FALSE(files.empty());
    return files;
}

std::vector<Fault> FaultsOf(const std::filesystem::path& path) {
    const auto flow = ParseFlow(ReadFile(path));
    REQUIRE(flow.ok());
    return CheckFlow(*flow, {});
}

}  // namespace

TEST_CASE("flows: the hotline and every good flow are sound", "[ivr][flow]") {
    auto files = FilesIn("good");
    files.emplace_back(std::string(IVR_FLOWS) + "/hotline.json");
    for (const auto& path : files) {
        CAPTURE(path.filename());
        CHECK(Describe(FaultsOf(path)).empty());
    }
}

TEST_CASE("flows: every bad flow has exactly the fault in its name", "[ivr][flow]") {
    for (const auto& path : FilesIn("bad")) {
        const std::string stem = path.stem();
        CAPTURE(stem);
        std::string node = stem.substr(0, stem.find('-'));
        if (node == "flow") node = "";
        std::string reason = stem.substr(stem.find('-') + 1);
        std::transform(reason.begin(), reason.end(), reason.begin(), ::toupper);
        const auto faults = FaultsOf(path);
        REQUIRE(faults.size() == 1);
        CHECK(faults[0].node_id == node);
        CHECK(faults[0].reason == reason);
        CHECK_FALSE(faults[0].message.empty());
    }
}

TEST_CASE("flows: all faults are told at once", "[ivr][flow]") {
    const auto flow = ParseFlow(R"({"name": "Bad Name", "entry": "a", "nodes": [
        {"id": "a", "say": {"text": "", "next": "nowhere"}},
        {"id": "b", "set": {"variable": "x", "next": "b"}}]})");
    REQUIRE(flow.ok());
    std::vector<std::string> reasons;
    for (const Fault& fault : CheckFlow(*flow, {})) reasons.push_back(fault.node_id + " " + fault.reason);
    CHECK(reasons == std::vector<std::string>{" BAD_PARAMETER", "a MISSING_PROMPT", "a UNKNOWN_EXIT", "a NO_ANSWER",
                                              "b UNREACHABLE", "b LOOP"});
}

TEST_CASE("flows: JSON with a field that does not exist is refused", "[ivr][flow]") {
    CHECK(ParseFlow(R"({"name": "a", "titel": "x"})").error().reason == "BAD_FLOW_JSON");
    CHECK(ParseFlow("{").error().reason == "BAD_FLOW_JSON");
}

TEST_CASE("flows: what is printed is read again", "[ivr][flow]") {
    const auto flow = FromJson(ReadFile(std::string(IVR_FLOWS) + "/hotline.json"));
    REQUIRE(flow.ok());
    const auto again = FromJson(ToJson(*flow));
    REQUIRE(again.ok());
    CHECK(again->SerializeAsString().size() == flow->SerializeAsString().size());
    CHECK(again->DebugString() == flow->DebugString());
}

TEST_CASE("flows: constant texts are those that can be spoken beforehand", "[ivr][flow]") {
    const auto flow = ParseFlow(ReadFile(std::string(IVR_FLOWS) + "/good/set.json"));
    REQUIRE(flow.ok());
    // The flow changes its language, so its texts may be needed in both.
    CHECK(flow->ConstantTexts() == std::vector<Text>{{"Good bye.", "en"}, {"Good bye.", "zh"}});
    const auto say = ParseFlow(ReadFile(std::string(IVR_FLOWS) + "/good/say.json"));
    CHECK(say->ConstantTexts().empty());
}

}  // namespace trunkline::ivr
