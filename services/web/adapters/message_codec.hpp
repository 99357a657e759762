// Messages as JSON or binary, and errors as the Connect protocol writes them.
#pragma once
#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <string_view>

#include "result/result.hpp"

namespace trunkline::web {

enum class Codec { kJson, kProto };

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

MessagePtr NewMessage(const google::protobuf::Descriptor* type);
// kInvalidArgument (BAD_REQUEST) names the field when it is known.
Result<MessagePtr> Decode(const google::protobuf::Descriptor* type, Codec codec, const std::string& bytes);
Result<std::string> Encode(const google::protobuf::Message& message, Codec codec);

// The JSON of an error: code, message, and trunkline.web.v1.Problem in the details.
std::string ErrorJson(const Error& error, const std::string& trace_id);

}  // namespace trunkline::web
