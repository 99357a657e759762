// Walks every service of every file.
#include "web/adapters/method_table.hpp"

#include <google/protobuf/descriptor_database.h>

#include <stdexcept>
#include <vector>

#include "trunkline/options/v1/options.pb.h"

namespace trunkline::web {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;

std::string ServiceOf(const std::string& package) {
    constexpr std::string_view kPrefix = "trunkline.";
    constexpr std::string_view kSuffix = ".v1";
    if (!package.starts_with(kPrefix) || !package.ends_with(kSuffix)) {
        return "";
    }
    return package.substr(kPrefix.size(), package.size() - kPrefix.size() - kSuffix.size());
}

Method Make(const MethodDescriptor& descriptor, const std::string& service) {
    const auto& options = descriptor.options();
    Method method;
    method.path = descriptor.service()->full_name() + "/" + descriptor.name();
    method.service = service;
    method.rule = {options.GetExtension(options::v1::right), options.GetExtension(options::v1::own_field),
                   options.GetExtension(options::v1::own_right)};
    method.streams = descriptor.server_streaming();
    method.input = descriptor.input_type();
    method.output = descriptor.output_type();
    if (!method.rule.own_field.empty()) {
        const auto* field = method.input->FindFieldByName(method.rule.own_field);
        if (field == nullptr || field->is_repeated() ||
            field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING) {
            throw std::runtime_error(method.path + ": own_field \"" + method.rule.own_field +
                                     "\" is not a text field of the request");
        }
    }
    return method;
}

}  // namespace

MethodTable::MethodTable(const std::set<std::string>& services) {
    std::vector<std::string> names;
    DescriptorPool::internal_generated_database()->FindAllFileNames(&names);
    for (const std::string& name : names) {
        if (!name.starts_with("trunkline/")) {
            continue;
        }
        const FileDescriptor* file = DescriptorPool::generated_pool()->FindFileByName(name);
        const std::string service = ServiceOf(file->package());
        if (!services.contains(service)) {
            continue;
        }
        for (int i = 0; i < file->service_count(); ++i) {
            for (int k = 0; k < file->service(i)->method_count(); ++k) {
                Method method = Make(*file->service(i)->method(k), service);
                if (method.rule.Reachable() && !file->service(i)->method(k)->client_streaming()) {
                    methods_.emplace(method.path, std::move(method));
                }
            }
        }
    }
}

const Method* MethodTable::Find(std::string_view path) const {
    const auto found = methods_.find(path);
    return found == methods_.end() ? nullptr : &found->second;
}

}  // namespace trunkline::web
