// A work order and what a step changes. Pure: the same order, step and time always give the same result.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ids/ids.hpp"
#include "workorder/domain/flow.hpp"
#include "workorder/domain/order_clock.hpp"

namespace trunkline::workorder {

struct Assist {
    std::string unit;
    std::string request;
    std::string answer;
    std::string actor;
    TimePoint asked{};
    std::optional<TimePoint> done;
};

// An extension or suspension that somebody must grant or deny.
struct Petition {
    Step step{};
    std::string actor;
    std::string reason;
    TimePoint time{};
    int days = 0;
    std::optional<TimePoint> until;
};

struct Urging {
    int number = 0;
    std::string actor;
    bool by_customer = false;
    int source = 0;
    std::string text;
    TimePoint time{};
    Priority priority_before{};
    Priority priority_after{};
    TimePoint due_before{};
    TimePoint due_after{};
    bool escalated = false;
};

struct Attachment {
    std::string id;
    std::string name;
    std::string content_type;
    size_t size = 0;
    std::string sha256;
    TimePoint time{};
    std::string actor;
};

struct Rating {
    int score = 0;
    std::string text;
    int source = 0;
    TimePoint time{};
};

// One way to reach the customer.
struct ContactWay {
    Medium medium{};
    std::string address;
    bool operator==(const ContactWay&) const = default;
};

// The customer of an order that was merged into this one; told whatever this one's is told.
struct Follower {
    std::string order_id;
    std::string number;
    Medium medium{};
    std::string address;
    std::vector<ContactWay> ways;  // when that brings no proof
};

// One step as it was taken.
struct LogEntry {
    int number = 0;  // 1, 2, 3 ...
    Step step{};
    std::string step_id;
    std::string step_name;
    std::string actor;
    std::string actor_name;  // as people know him; empty: a service or a tool
    std::string unit;
    std::string text;
    std::string detail;
    TimePoint time{};
    Phase phase{};  // state and owner after the step
    std::string state_id;
    std::string owner;
    std::vector<std::string> attachments;
};

struct Order {
    OrderId id;
    std::string number;  // what people are told
    OrderType kind{};
    std::string type_id;
    int type_version = 0;
    std::string type_name;
    std::string flow_id;
    int flow_version = 0;
    std::string calendar_id;
    Phase phase{};
    std::string state_id;
    std::string state_name;
    TimePoint state_since{};
    std::string title;
    std::string description;
    Values fields;
    std::string line;
    std::string area;
    std::string cause;
    ContactId contact;
    std::string customer_id;
    std::string customer_name;
    std::string customer_number;
    int source = 0;
    Priority priority = Priority::kNormal;
    std::string branch;
    std::string owner;  // who must act now; empty once closed
    std::string handler;
    std::string crew;  // on the road with it
    std::string creator;
    std::string creator_unit;
    TimePoint created{};
    std::optional<TimePoint> closed;
    std::vector<OrderClock> clocks;
    std::vector<Assist> assists;
    std::optional<Petition> petition;
    bool suspended = false;
    std::optional<TimePoint> suspended_until;
    std::vector<Urging> urgings;
    int urge_count = 0;
    std::string merged_into;
    std::vector<std::string> merged;
    std::vector<std::string> related;
    std::vector<Follower> followers;
    std::string incident;
    std::vector<Attachment> attachments;
    std::optional<Rating> rating;
    int reopen_count = 0;
    int escalation_level = 0;
    std::string escalated_to;
    bool answered = false;
    std::string answer;
    Medium notice_medium{};
    std::string notice_address;
    std::vector<ContactWay> notice_ways;  // tried in this order when that brings no proof
    uint64_t revision = 0;                // the number of its last log entry

    const OrderClock* Clock(ClockKind kind) const;
    // Of the total clock.
    TimePoint Due() const;
    bool IsOpen() const { return !IsFinal(phase); }
};

// A message on one of its ways.
struct NoticeDraft {
    std::string order_id;
    std::string number;
    Step step{};
    Medium medium{};
    std::string address;
    std::string text;
    int attempt = 1;  // 1 begins a message, 2 and so on wait for those before
};

struct Warning {
    ClockKind clock{};
    int percent = 0;
    TimePoint due{};
};

struct Escalation {
    std::string to;
    int level = 0;
    std::string reason;
};

// What is to be told beside the new state.
struct News {
    std::vector<LogEntry> entries;
    std::vector<NoticeDraft> notices;
    std::vector<Urging> urgings;
    std::vector<Warning> warnings;
    std::vector<Escalation> escalations;
    bool rated = false;
};

struct Change {
    Order order;
    News news;
    std::optional<TimePoint> alarm;  // when time alone will change it next
    bool keeps_alarm = false;        // the second order of a step: its alarm stays as it was
};

// What decides about an order beside itself; must outlive the call.
struct Rules {
    const TypeDefinition& type;
    const Flow& flow;
    const WorkingCalendar& calendar;
    const Organisation& units;
    const Templates& templates;
};

// Who acts. A caller without a user is another service, which mutual TLS vouches for.
struct Who {
    std::string actor;
    std::string unit;  // empty: the centre
    std::vector<std::string> rights;
    bool trusted = false;
    std::string name = {};                   // as people know him
    std::vector<std::string> reads_in = {};  // the units that he may read orders of; empty: his own and those below

    std::string Unit() const { return unit.empty() ? kCentre : unit; }
    bool May(const std::string& right) const;
};

struct NewOrder {
    OrderId id;
    std::string number;
    std::string calendar_id;
    std::string title;
    std::string description;
    Values fields;
    ContactId contact;
    std::string customer_id;
    std::string customer_name;
    std::string customer_number;
    std::string branch;
    int source = 0;
    Priority priority{};  // none: the type's
    Medium notice_medium{};
    std::string notice_address;
    std::vector<ContactWay> notice_ways;
    std::vector<Attachment> attachments;
    std::vector<std::string> related;
    std::string incident;
};

// A new order in the flow's first state. kInvalidArgument names the field that is missing or wrong.
Result<Change> CreateOrder(const NewOrder& wanted, const Rules& rules, const Who& who, TimePoint now);

}  // namespace trunkline::workorder
