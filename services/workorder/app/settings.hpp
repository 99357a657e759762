// Everything that decides about orders beside themselves, as it is at one moment. Immutable; a change makes a new one.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "workorder/domain/order.hpp"

namespace trunkline::workorder {

// What Rules point into, kept alive for as long as they are used.
class Settings {
 public:
    struct Parts {
        std::map<std::pair<std::string, int>, TypeDefinition> types;  // by id and version
        std::map<std::pair<std::string, int>, Flow> flows;
        std::map<std::string, WorkingCalendar> calendars;
        Organisation units;
        Templates templates;
        std::map<std::string, std::string> unit_calendars;
    };
    explicit Settings(Parts parts) : parts_(std::move(parts)) {}

    // Version 0: the current one, which is the highest. Null when there is none.
    const TypeDefinition* Type(const std::string& id, int version = 0) const { return Find(parts_.types, id, version); }
    // The current one of the first type of this kind, by id; null when there is none.
    const TypeDefinition* TypeOfKind(OrderType kind) const;
    const Flow* FlowOf(const std::string& id, int version = 0) const { return Find(parts_.flows, id, version); }
    const WorkingCalendar* Calendar(const std::string& id) const;
    const Organisation& units() const { return parts_.units; }
    // The branch's own calendar, the type's, or "office".
    std::string CalendarFor(const TypeDefinition& type, const std::string& branch) const;

    // Of a new order: current versions. NOT_FOUND names what is missing.
    Result<Rules> ForNew(const std::string& type_id, const std::string& calendar_id) const;
    // Of an order under way: the versions it began with.
    Result<Rules> For(const Order& order) const;

 private:
    template <class Value>
    static const Value* Find(const std::map<std::pair<std::string, int>, Value>& all, const std::string& id,
                             int version) {
        if (version != 0) {
            const auto found = all.find({id, version});
            return found == all.end() ? nullptr : &found->second;
        }
        auto after = all.upper_bound({id, INT32_MAX});
        if (after == all.begin() || (--after)->first.first != id || after->first.second == 0) {
            return nullptr;
        }
        return &after->second;
    }
    Result<Rules> Make(const TypeDefinition* type, const Flow* flow, const std::string& calendar_id) const;

    Parts parts_;
};

inline constexpr const char* kOfficeCalendar = "office";

}  // namespace trunkline::workorder
