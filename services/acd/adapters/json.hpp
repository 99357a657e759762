// Messages as the JSON that is stored.
#pragma once
#include <google/protobuf/util/json_util.h>

#include <string>

namespace trunkline::acd {

inline std::string ToJson(const google::protobuf::Message& message) {
    std::string json;
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    (void)google::protobuf::util::MessageToJsonString(message, &json, options);
    return json;
}

// False when the text is not such a message. Fields that are not known any more are left out.
inline bool FromJson(const std::string& json, google::protobuf::Message& message) {
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    return google::protobuf::util::JsonStringToMessage(json, &message, options).ok();
}

}  // namespace trunkline::acd
