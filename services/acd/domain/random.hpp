// The router's chance: a splitmix64 sequence from a seed that is given, so that a test can repeat it.
#pragma once
#include <cstdint>

namespace trunkline::acd {

class Random {
 public:
    explicit Random(uint64_t seed) : state_(seed) {}

    // In [0, 1).
    double Next() {
        state_ += 0x9e3779b97f4a7c15;
        uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
    }

 private:
    uint64_t state_;
};

}  // namespace trunkline::acd
