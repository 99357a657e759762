// Templates by event type; {field} is replaced by the event's field.
#include "reporting/adapters/sentences.hpp"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <map>
#include <memory>
#include <set>

#include "log/log.hpp"
#include "trunkline/acd/v1/dispositions.pb.h"
#include "trunkline/acd/v1/events.pb.h"
#include "trunkline/ivr/v1/events.pb.h"
#include "trunkline/recording/v1/events.pb.h"
#include "trunkline/trunk/v1/events.pb.h"
#include "trunkline/workorder/v1/events.pb.h"

namespace trunkline::reporting {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Naming one message of each file links the file's descriptors in.
const google::protobuf::DescriptorPool& Pool() {
    acd::v1::ContactQueued::descriptor();
    acd::v1::ContactDisposed::descriptor();
    ivr::v1::FlowStarted::descriptor();
    recording::v1::RecordingStored::descriptor();
    trunk::v1::CallStarted::descriptor();
    workorder::v1::OrderCreated::descriptor();
    return *google::protobuf::DescriptorPool::generated_pool();
}

std::unique_ptr<Message> Parse(const std::string& type, const std::string& payload) {
    const auto* descriptor = Pool().FindMessageTypeByName(type);
    if (descriptor == nullptr) {
        return nullptr;
    }
    std::unique_ptr<Message> message(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
    return message->ParseFromString(payload) ? std::move(message) : nullptr;
}

const std::map<std::string, std::string>& Templates() {
    static const std::map<std::string, std::string> templates{
        {"trunkline.trunk.v1.CallStarted", "Call from {from_number} to {to_number} over trunk {trunk}"},
        {"trunkline.trunk.v1.CallAnswered", "Call answered"},
        {"trunkline.trunk.v1.CallHandedOver", "Call handed from {from_application} to {to_application}"},
        {"trunkline.trunk.v1.LegStarted", "Ringing {endpoint}"},
        {"trunkline.trunk.v1.LegAnswered", "{endpoint} answered"},
        {"trunkline.trunk.v1.LegHeld", "Put on hold"},
        {"trunkline.trunk.v1.LegResumed", "Taken back from hold"},
        {"trunkline.trunk.v1.LegsBridged", "Two-way audio"},
        {"trunkline.trunk.v1.LegEnded", "{endpoint} left the call"},
        {"trunkline.trunk.v1.TransferRequested", "Transfer to {target} asked for"},
        {"trunkline.trunk.v1.CallEnded", "Call ended after {duration}"},
        {"trunkline.trunk.v1.RecordingStarted", "Recording started"},
        {"trunkline.trunk.v1.RecordingFinished", "Recording finished, {duration}"},
        {"trunkline.ivr.v1.FlowStarted", "Self service {flow} version {version} began"},
        {"trunkline.ivr.v1.NodeEntered", "Step {step}: {kind} '{node_id}'"},
        {"trunkline.ivr.v1.NodeLeft", "Left '{node_id}' by {exit}"},
        {"trunkline.ivr.v1.FlowEnded", "Self service ended: {reason}"},
        {"trunkline.acd.v1.ContactQueued", "Entered queue {queue_id}"},
        {"trunkline.acd.v1.ContactOffered", "Offered to agent {agent_id}, attempt {attempt}"},
        {"trunkline.acd.v1.OfferEnded", "Offer to agent {agent_id} ended: {reason}"},
        {"trunkline.acd.v1.ContactDequeued", "Left queue {queue_id}: {outcome} {agent_id}"},
        {"trunkline.acd.v1.AgentSegmentEnded", "Agent {agent_id} done: talk {talk}, hold {hold}"},
        {"trunkline.acd.v1.WrapUpEnded", "Wrap-up of agent {agent_id} ended after {duration}"},
        {"trunkline.acd.v1.ContactTransferred", "Transfer from agent {from_agent_id} to {target}: {result}"},
        {"trunkline.acd.v1.AgentStateChanged", "Agent {agent_id} is {state} {reason}"},
        {"trunkline.acd.v1.ContactClosed", "Contact by {medium} closed: {reason} {agent_id}"},
        {"trunkline.acd.v1.CallbackRequested", "Will be called back at {number}"},
        {"trunkline.acd.v1.CallbackTried", "Call back {number}: {result}"},
        {"trunkline.acd.v1.CallbackEnded", "Callback ended: {result} after {tries} tries"},
        {"trunkline.acd.v1.ContactParked", "Parked by agent {agent_id}"},
        {"trunkline.acd.v1.ConversationPartyLeft", "{kind} {agent_id} {to_number} left the conversation: {reason}"},
        {"trunkline.acd.v1.ContactDisposed", "Agent {agent_id} wrote it up: {category_path}"},
        {"trunkline.acd.v1.SupervisorActed", "Supervisor {supervisor_id}: {action} on agent {agent_id}"},
        {"trunkline.recording.v1.RecordingStored", "Recording stored, {duration}"},
        {"trunkline.recording.v1.RecordingFailed", "Recording lost: {reason}"},
        {"trunkline.recording.v1.RecordingPlayed", "Recording played by {actor}: {reason}"},
        {"trunkline.workorder.v1.OrderCreated", "Work order {number} opened for {branch} by {actor}"},
        {"trunkline.workorder.v1.OrderStepTaken", "Work order {number}: {step} by {actor}"},
        {"trunkline.workorder.v1.OrderClosed", "Work order {number} closed"},
    };
    return templates;
}

bool IsPhoneNumber(const FieldDescriptor& field) {
    static const std::set<std::string> names{"from_number", "to_number", "customer_number", "caller_number"};
    return names.contains(field.name());
}

void MaskNumbers(Message& message) {
    const auto* reflection = message.GetReflection();
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
        const FieldDescriptor* field = message.GetDescriptor()->field(i);
        if (IsPhoneNumber(*field)) {
            reflection->SetString(&message, field, log::Mask(reflection->GetString(message, field)));
        }
    }
}

// "6.7 s": people read these, and nobody hears a millisecond.
std::string LengthText(const google::protobuf::Duration& length) {
    const int64_t tenths = (google::protobuf::util::TimeUtil::DurationToMilliseconds(length) + 50) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

// Strings without quotes, lengths in seconds, everything else as protobuf's JSON writes it.
std::string FieldText(const Message& message, const std::string& name) {
    const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->is_repeated()) {
        return "";
    }
    const auto* reflection = message.GetReflection();
    switch (field->cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            return reflection->GetString(message, field);
        case FieldDescriptor::CPPTYPE_ENUM:
            return reflection->GetEnum(message, field)->name();
        case FieldDescriptor::CPPTYPE_UINT32:
            return std::to_string(reflection->GetUInt32(message, field));
        case FieldDescriptor::CPPTYPE_MESSAGE: {
            const Message& value = reflection->GetMessage(message, field);
            if (const auto* length = dynamic_cast<const google::protobuf::Duration*>(&value)) {
                return LengthText(*length);
            }
            std::string json;
            const auto done = google::protobuf::util::MessageToJsonString(value, &json);
            return done.ok() && json.size() > 2 ? json.substr(1, json.size() - 2) : "";
        }
        default:
            return "";
    }
}

}  // namespace

std::string ContactOf(const std::string& type, const std::string& payload) {
    const auto message = Parse(type, payload);
    return message ? FieldText(*message, "contact_id") : "";
}

std::string MaskedJson(const std::string& type, const std::string& payload) {
    const auto message = Parse(type, payload);
    if (!message) {
        return "{}";
    }
    MaskNumbers(*message);
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    std::string json;
    return google::protobuf::util::MessageToJsonString(*message, &json, options).ok() ? json : "{}";
}

std::string Sentence(const std::string& type, const std::string& payload) {
    const auto message = Parse(type, payload);
    const auto known = Templates().find(type);
    if (!message || known == Templates().end()) {
        return type.substr(type.rfind('.') + 1);
    }
    MaskNumbers(*message);
    std::string text;
    const std::string& pattern = known->second;
    for (size_t at = 0; at < pattern.size();) {
        if (pattern[at] != '{') {
            text += pattern[at++];
            continue;
        }
        const size_t end = pattern.find('}', at);
        text += FieldText(*message, pattern.substr(at + 1, end - at - 1));
        at = end + 1;
    }
    while (!text.empty() && text.back() == ' ') {
        text.pop_back();
    }
    return text;
}

}  // namespace trunkline::reporting
