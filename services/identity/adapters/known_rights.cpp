// Walks the descriptors of every API that is compiled in.
#include "identity/adapters/known_rights.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>

#include "trunkline/options/v1/options.pb.h"

namespace trunkline::identity {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;

bool IsWord(const std::string& right) { return right == "public" || right == "self" || right == "internal"; }

// "trunkline/acd/v1/acd.proto" -> "acd".
std::string ServiceOf(const std::string& file) {
    const size_t start = file.find('/') + 1;
    return file.substr(start, file.find('/', start) - start);
}

void AddMethod(const MethodDescriptor& method, std::map<std::string, KnownRight>& rights) {
    const auto& options = method.options();
    const std::string name = method.service()->full_name() + "/" + method.name();
    const std::string& right = options.GetExtension(options::v1::right);
    if (!right.empty() && !IsWord(right)) {
        rights[right].methods.push_back(name);
    }
    if (const std::string& own = options.GetExtension(options::v1::own_right); !own.empty()) {
        rights[own].methods.push_back(name);
        rights[own].own = true;
    }
}

std::map<std::string, KnownRight> Collect() {
    std::map<std::string, KnownRight> rights;
    std::vector<std::string> names;
    google::protobuf::DescriptorPool::internal_generated_database()->FindAllFileNames(&names);
    for (const std::string& name : names) {
        if (!name.starts_with("trunkline/")) {
            continue;
        }
        const FileDescriptor* file = DescriptorPool::generated_pool()->FindFileByName(name);
        if (name.ends_with("/events.proto")) {
            rights[ServiceOf(name) + ".events.read"];
        }
        for (int i = 0; i < file->service_count(); ++i) {
            for (int k = 0; k < file->service(i)->method_count(); ++k) {
                AddMethod(*file->service(i)->method(k), rights);
            }
        }
    }
    return rights;
}

}  // namespace

const std::map<std::string, KnownRight>& KnownRights() {
    static const std::map<std::string, KnownRight> rights = Collect();
    return rights;
}

std::set<std::string> KnownRightNames() {
    std::set<std::string> names;
    for (const auto& [name, right] : KnownRights()) {
        names.insert(name);
    }
    return names;
}

}  // namespace trunkline::identity
