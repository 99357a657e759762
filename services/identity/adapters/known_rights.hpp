// Every right there is, made from the compiled-in APIs.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

namespace trunkline::identity {

struct KnownRight {
    std::vector<std::string> methods;  // that ask for it
    bool own = false;                  // only for oneself
};

// By name: those of methods, and "<service>.events.read" for the events of each service.
const std::map<std::string, KnownRight>& KnownRights();
std::set<std::string> KnownRightNames();

}  // namespace trunkline::identity
