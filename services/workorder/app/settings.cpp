// Putting rules together.
#include "workorder/app/settings.hpp"

namespace trunkline::workorder {

const WorkingCalendar* Settings::Calendar(const std::string& id) const {
    const auto found = parts_.calendars.find(id.empty() ? kOfficeCalendar : id);
    return found == parts_.calendars.end() ? nullptr : &found->second;
}

const TypeDefinition* Settings::TypeOfKind(OrderType kind) const {
    for (const auto& [id, type] : parts_.types) {
        const TypeDefinition* current = Type(id.first);
        if (current->kind == kind) {
            return current;
        }
    }
    return nullptr;
}

std::string Settings::CalendarFor(const TypeDefinition& type, const std::string& branch) const {
    const auto own = parts_.unit_calendars.find(branch.empty() ? type.default_branch : branch);
    if (own != parts_.unit_calendars.end()) {
        return own->second;
    }
    return type.calendar_id.empty() ? kOfficeCalendar : type.calendar_id;
}

Result<Rules> Settings::Make(const TypeDefinition* type, const Flow* flow, const std::string& calendar_id) const {
    const WorkingCalendar* calendar = Calendar(calendar_id);
    if (type == nullptr || flow == nullptr || calendar == nullptr) {
        return Error{Code::kNotFound, "SETTINGS_MISSING",
                     type == nullptr   ? "there is no such published type of order; ListTypes names them"
                     : flow == nullptr ? "the flow of type " + type->id + " is not published"
                                       : "there is no calendar " + calendar_id};
    }
    return Rules{*type, *flow, *calendar, parts_.units, parts_.templates};
}

Result<Rules> Settings::ForNew(const std::string& type_id, const std::string& calendar_id) const {
    const TypeDefinition* type = Type(type_id);
    return Make(type, type == nullptr ? nullptr : FlowOf(type->flow_id), calendar_id);
}

Result<Rules> Settings::For(const Order& order) const {
    return Make(Type(order.type_id, order.type_version), FlowOf(order.flow_id, order.flow_version), order.calendar_id);
}

}  // namespace trunkline::workorder
