// When no way has brought a message to the customer, the centre calls him: an order of its own asks it to.
#pragma once
#include "workorder/adapters/catalogue.hpp"
#include "workorder/adapters/order_reader.hpp"
#include "workorder/adapters/service_store.hpp"
#include "workorder/app/order_desk.hpp"

namespace trunkline::workorder {

struct CallBackParts {
    OrderDesk& desk;
    Catalogue& catalogue;
    ServiceStore& store;
    OrderReader& reader;
};

// Asks for those that wait, at most `limit`; how many there were. One open request for each order, which a crash in
// between does not double.
Result<int> AskToCallBack(const CallBackParts& parts, int limit);

}  // namespace trunkline::workorder
