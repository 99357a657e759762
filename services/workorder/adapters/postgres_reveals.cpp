// Numbers seen in clear: the record and its event.
#include "trunkline/workorder/v1/events.pb.h"
#include "workorder/adapters/service_store.hpp"

namespace trunkline::workorder {
namespace {

constexpr const char* kReveal =
    "INSERT INTO reveal (order_id, actor, reason, time) VALUES ($1, $2, $3, to_timestamp($4::bigint / 1000.0))";

}  // namespace

Status ServiceStore::RecordReveal(const v1::Order& order, const std::string& actor, const std::string& reason) {
    const Status recorded = parts_.pool.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kReveal, order.order_id(), actor, reason, Now());
        v1::OrderNumberRevealed event;
        event.set_order_id(order.order_id());
        event.set_number(order.number());
        event.set_actor(actor);
        event.set_reason(reason);
        bus::Append(transaction, {bus::MakeEvent(event, order.order_id(), parts_.ids.New(), parts_.clock.Now())});
    });
    parts_.committed();
    return recorded;
}

}  // namespace trunkline::workorder
