// The caller's metadata, read in one place.
#include "workorder/adapters/grpc_common.hpp"

#include <algorithm>

#include "workorder/adapters/numbers.hpp"

namespace trunkline::workorder {

Who WhoOf(const grpc::ServerContext& context, const std::string& actor) {
    const rpc::Caller caller = rpc::CallerOf(context);
    if (!caller.IsUser()) {
        return {actor.empty() ? kSystem : actor, "", {}, true};
    }
    Who who{caller.user_id, caller.unit_id, {caller.rights.begin(), caller.rights.end()}, false, caller.user_name, {}};
    if (const auto held = caller.units_of.find(kReadRight); held != caller.units_of.end()) {
        who.reads_in.assign(held->second.begin(), held->second.end());
    }
    return who;
}

Scope ScopeOf(const Who& who, const Settings& settings) {
    if (who.trusted) {
        return {};
    }
    const Organisation& units = settings.units();
    Scope own = who.Unit() == kCentre ? Scope{} : units.Within(who.Unit());
    if (who.reads_in.empty()) {
        return own;
    }
    Scope scope;
    for (const std::string& held : who.reads_in) {
        for (std::string& unit : units.Within(held)) {
            if (own.empty() || std::find(own.begin(), own.end(), unit) != own.end()) {
                scope.push_back(std::move(unit));
            }
        }
    }
    // Nothing in common is not the same as everything.
    return scope.empty() ? Scope{""} : scope;
}

void Mask(v1::Order& order, const Who& who, const TypeDefinition* type) {
    if (who.trusted) {
        return;
    }
    order.set_customer_number(Masked(order.customer_number()));
    order.set_notice_address(Masked(order.notice_address()));
    for (v1::ContactWay& way : *order.mutable_notice_ways()) {
        way.set_address(Masked(way.address()));
    }
    for (v1::Notice& notice : *order.mutable_notices()) {
        Mask(notice, who);
    }
    for (const Field& field : type == nullptr ? Fields{} : type->fields) {
        const auto value = order.mutable_fields()->find(field.id);
        if (value != order.mutable_fields()->end() && IsPrivate(field.kind)) {
            value->second = Masked(value->second);
        }
    }
}

void Mask(v1::Notice& notice, const Who& who) {
    if (!who.trusted) {
        notice.set_address(Masked(notice.address()));
    }
}

}  // namespace trunkline::workorder
