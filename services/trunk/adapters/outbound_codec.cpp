// What trunks may carry and their groups, as messages of trunk.v1.
#include "trunk/adapters/codec.hpp"

namespace trunkline::trunk {
namespace {

using Rewrites = google::protobuf::RepeatedPtrField<proto::NumberRewrite>;

std::vector<NumberRewrite> RewritesOf(const Rewrites& rewrites) {
    std::vector<NumberRewrite> rules;
    for (const proto::NumberRewrite& rewrite : rewrites) {
        rules.push_back({rewrite.prefix(), rewrite.replacement()});
    }
    return rules;
}

void Fill(Rewrites& rewrites, const std::vector<NumberRewrite>& rules) {
    for (const NumberRewrite& rule : rules) {
        proto::NumberRewrite& rewrite = *rewrites.Add();
        rewrite.set_prefix(rule.prefix);
        rewrite.set_replacement(rule.replacement);
    }
}

proto::TrunkGroup::DialRule ToProto(const DialRule& rule) {
    proto::TrunkGroup::DialRule message;
    message.set_prefix(rule.prefix);
    message.set_forbidden(!rule.allowed);
    message.set_calls_per_minute(rule.calls_per_minute);
    message.set_calls_per_day(rule.calls_per_day);
    message.set_live_calls(rule.live_calls);
    if (rule.longest_call > Duration::zero()) {
        *message.mutable_longest_call() = ToProtoDuration(rule.longest_call);
    }
    return message;
}

DialRule FromProto(const proto::TrunkGroup::DialRule& message) {
    return {message.prefix(),        !message.forbidden(), message.calls_per_minute(),
            message.calls_per_day(), message.live_calls(), trunk::FromProto(message.longest_call())};
}

}  // namespace

LineSettings FromProto(const proto::LineSettings& message) {
    LineSettings line;
    line.capacity = message.capacity();
    line.calls_per_second = message.calls_per_second();
    line.called_rewrites = RewritesOf(message.called_rewrites());
    line.caller_rewrites = RewritesOf(message.caller_rewrites());
    line.caller_numbers.assign(message.caller_numbers().begin(), message.caller_numbers().end());
    line.codecs.assign(message.codecs().begin(), message.codecs().end());
    return line;
}

proto::LineSettings ToProto(const LineSettings& line) {
    proto::LineSettings message;
    message.set_capacity(line.capacity);
    message.set_calls_per_second(line.calls_per_second);
    Fill(*message.mutable_called_rewrites(), line.called_rewrites);
    Fill(*message.mutable_caller_rewrites(), line.caller_rewrites);
    message.mutable_caller_numbers()->Add(line.caller_numbers.begin(), line.caller_numbers.end());
    message.mutable_codecs()->Add(line.codecs.begin(), line.codecs.end());
    return message;
}

TrunkGroup FromProto(const proto::TrunkGroup& message) {
    TrunkGroup group{message.name(), {}, {}};
    for (const auto& member : message.members()) {
        group.members.push_back({member.trunk(), member.order(), member.weight() == 0 ? 1 : member.weight()});
    }
    for (const auto& rule : message.rules()) {
        group.rules.push_back(FromProto(rule));
    }
    return group;
}

proto::TrunkGroup ToProto(const TrunkGroup& group) {
    proto::TrunkGroup message;
    message.set_name(group.name);
    for (const TrunkGroup::Member& member : group.members) {
        auto& entry = *message.add_members();
        entry.set_trunk(member.trunk);
        entry.set_order(member.order);
        entry.set_weight(member.weight);
    }
    for (const DialRule& rule : group.rules) {
        *message.add_rules() = ToProto(rule);
    }
    return message;
}

}  // namespace trunkline::trunk
