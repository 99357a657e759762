// Runs a fuzz target without libFuzzer: every file given, then a number of seeded mutations of them.
//
// Usage: fuzz_<word> [--mutations N] [--seed N] FILE_OR_FOLDER...
// A crash leaves the input that caused it in crash-<word>.bin in the working folder.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "mutator.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

namespace fs = std::filesystem;

std::string current_input;
std::string crash_file = "crash.bin";

std::string ReadFile(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void AddSeeds(const fs::path& path, std::vector<std::string>& seeds) {
    if (!fs::is_directory(path)) return seeds.push_back(ReadFile(path));
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    // Folders list their files in any order, and the mutations depend on it.
    std::sort(files.begin(), files.end());
    for (const auto& file : files) seeds.push_back(ReadFile(file));
}

void Run(const std::string& input) {
    current_input = input;
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
}

// The process is lost here, so writing a file in a signal handler is worth its risk.
void SaveInput(int signal) {
    if (std::FILE* const file = std::fopen(crash_file.c_str(), "wb"); file != nullptr) {
        std::fwrite(current_input.data(), 1, current_input.size(), file);
        std::fclose(file);
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

}  // namespace

int main(int argc, char** argv) {
    size_t mutations = 0;
    uint32_t seed = 1;
    std::vector<std::string> seeds;
    crash_file = "crash-" + fs::path(argv[0]).filename().string() + ".bin";
    for (int at = 1; at < argc; ++at) {
        const std::string argument = argv[at];
        if (argument == "--mutations" && at + 1 < argc) {
            mutations = std::strtoull(argv[++at], nullptr, 10);
        } else if (argument == "--seed" && at + 1 < argc) {
            seed = static_cast<uint32_t>(std::strtoul(argv[++at], nullptr, 10));
        } else {
            AddSeeds(argument, seeds);
        }
    }
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGALRM}) std::signal(signal, SaveInput);
    for (const auto& input : seeds) Run(input);
    if (seeds.empty()) seeds.emplace_back();
    trunkline::fuzz::Mutator mutator(seeds, seed);
    for (size_t count = 0; count < mutations; ++count) Run(mutator.Next());
    std::printf("%zu seeds, %zu mutations with seed %u: no crash\n", seeds.size(), mutations, seed);
    return 0;
}
