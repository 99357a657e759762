// Ids that count: "id-1", "id-2" ... so that tests can name them.
#pragma once
#include <string>

#include "ids/ids.hpp"

namespace trunkline::testing {

class SequentialIds final : public IdGenerator {
 public:
    explicit SequentialIds(std::string prefix = "id-") : prefix_(std::move(prefix)) {}
    std::string New() override { return prefix_ + std::to_string(++last_); }

 private:
    std::string prefix_;
    int last_ = 0;
};

}  // namespace trunkline::testing
