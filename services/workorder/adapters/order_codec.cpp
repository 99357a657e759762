// Mapping; enumerators have the same numbers on both sides.
#include "workorder/adapters/order_codec.hpp"

#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

template <class Proto, class Domain>
Proto To(Domain value) {
    return static_cast<Proto>(static_cast<int>(value));
}

template <class List>
std::vector<std::string> Strings(const List& list) {
    return {list.begin(), list.end()};
}

v1::Assist ToProto(const Assist& assist) {
    v1::Assist proto;
    proto.set_unit_id(assist.unit);
    proto.set_request(assist.request);
    proto.set_answer(assist.answer);
    proto.set_actor(assist.actor);
    proto.set_done(assist.done.has_value());
    *proto.mutable_request_time() = ToTimestamp(assist.asked);
    if (assist.done) {
        *proto.mutable_done_time() = ToTimestamp(*assist.done);
    }
    return proto;
}

Assist FromProto(const v1::Assist& proto) {
    Assist assist{
        proto.unit_id(), proto.request(), proto.answer(), proto.actor(), FromTimestamp(proto.request_time()), {}};
    if (proto.done()) {
        assist.done = FromTimestamp(proto.done_time());
    }
    return assist;
}

v1::Petition ToProto(const Petition& petition) {
    v1::Petition proto;
    proto.set_step(To<v1::Step>(petition.step));
    proto.set_actor(petition.actor);
    proto.set_reason(petition.reason);
    *proto.mutable_time() = ToTimestamp(petition.time);
    proto.set_working_days(static_cast<uint32_t>(petition.days));
    if (petition.until) {
        *proto.mutable_until_time() = ToTimestamp(*petition.until);
    }
    return proto;
}

Petition FromProto(const v1::Petition& proto) {
    Petition petition{To<Step>(proto.step()),
                      proto.actor(),
                      proto.reason(),
                      FromTimestamp(proto.time()),
                      static_cast<int>(proto.working_days()),
                      {}};
    if (proto.has_until_time()) {
        petition.until = FromTimestamp(proto.until_time());
    }
    return petition;
}

Urging FromProto(const v1::Urging& proto) {
    return {static_cast<int>(proto.number()),
            proto.actor(),
            proto.by_customer(),
            proto.source(),
            proto.text(),
            FromTimestamp(proto.time()),
            To<Priority>(proto.priority_before()),
            To<Priority>(proto.priority_after()),
            FromTimestamp(proto.due_before()),
            FromTimestamp(proto.due_after()),
            proto.escalated()};
}

Attachment FromProto(const v1::Attachment& proto) {
    return {proto.attachment_id(),       proto.name(), proto.content_type(), proto.size(), proto.sha256(),
            FromTimestamp(proto.time()), proto.actor()};
}

void AddWays(const std::vector<ContactWay>& ways, google::protobuf::RepeatedPtrField<v1::ContactWay>& protos) {
    for (const ContactWay& way : ways) {
        auto& proto = *protos.Add();
        proto.set_medium(To<v1::Medium>(way.medium));
        proto.set_address(way.address);
    }
}

void FillIdentity(const Order& order, v1::Order& proto) {
    proto.set_order_id(order.id.str());
    proto.set_number(order.number);
    proto.set_type(To<v1::OrderType>(order.kind));
    proto.set_type_id(order.type_id);
    proto.set_type_version(static_cast<uint32_t>(order.type_version));
    proto.set_type_name(order.type_name);
    proto.set_flow_id(order.flow_id);
    proto.set_flow_version(static_cast<uint32_t>(order.flow_version));
    proto.set_calendar_id(order.calendar_id);
    proto.set_state(To<v1::OrderState>(order.phase));
    proto.set_state_id(order.state_id);
    proto.set_state_name(order.state_name);
    proto.set_title(order.title);
    proto.set_description(order.description);
    proto.mutable_fields()->insert(order.fields.begin(), order.fields.end());
    proto.set_line(order.line);
    proto.set_area(order.area);
    proto.set_cause(order.cause);
    proto.set_contact_id(order.contact.str());
    proto.set_customer_id(order.customer_id);
    proto.set_customer_name(order.customer_name);
    proto.set_customer_number(order.customer_number);
    proto.set_source(To<v1::Source>(order.source));
    proto.set_priority(To<v1::Priority>(order.priority));
    proto.set_branch(order.branch);
    proto.set_owner(order.owner);
    proto.set_handler(order.handler);
    proto.set_crew_id(order.crew);
    proto.set_creator(order.creator);
    proto.set_creator_unit(order.creator_unit);
    *proto.mutable_create_time() = ToTimestamp(order.created);
    *proto.mutable_due_time() = ToTimestamp(order.Due());
    if (order.closed) {
        *proto.mutable_close_time() = ToTimestamp(*order.closed);
    }
    proto.set_revision(order.revision);
}

void FillCourse(const Order& order, v1::Order& proto) {
    for (const Assist& assist : order.assists) {
        *proto.add_assists() = ToProto(assist);
    }
    if (order.petition) {
        *proto.mutable_petition() = ToProto(*order.petition);
    }
    proto.set_suspended(order.suspended);
    if (order.suspended_until) {
        *proto.mutable_suspended_until() = ToTimestamp(*order.suspended_until);
    }
    for (const Urging& urging : order.urgings) {
        *proto.add_urgings() = ToProto(urging);
    }
    proto.set_urge_count(static_cast<uint32_t>(order.urge_count));
    proto.set_merged_into(order.merged_into);
    proto.mutable_merged()->Assign(order.merged.begin(), order.merged.end());
    proto.mutable_related()->Assign(order.related.begin(), order.related.end());
    proto.set_incident_id(order.incident);
    for (const Attachment& attachment : order.attachments) {
        *proto.add_attachments() = ToProto(attachment);
    }
    if (order.rating) {
        proto.mutable_rating()->set_score(static_cast<uint32_t>(order.rating->score));
        proto.mutable_rating()->set_text(order.rating->text);
        proto.mutable_rating()->set_source(To<v1::Source>(order.rating->source));
        *proto.mutable_rating()->mutable_time() = ToTimestamp(order.rating->time);
    }
    proto.set_reopen_count(static_cast<uint32_t>(order.reopen_count));
    proto.set_escalation_level(static_cast<uint32_t>(order.escalation_level));
    proto.set_escalated_to(order.escalated_to);
    proto.set_answered(order.answered);
    proto.set_answer(order.answer);
    proto.set_notice_medium(To<v1::Medium>(order.notice_medium));
    proto.set_notice_address(order.notice_address);
    AddWays(order.notice_ways, *proto.mutable_notice_ways());
}

void ReadIdentity(const v1::Order& proto, Order& order) {
    order.id = OrderId{proto.order_id()};
    order.number = proto.number();
    order.kind = To<OrderType>(proto.type());
    order.type_id = proto.type_id();
    order.type_version = static_cast<int>(proto.type_version());
    order.type_name = proto.type_name();
    order.flow_id = proto.flow_id();
    order.flow_version = static_cast<int>(proto.flow_version());
    order.calendar_id = proto.calendar_id();
    order.phase = To<Phase>(proto.state());
    order.state_id = proto.state_id();
    order.state_name = proto.state_name();
    order.title = proto.title();
    order.description = proto.description();
    order.fields = {proto.fields().begin(), proto.fields().end()};
    order.line = proto.line();
    order.area = proto.area();
    order.cause = proto.cause();
    order.contact = ContactId{proto.contact_id()};
    order.customer_id = proto.customer_id();
    order.customer_name = proto.customer_name();
    order.customer_number = proto.customer_number();
    order.source = proto.source();
    order.priority = To<Priority>(proto.priority());
    order.branch = proto.branch();
    order.owner = proto.owner();
    order.handler = proto.handler();
    order.crew = proto.crew_id();
    order.creator = proto.creator();
    order.creator_unit = proto.creator_unit();
    order.created = FromTimestamp(proto.create_time());
    if (proto.has_close_time()) {
        order.closed = FromTimestamp(proto.close_time());
    }
    order.revision = proto.revision();
}

void ReadCourse(const v1::Order& proto, Order& order) {
    for (const auto& assist : proto.assists()) {
        order.assists.push_back(FromProto(assist));
    }
    if (proto.has_petition()) {
        order.petition = FromProto(proto.petition());
    }
    order.suspended = proto.suspended();
    if (proto.has_suspended_until()) {
        order.suspended_until = FromTimestamp(proto.suspended_until());
    }
    for (const auto& urging : proto.urgings()) {
        order.urgings.push_back(FromProto(urging));
    }
    order.urge_count = static_cast<int>(proto.urge_count());
    order.merged_into = proto.merged_into();
    order.merged = Strings(proto.merged());
    order.related = Strings(proto.related());
    order.incident = proto.incident_id();
    for (const auto& attachment : proto.attachments()) {
        order.attachments.push_back(FromProto(attachment));
    }
    if (proto.has_rating()) {
        order.rating = Rating{static_cast<int>(proto.rating().score()), proto.rating().text(), proto.rating().source(),
                              FromTimestamp(proto.rating().time())};
    }
    order.reopen_count = static_cast<int>(proto.reopen_count());
    order.escalation_level = static_cast<int>(proto.escalation_level());
    order.escalated_to = proto.escalated_to();
    order.answered = proto.answered();
    order.answer = proto.answer();
    order.notice_medium = To<Medium>(proto.notice_medium());
    order.notice_address = proto.notice_address();
    order.notice_ways = Ways(proto.notice_ways());
}

}  // namespace

std::vector<ContactWay> Ways(const google::protobuf::RepeatedPtrField<v1::ContactWay>& protos) {
    std::vector<ContactWay> ways;
    for (const auto& proto : protos) {
        ways.push_back({To<Medium>(proto.medium()), proto.address()});
    }
    return ways;
}

v1::Urging ToProto(const Urging& urging) {
    v1::Urging proto;
    proto.set_number(static_cast<uint32_t>(urging.number));
    proto.set_actor(urging.actor);
    proto.set_by_customer(urging.by_customer);
    proto.set_source(To<v1::Source>(urging.source));
    proto.set_text(urging.text);
    *proto.mutable_time() = ToTimestamp(urging.time);
    proto.set_priority_before(To<v1::Priority>(urging.priority_before));
    proto.set_priority_after(To<v1::Priority>(urging.priority_after));
    *proto.mutable_due_before() = ToTimestamp(urging.due_before);
    *proto.mutable_due_after() = ToTimestamp(urging.due_after);
    proto.set_escalated(urging.escalated);
    return proto;
}

v1::Attachment ToProto(const Attachment& attachment) {
    v1::Attachment proto;
    proto.set_attachment_id(attachment.id);
    proto.set_name(attachment.name);
    proto.set_content_type(attachment.content_type);
    proto.set_size(static_cast<uint32_t>(attachment.size));
    proto.set_sha256(attachment.sha256);
    *proto.mutable_time() = ToTimestamp(attachment.time);
    proto.set_actor(attachment.actor);
    return proto;
}

v1::LogEntry ToProto(const LogEntry& entry) {
    v1::LogEntry proto;
    proto.set_number(static_cast<uint32_t>(entry.number));
    proto.set_step(To<v1::Step>(entry.step));
    proto.set_step_id(entry.step_id);
    proto.set_step_name(entry.step_name);
    proto.set_actor(entry.actor);
    proto.set_actor_name(entry.actor_name);
    proto.set_unit_id(entry.unit);
    proto.set_text(entry.text);
    proto.set_detail(entry.detail);
    *proto.mutable_time() = ToTimestamp(entry.time);
    proto.set_state(To<v1::OrderState>(entry.phase));
    proto.set_state_id(entry.state_id);
    proto.set_owner(entry.owner);
    proto.mutable_attachment_ids()->Assign(entry.attachments.begin(), entry.attachments.end());
    return proto;
}

LogEntry FromProto(const v1::LogEntry& proto) {
    LogEntry entry;
    entry.number = static_cast<int>(proto.number());
    entry.step = To<Step>(proto.step());
    entry.step_id = proto.step_id();
    entry.actor = proto.actor();
    entry.actor_name = proto.actor_name();
    entry.text = proto.text();
    entry.time = FromTimestamp(proto.time());
    return entry;
}

v1::StoredOrder ToStored(const Order& order) {
    v1::StoredOrder stored;
    FillIdentity(order, *stored.mutable_order());
    FillCourse(order, *stored.mutable_order());
    for (const OrderClock& clock : order.clocks) {
        *stored.add_clocks() = ToStored(clock);
    }
    stored.set_state_since_nanos(Nanos(order.state_since));
    for (const Follower& follower : order.followers) {
        auto& kept = *stored.add_followers();
        kept.set_order_id(follower.order_id);
        kept.set_number(follower.number);
        kept.set_medium(To<v1::Medium>(follower.medium));
        kept.set_address(follower.address);
        AddWays(follower.ways, *kept.mutable_ways());
    }
    return stored;
}

Order FromStored(const v1::StoredOrder& stored) {
    Order order;
    ReadIdentity(stored.order(), order);
    ReadCourse(stored.order(), order);
    for (const auto& clock : stored.clocks()) {
        order.clocks.push_back(FromStored(clock));
    }
    order.state_since = FromNanos(stored.state_since_nanos());
    for (const auto& follower : stored.followers()) {
        order.followers.push_back({follower.order_id(), follower.number(), To<Medium>(follower.medium()),
                                   follower.address(), Ways(follower.ways())});
    }
    return order;
}

void AddCourse(const Order& order, const Rules& rules, const Who& who, TimePoint now, v1::Order& shown) {
    for (const OrderClock& clock : order.clocks) {
        *shown.add_clocks() = ToProto(clock, rules.calendar, now);
    }
    for (const AvailableStep& available : AvailableSteps(order, rules, who)) {
        auto& step = *shown.add_steps();
        step.set_step_id(available.step->id);
        step.set_step(To<v1::Step>(available.step->step));
        step.set_name(available.step->name);
        step.set_to_state_id(available.step->to);
        step.set_text_required(available.step->text_required);
        step.mutable_required_fields()->Assign(available.step->required_fields.begin(),
                                               available.step->required_fields.end());
        step.set_branch_required(available.branch_required);
        step.set_order_required(available.order_required);
        step.set_days_required(available.days_required);
        step.set_crew_required(available.crew_required);
        step.set_blocked(available.blocked);
    }
}

}  // namespace trunkline::workorder
