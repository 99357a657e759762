// The verdict of the parser on the torture messages of RFC 4475 and RFC 5118. The messages are not part of this tree:
// TRUNKLINE_SIP_CORPUS names their folder, else it is looked for beside the tree.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sip/parser.hpp"

namespace trunkline::sip {
namespace {

using Verdict = Parsed::Verdict;
namespace fs = std::filesystem;

constexpr int kSilence = -1;

// The answers of the parser itself, by datagram. Every other message is sound, and policy answers it.
const std::map<std::string, int> kAnswers = {
    {"badinv01", 400},   {"clerr", 400},    {"ncl", 400},        {"scalar02", 400},      {"quotbal", 400},
    {"ltgtruri", 400},   {"lwsruri", 400},  {"lwsstart", 400},   {"trws", 400},          {"escruri", 400},
    {"regbadct", 400},   {"multi01", 400},  {"mismatch01", 400}, {"mcl01", 400},         {"insuf", 400},
    {"badaspec", 400},   {"baddn", 400},    {"mismatch02", 400}, {"badvers", 505},       {"unkscm", 416},
    {"novelsc", 416},    {"ipv6-bad", 400}, {"test", kSilence},  {"scalarlg", kSilence}, {"bigcode", kSilence},
    {"ipv6-in-sdp", 400}};

fs::path CorpusFolder() {
    const char* const configured = std::getenv("TRUNKLINE_SIP_CORPUS");
    return configured != nullptr ? fs::path(configured)
                                 : fs::path(__FILE__).parent_path() / "../../../shared/sip-corpus";
}

std::string ReadFile(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

int AnswerTo(const Parsed& parsed) {
    if (parsed.verdict == Verdict::kDrop) return kSilence;
    return parsed.verdict == Verdict::kReject ? parsed.status : 0;
}

std::vector<fs::path> CorpusFiles() {
    std::vector<fs::path> files;
    if (!fs::is_directory(CorpusFolder())) {
        WARN("no corpus at " << CorpusFolder() << ", set TRUNKLINE_SIP_CORPUS");
        return files;
    }
    for (const auto& entry : fs::recursive_directory_iterator(CorpusFolder())) {
        if (entry.path().extension() == ".dat") files.push_back(entry.path());
    }
    CHECK_FALSE(files.empty());
    return files;
}

int ExpectedAnswer(const fs::path& file) {
    const auto expected = kAnswers.find(file.stem().string());
    return expected == kAnswers.end() ? 0 : expected->second;
}

}  // namespace

TEST_CASE("corpus: every torture message gets its verdict", "[sip]") {
    for (const auto& file : CorpusFiles()) {
        const auto parsed = ParseDatagram(ReadFile(file));
        CAPTURE(file, parsed.reason);
        CHECK(AnswerTo(parsed) == ExpectedAnswer(file));
        if (parsed.verdict != Verdict::kAccept) continue;
        const auto again = ParseDatagram(parsed.message.ToString());
        CHECK(again.verdict == Verdict::kAccept);
        CHECK(again.message.ToString() == parsed.message.ToString());
    }
}

TEST_CASE("corpus: on a stream the verdict is the same, but for messages whose end is not certain", "[sip]") {
    const std::set<std::string> uncertain = {"clerr", "ncl", "mcl01", "inv2543", "ipv6-in-sdp", "test"};
    for (const auto& file : CorpusFiles()) {
        const auto bytes = ReadFile(file);
        auto parsed = ParseStream(bytes);
        if (parsed.consumed == 0) parsed.parsed = ParseTruncated(bytes);
        CAPTURE(file, parsed.parsed.reason);
        const bool is_certain = uncertain.count(file.stem().string()) == 0;
        CHECK(parsed.parsed.close_stream != is_certain);
        const int expected = ExpectedAnswer(file);
        CHECK(AnswerTo(parsed.parsed) == (is_certain || expected == kSilence ? expected : 400));
    }
}

}  // namespace trunkline::sip
