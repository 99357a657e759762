// What kind of order it is: its form, flow, time limits and rules. Data that the operator changes.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "workorder/domain/form.hpp"
#include "workorder/domain/vocabulary.hpp"

namespace trunkline::workorder {

struct TimeLimit {
    ClockKind clock{};
    int days = 0;  // one of the two
    int minutes = 0;
};

struct UrgingRule {
    int raise_priority_every = 0;
    int shorten_percent = 0;
    int escalate_from = 0;
    int quiet_minutes = 0;
};

struct TypeDefinition {
    std::string id;
    int version = 0;
    OrderType kind{};
    std::string name;
    std::string flow_id;
    Fields fields;
    std::vector<TimeLimit> limits;
    std::string calendar_id;
    std::vector<int> warn_percents;
    Priority priority = Priority::kNormal;
    std::string default_branch;
    UrgingRule urging;
    int duplicate_days = 0;
    int reopen_days = 0;
    std::set<Step> notify;
};

// Faults of the type itself; its flow is checked by CheckFlow with its fields.
std::vector<Fault> CheckType(const TypeDefinition& type);

struct Unit {
    std::string id;
    std::string name;
    std::string parent;
    bool retired = false;
};

// People on the road, reached by SMS.
struct Crew {
    std::string id;
    std::string name;
    std::string unit;
    std::string number;
    bool retired = false;
};

// Who stands above whom.
class Organisation {
 public:
    Organisation() = default;
    explicit Organisation(std::vector<Unit> units, std::vector<Crew> crews = {});

    // Null when unknown or retired.
    const Crew* FindCrew(const std::string& crew) const;
    const std::vector<Crew>& crews() const { return crews_; }
    // Is there one of this unit or below it?
    bool HasCrew(const std::string& unit) const;

    // Null when unknown. The centre is always known.
    const Unit* Find(const std::string& unit) const;
    // Is `unit` the same as `above` or below it? Everything is below the centre.
    bool IsWithin(const std::string& unit, const std::string& above) const;
    // The unit above; the centre's is the centre.
    std::string Above(const std::string& unit) const;
    // `unit` and everything below it.
    std::vector<std::string> Within(const std::string& unit) const;
    std::string NameOf(const std::string& unit) const;

 private:
    std::map<std::string, Unit> units_;
    std::vector<Crew> crews_;
};

// Texts to customers by (step, medium, type); "" is every type.
class Templates {
 public:
    struct Key {
        Step step{};
        Medium medium{};
        std::string type;
        auto operator<=>(const Key&) const = default;
    };
    void Put(Key key, std::string text) { texts_[std::move(key)] = std::move(text); }
    // The type's own, then everybody's, then that of SMS; null when there is none.
    const std::string* Find(Step step, Medium medium, const std::string& type) const;

 private:
    std::map<Key, std::string> texts_;
};

// Replaces {name} by its value. BAD_TEMPLATE for a name that is not among the values.
Result<std::string> Render(const std::string& text, const Values& values);

}  // namespace trunkline::workorder
