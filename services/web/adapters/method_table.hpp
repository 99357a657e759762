// The methods that can be reached from outside, made from the compiled-in descriptors.
#pragma once
#include <google/protobuf/descriptor.h>

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "web/domain/access.hpp"

namespace trunkline::web {

struct Method {
    std::string path;     // "trunkline.acd.v1.Agents/ListAgents"
    std::string service;  // "acd": where it is served
    Rule rule;
    bool streams = false;  // the answer is a stream
    const google::protobuf::Descriptor* input = nullptr;
    const google::protobuf::Descriptor* output = nullptr;
};

// Unchanged after construction; safe from any thread.
class MethodTable {
 public:
    // Methods of the packages trunkline.<service>.v1. Left out: "internal" ones, those without a right, and those whose
    // request is a stream, which a browser cannot send.
    explicit MethodTable(const std::set<std::string>& services);

    const Method* Find(std::string_view path) const;
    const std::map<std::string, Method, std::less<>>& all() const { return methods_; }

 private:
    std::map<std::string, Method, std::less<>> methods_;
};

}  // namespace trunkline::web
