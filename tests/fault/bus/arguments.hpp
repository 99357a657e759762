// What the fault programs have in common: "--name value" pairs, and the database they name.
#pragma once
#include <map>
#include <stdexcept>
#include <string>

#include "db/pool.hpp"

namespace trunkline::fault {

class Arguments {
 public:
    Arguments(int count, char** values) {
        for (int i = 1; i + 1 < count; i += 2) {
            values_[values[i]] = values[i + 1];
        }
    }
    std::string Get(const std::string& name, const std::string& otherwise = "") const {
        const auto found = values_.find("--" + name);
        return found == values_.end() ? otherwise : found->second;
    }
    int64_t Number(const std::string& name) const { return std::stoll(Get(name, "0")); }

 private:
    std::map<std::string, std::string> values_;
};

inline db::PoolConfig PoolOf(const Arguments& arguments, const std::string& schema) {
    db::PoolConfig config;
    config.url = arguments.Get("url");
    config.schema = schema;
    return config;
}

}  // namespace trunkline::fault
