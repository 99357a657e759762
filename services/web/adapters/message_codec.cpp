// protobuf's own JSON mapping; the field is taken out of its messages.
#include "web/adapters/message_codec.hpp"

#include <google/protobuf/util/json_util.h>
#include <openssl/evp.h>

#include "trunkline/web/v1/web.pb.h"
#include "web/domain/connect_code.hpp"
#include "web/domain/http_words.hpp"

namespace trunkline::web {
namespace {

namespace util = google::protobuf::util;

// protobuf writes "(agent.skills[0]): invalid value ..." or "... invalid name foo: Cannot find field."
std::string FieldIn(const std::string& message) {
    if (const size_t open = message.find('('); open != std::string::npos) {
        const size_t close = message.find(')', open);
        if (close != std::string::npos && close > open + 1) {
            return message.substr(open + 1, close - open - 1);
        }
    }
    constexpr std::string_view kName = "invalid name ";
    if (const size_t name = message.find(kName); name != std::string::npos) {
        const size_t start = name + kName.size();
        return message.substr(start, message.find(':', start) - start);
    }
    return "";
}

// "agent.name: must be ..." as our own services write it.
std::string FieldOf(const Error& error) {
    if (error.code != Code::kInvalidArgument && error.code != Code::kAlreadyExists) {
        return "";
    }
    const size_t end =
        error.message.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.[]");
    return end != std::string::npos && end > 0 && error.message[end] == ':' ? error.message.substr(0, end) : "";
}

std::string Quote(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
            quoted += escape;
        } else {
            quoted += c;
        }
    }
    return quoted + "\"";
}

// Connect wants base64 without padding.
std::string Base64(const std::string& bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<size_t>(length));
    while (text.ends_with('=')) {
        text.pop_back();
    }
    return text;
}

}  // namespace

MessagePtr NewMessage(const google::protobuf::Descriptor* type) {
    return MessagePtr(google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

Result<MessagePtr> Decode(const google::protobuf::Descriptor* type, Codec codec, const std::string& bytes) {
    MessagePtr message = NewMessage(type);
    if (codec == Codec::kProto) {
        if (!message->ParseFromString(bytes)) {
            return Error{Code::kInvalidArgument, "BAD_REQUEST", "the body is not a " + type->full_name()};
        }
        return message;
    }
    const auto parsed = util::JsonStringToMessage(bytes, message.get());
    if (!parsed.ok()) {
        const std::string text(parsed.message());
        const std::string field = FieldIn(text);
        return Error{Code::kInvalidArgument, "BAD_REQUEST",
                     Printable((field.empty() ? "" : field + ": ") + text.substr(0, text.find('\n')), 300)};
    }
    return message;
}

Result<std::string> Encode(const google::protobuf::Message& message, Codec codec) {
    std::string bytes;
    if (codec == Codec::kProto) {
        message.SerializeToString(&bytes);
        return bytes;
    }
    const auto printed = util::MessageToJsonString(message, &bytes);
    if (!printed.ok()) {
        return Error{Code::kInternal, "BAD_ANSWER", "the answer cannot be written as JSON"};
    }
    return bytes;
}

std::string ErrorJson(const Error& error, const std::string& trace_id) {
    v1::Problem problem;
    problem.set_reason(error.reason);
    problem.set_field(FieldOf(error));
    problem.set_trace_id(trace_id);
    return "{\"code\":" + Quote(CodeName(error.code)) + ",\"message\":" + Quote(error.message) +
           ",\"details\":[{\"type\":\"trunkline.web.v1.Problem\",\"value\":\"" + Base64(problem.SerializeAsString()) +
           "\",\"debug\":{\"reason\":" + Quote(problem.reason()) + ",\"field\":" + Quote(problem.field()) +
           ",\"traceId\":" + Quote(trace_id) + "}}]}";
}

}  // namespace trunkline::web
