// The caller's metadata, read in one place.
#include "workorder/adapters/grpc_common.hpp"

#include "workorder/domain/search_tokens.hpp"

namespace trunkline::workorder {

Who WhoOf(const grpc::ServerContext& context, const std::string& actor) {
    const rpc::Caller caller = rpc::CallerOf(context);
    if (!caller.IsUser()) {
        return {actor.empty() ? kSystem : actor, "", {}, true};
    }
    return {caller.user_id, caller.unit_id, {caller.rights.begin(), caller.rights.end()}, false};
}

Scope ScopeOf(const Who& who, const Settings& settings) {
    if (who.trusted || who.Unit() == kCentre) {
        return {};
    }
    return settings.units().Within(who.Unit());
}

void Mask(v1::Order& order, const Who& who) {
    const bool in_hand = !order.owner().empty() && order.owner() == who.unit;
    if (who.May(kClearRight) || in_hand) {
        return;
    }
    order.set_customer_number(MaskNumber(order.customer_number()));
    order.set_notice_address(MaskNumber(order.notice_address()));
    for (v1::Notice& notice : *order.mutable_notices()) {
        notice.set_address(MaskNumber(notice.address()));
    }
}

void Mask(v1::Notice& notice, const Who& who) {
    if (!who.May(kClearRight)) {
        notice.set_address(MaskNumber(notice.address()));
    }
}

}  // namespace trunkline::workorder
