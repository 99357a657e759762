// The facts that a change tells the bus.
#pragma once
#include <vector>

#include "bus/outbox.hpp"
#include "workorder/domain/order.hpp"

namespace trunkline::workorder {

// `notice_ids` are those given to news.notices, in their order.
std::vector<bus::Event> EventsOf(const Change& change, const std::vector<std::string>& notice_ids);

}  // namespace trunkline::workorder
