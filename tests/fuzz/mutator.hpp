// Makes new inputs from given ones. The same seed gives the same inputs on every machine.
#pragma once
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace trunkline::fuzz {

class Mutator {
 public:
    // `seeds` must not be empty.
    Mutator(std::vector<std::string> seeds, uint32_t seed) : seeds_(std::move(seeds)), random_(seed) {}

    // One of the seeds with one to eight changes; at most 64 KiB.
    std::string Next();

 private:
    void Change(std::string& text);
    size_t Below(size_t end) { return end == 0 ? 0 : random_() % end; }
    const std::string& AnySeed() { return seeds_[Below(seeds_.size())]; }

    std::vector<std::string> seeds_;
    std::mt19937 random_;
};

}  // namespace trunkline::fuzz
