// The list of all kinds of nodes: one function and one line of the switch for each.
#include "ivr/adapters/flow_codec.hpp"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <chrono>

#include "ivr/domain/nodes/answer.hpp"
#include "ivr/domain/nodes/collect.hpp"
#include "ivr/domain/nodes/condition.hpp"
#include "ivr/domain/nodes/hang_up.hpp"
#include "ivr/domain/nodes/hours.hpp"
#include "ivr/domain/nodes/look_up.hpp"
#include "ivr/domain/nodes/menu.hpp"
#include "ivr/domain/nodes/play.hpp"
#include "ivr/domain/nodes/queue.hpp"
#include "ivr/domain/nodes/say.hpp"
#include "ivr/domain/nodes/set.hpp"
#include "ivr/domain/nodes/transfer.hpp"
#include "ivr/domain/nodes/voicemail.hpp"

namespace trunkline::ivr {
namespace {

using google::protobuf::util::TimeUtil;
using std::chrono::milliseconds;

constexpr int kDefaultTries = 3;

milliseconds TimeOr(bool given, const google::protobuf::Duration& value, milliseconds otherwise) {
    return given ? milliseconds(TimeUtil::DurationToMilliseconds(value)) : otherwise;
}

int TriesOr(uint32_t tries) { return tries == 0 ? kDefaultTries : static_cast<int>(tries); }

template <class List>
std::vector<std::string> Strings(const List& list) {
    return {list.begin(), list.end()};
}

void Read(const v1::Node::Answer& from, Answer& to) { to.next = from.next(); }

void Read(const v1::Node::Say& from, Say& to) {
    to.text = {from.text(), from.language()};
    to.barge_in = from.barge_in();
    to.next = from.next();
}

void Read(const v1::Node::Play& from, Play& to) {
    to.prompt_id = from.prompt_id();
    to.barge_in = from.barge_in();
    to.next = from.next();
}

void Read(const v1::Node::Menu& from, Menu& to) {
    to.text = {from.text(), from.language()};
    to.keys = {from.keys().begin(), from.keys().end()};
    to.timeout = TimeOr(from.has_timeout(), from.timeout(), to.timeout);
    to.wrong_text = from.wrong_text();
    to.timeout_text = from.timeout_text();
    to.tries = TriesOr(from.tries());
    to.failed = from.failed();
}

void Read(const v1::Node::Collect& from, Collect& to) {
    constexpr milliseconds kFirst{5000};
    constexpr milliseconds kBetween{3000};
    to.text = {from.text(), from.language()};
    to.variable = from.variable();
    to.input = {static_cast<int>(from.min_digits()), static_cast<int>(from.max_digits()), from.terminators(),
                TimeOr(from.has_first_timeout(), from.first_timeout(), kFirst),
                TimeOr(from.has_between_timeout(), from.between_timeout(), kBetween)};
    to.tries = TriesOr(from.tries());
    to.next = from.next();
    to.failed = from.failed();
}

void Read(const v1::Node::Hours& from, Hours& to) {
    to.time_zone = from.time_zone();
    for (const v1::Node::Span& span : from.spans()) {
        to.spans.push_back({{span.weekdays().begin(), span.weekdays().end()}, span.from(), span.to()});
    }
    to.closed_dates = Strings(from.closed_dates());
    to.workday_dates = Strings(from.workday_dates());
    to.open = from.open();
    to.closed = from.closed();
}

void Read(const v1::Node::Set& from, Set& to) {
    to.variable = from.variable();
    to.value = from.value();
    to.next = from.next();
}

void Read(const v1::Node::Condition& from, Condition& to) {
    to.variable = from.variable();
    to.comparison = from.operator_();
    to.value = from.value();
    to.then = from.then();
    to.otherwise = from.otherwise();
}

void Read(const v1::Node::Queue& from, Queue& to) {
    to.queue = from.queue();
    to.priority = static_cast<int>(from.priority());
    to.failed = from.failed();
}

void Read(const v1::Node::Transfer& from, Transfer& to) {
    to.phone = from.phone();
    to.number = from.number();
    to.trunk = from.trunk();
    to.ring_limit = TimeOr(from.has_ring_limit(), from.ring_limit(), to.ring_limit);
    to.failed = from.failed();
    to.record = from.record();
}

void Read(const v1::Node::Voicemail& from, Voicemail& to) {
    to.box = from.box();
    to.next = from.next();
}

void Read(const v1::Node::LookUp& from, LookUp& to) {
    if (from.has_level_priority()) to.level_priority = static_cast<int>(from.level_priority());
    to.last_agent_within = TimeOr(from.has_last_agent_within(), from.last_agent_within(), to.last_agent_within);
    to.known = from.known();
    to.unknown = from.unknown();
}

void Read(const v1::Node::HangUp& from, HangUp& to) { to.text = {from.text(), from.language()}; }

template <class Kind, class Message>
std::unique_ptr<const Node> Make(const Message& from) {
    auto node = std::make_unique<Kind>();
    Read(from, *node);
    return node;
}

std::unique_ptr<const Node> MakeNode(const v1::Node& node) {
    switch (node.kind_case()) {
        case v1::Node::kAnswer:
            return Make<Answer>(node.answer());
        case v1::Node::kSay:
            return Make<Say>(node.say());
        case v1::Node::kPlay:
            return Make<Play>(node.play());
        case v1::Node::kMenu:
            return Make<Menu>(node.menu());
        case v1::Node::kCollect:
            return Make<Collect>(node.collect());
        case v1::Node::kHours:
            return Make<Hours>(node.hours());
        case v1::Node::kSet:
            return Make<Set>(node.set());
        case v1::Node::kCondition:
            return Make<Condition>(node.condition());
        case v1::Node::kQueue:
            return Make<Queue>(node.queue());
        case v1::Node::kTransfer:
            return Make<Transfer>(node.transfer());
        case v1::Node::kVoicemail:
            return Make<Voicemail>(node.voicemail());
        case v1::Node::kHangUp:
            return Make<HangUp>(node.hang_up());
        case v1::Node::kLookUp:
            return Make<LookUp>(node.look_up());
        case v1::Node::KIND_NOT_SET:
            break;
    }
    return nullptr;
}

}  // namespace

Flow FromProto(const v1::Flow& flow) {
    Flow result;
    result.name = flow.name();
    if (!flow.language().empty()) result.language = flow.language();
    result.entry = flow.entry();
    for (const v1::Node& node : flow.nodes()) result.nodes.push_back({node.id(), MakeNode(node)});
    return result;
}

Result<v1::Flow> FromJson(const std::string& json) {
    v1::Flow flow;
    const auto status = google::protobuf::util::JsonStringToMessage(json, &flow);
    if (!status.ok()) {
        return Error{Code::kInvalidArgument, "BAD_FLOW_JSON", "the flow cannot be read: " + status.ToString()};
    }
    return flow;
}

std::string ToJson(const v1::Flow& flow) {
    std::string json;
    google::protobuf::util::JsonPrintOptions options;
    options.add_whitespace = true;
    options.preserve_proto_field_names = true;
    // Any message that was parsed can be printed.
    (void)google::protobuf::util::MessageToJsonString(flow, &json, options);
    return json;
}

Result<Flow> ParseFlow(const std::string& json) {
    const auto flow = FromJson(json);
    if (!flow) return flow.error();
    return FromProto(*flow);
}

}  // namespace trunkline::ivr
