// A new order.
#include "workorder/domain/order.hpp"

#include <algorithm>

#include "workorder/domain/draft.hpp"
#include "workorder/domain/steps.hpp"

namespace trunkline::workorder {
namespace {

Status CheckNew(const NewOrder& wanted, const Rules& rules, const Who& who) {
    for (const Status& sound : {CheckText("title", wanted.title, kTitleLimit, true),
                                CheckText("description", wanted.description, kTextLimit, false),
                                CheckText("actor", who.actor, kTitleLimit, true),
                                CheckText("customer_number", wanted.customer_number, kTitleLimit, false),
                                CheckText("customer_id", wanted.customer_id, kTitleLimit, false),
                                CheckText("customer_name", wanted.customer_name, kTitleLimit, false),
                                CheckText("notice_address", wanted.notice_address, kTitleLimit, false),
                                ToStatus(CheckForm(rules.type.fields, wanted.fields))}) {
        if (!sound.ok()) {
            return sound;
        }
    }
    if (wanted.attachments.size() > kAttachmentLimit) {
        return Error{Code::kInvalidArgument, "TOO_MANY_ATTACHMENTS", "an order has at most 50 attachments"};
    }
    for (const ContactWay& way : wanted.notice_ways) {
        const bool sound = way.medium > Medium::kNone && way.medium < Medium::kNothing && !way.address.empty() &&
                           way.address.size() <= kTitleLimit;
        if (!sound || wanted.notice_ways.size() > kWayLimit) {
            return Error{Code::kInvalidArgument, "BAD_FIELD",
                         "notice_ways are at most 5, each with a medium and an address of up to 200 bytes"};
        }
    }
    return {};
}

Status CheckBranch(const std::string& branch, const Organisation& units) {
    const Unit* unit = units.Find(branch);
    if (!branch.empty() && (unit == nullptr || unit->retired)) {
        return Error{Code::kInvalidArgument, "UNKNOWN_UNIT",
                     "there is no unit " + branch + " that takes orders; ListUnits names them"};
    }
    return {};
}

// What he named, then a message to the number he called from.
std::vector<ContactWay> WaysOf(const Order& order, std::vector<ContactWay> ways) {
    if (!order.customer_number.empty()) {
        ways.push_back({Medium::kSms, order.customer_number});
    }
    std::erase(ways, ContactWay{order.notice_medium, order.notice_address});
    return ways;
}

Order Fill(const NewOrder& wanted, const Rules& rules, const Who& who, TimePoint now) {
    Order order;
    order.id = wanted.id;
    order.number = wanted.number;
    order.kind = rules.type.kind;
    order.type_id = rules.type.id;
    order.type_version = rules.type.version;
    order.type_name = rules.type.name;
    order.flow_id = rules.flow.id;
    order.flow_version = rules.flow.version;
    order.calendar_id = wanted.calendar_id;
    order.title = wanted.title;
    order.description = wanted.description;
    order.fields = wanted.fields;
    order.contact = wanted.contact;
    order.customer_id = wanted.customer_id;
    order.customer_name = wanted.customer_name;
    order.customer_number = wanted.customer_number;
    order.branch = wanted.branch.empty() ? rules.type.default_branch : wanted.branch;
    order.source = wanted.source;
    order.priority = wanted.priority == Priority::kNone ? rules.type.priority : wanted.priority;
    order.notice_medium = wanted.notice_medium;
    order.notice_address = wanted.notice_address;
    if (order.notice_medium == Medium::kNone && !wanted.customer_number.empty()) {
        order.notice_medium = Medium::kSms;
    }
    if (order.notice_address.empty() && order.notice_medium != Medium::kEmail) {
        order.notice_address = wanted.customer_number;
    }
    order.notice_ways = WaysOf(order, wanted.notice_ways);
    order.related = wanted.related;
    order.incident = wanted.incident;
    order.creator = who.actor;
    order.creator_unit = who.Unit();
    order.created = now;
    return order;
}

}  // namespace

const OrderClock* Order::Clock(ClockKind kind) const {
    const auto found =
        std::find_if(clocks.begin(), clocks.end(), [&](const auto& clock) { return clock.kind == kind; });
    return found == clocks.end() ? nullptr : &*found;
}

TimePoint Order::Due() const {
    const OrderClock* total = Clock(ClockKind::kTotal);
    return total == nullptr ? created : total->due;
}

bool Who::May(const std::string& right) const {
    return trusted || right.empty() || std::find(rights.begin(), rights.end(), right) != rights.end();
}

Result<Change> CreateOrder(const NewOrder& wanted, const Rules& rules, const Who& who, TimePoint now) {
    if (Status sound = CheckNew(wanted, rules, who); !sound.ok()) {
        return sound.error();
    }
    Draft draft(Fill(wanted, rules, who, now), rules, who, now);
    Order& order = draft.order();
    if (Status sound = CheckBranch(order.branch, rules.units); !sound.ok()) {
        return sound.error();
    }
    const FlowStep* entry = rules.flow.Entry(!order.branch.empty(), order.fields);
    const FlowState* first = entry == nullptr ? nullptr : rules.flow.State(entry->to);
    if (first == nullptr) {
        return Error{Code::kFailedPrecondition, "NO_ENTRY", "flow " + rules.flow.id + " has no way in for this order"};
    }
    draft.ReadFields();
    draft.Enter(*first);
    // The total clock runs whatever a flow says.
    FlowStep begin = *entry;
    begin.starts.push_back(ClockKind::kTotal);
    if (Status turned = draft.TurnClocks(begin); !turned.ok()) {
        return turned.error();
    }
    draft.Log(*entry, wanted.title, "", wanted.attachments);
    draft.Notify(Step::kCreate, "");
    if (Status taken = draft.RunAutomaticSteps(); !taken.ok()) {
        return taken.error();
    }
    return std::move(draft).Take();
}

}  // namespace trunkline::workorder
