// Descriptors compiled in, protobuf's own JSON mapping, gRPC's generic stub: no method needs code of its own.
#include "invoke.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/generic/generic_stub.h>

namespace trunkline::tlctl {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

constexpr std::chrono::seconds kLimit{20};  // publishing a flow speaks its texts first

const MethodDescriptor* FindMethod(const std::string& method) {
    const size_t slash = method.find('/');
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(method.substr(0, slash));
    return service == nullptr ? nullptr : service->FindMethodByName(method.substr(slash + 1));
}

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor* type) {
    return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(type)->New());
}

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
    const grpc::Slice slice(bytes);
    return grpc::ByteBuffer(&slice, 1);
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
    std::vector<grpc::Slice> slices;
    std::string bytes;
    if (buffer.Dump(&slices).ok()) {
        for (const auto& slice : slices) {
            bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
        }
    }
    return bytes;
}

grpc::Status CallUnary(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                       const std::string& request, std::string& response) {
    grpc::GenericStub stub(channel);
    grpc::ClientContext context;
    rpc::SetDeadline(context, kLimit);
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareUnaryCall(&context, path, ToBuffer(request), &queue);
    call->StartCall();
    grpc::ByteBuffer reply;
    grpc::Status status;
    call->Finish(&reply, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    response = ToBytes(reply);
    return status;
}

}  // namespace

bool TakesRequestId(const std::string& method) {
    const MethodDescriptor* descriptor = FindMethod(method);
    return descriptor != nullptr && descriptor->input_type()->FindFieldByName("request_id") != nullptr;
}

Result<std::shared_ptr<grpc::Channel>> Suite::Channel(const std::string& service) {
    const auto peer = peers_.find(service);
    if (peer == peers_.end()) {
        return Error{Code::kNotFound, "UNKNOWN_SERVICE", "the configuration names no address of '" + service + "'"};
    }
    auto& channel = channels_[service];
    if (!channel) {
        channel = rpc::Connect(peer->second, tls_);
    }
    return channel;
}

Result<std::string> Suite::Invoke(const std::string& service, const std::string& method, const std::string& request) {
    const auto channel = Channel(service);
    if (!channel.ok()) {
        return channel.error();
    }
    const MethodDescriptor* descriptor = FindMethod(method);
    if (descriptor == nullptr) {
        return Error{Code::kUnimplemented, "UNKNOWN_METHOD", "there is no method " + method};
    }
    const auto input = NewMessage(descriptor->input_type());
    const auto parsed = google::protobuf::util::JsonStringToMessage(request, input.get());
    if (!parsed.ok()) {
        return Error{Code::kInvalidArgument, "BAD_REQUEST", parsed.ToString() + " in " + request};
    }
    std::string reply;
    const grpc::Status status = CallUnary(*channel, "/" + method, input->SerializeAsString(), reply);
    if (!status.ok()) {
        return rpc::FromGrpc(status);
    }
    const auto output = NewMessage(descriptor->output_type());
    output->ParseFromString(reply);
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    options.always_print_primitive_fields = true;
    std::string json;
    const auto printed = google::protobuf::util::MessageToJsonString(*output, &json, options);
    if (!printed.ok()) {
        return Error{Code::kInternal, "BAD_RESPONSE", printed.ToString()};
    }
    return json;
}

Status Suite::Health(const std::string& service) {
    const auto channel = Channel(service);
    if (!channel.ok()) {
        return channel.error();
    }
    // grpc.health.v1.HealthCheckRequest for the whole server is empty; the answer's field 1 is the status, 1 = SERVING.
    std::string reply;
    const grpc::Status status = CallUnary(*channel, "/grpc.health.v1.Health/Check", "", reply);
    if (!status.ok()) {
        return rpc::FromGrpc(status);
    }
    if (reply != std::string("\x08\x01", 2)) {
        return Error{Code::kUnavailable, "NOT_SERVING", service + " is up but not ready"};
    }
    return {};
}

}  // namespace trunkline::tlctl
