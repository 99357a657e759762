// A contact that an agent gave to somebody else who took it. Rare beside calls, so each is a statement of its own.
#include "db/prepared.hpp"
#include "reporting/adapters/projections/projections.hpp"
#include "trunkline/acd/v1/events.pb.h"

namespace trunkline::reporting {
namespace {

constexpr const char* kInsert =
    "INSERT INTO transfer (event_id, contact_id, from_agent_id, attended) VALUES ($1::uuid, $2, $3, $4)"
    " ON CONFLICT DO NOTHING";

}  // namespace

void ProjectTransfer(pqxx::work& transaction, const bus::Received& event) {
    acd::v1::ContactTransferred transferred;
    if (event.To(transferred) && transferred.result() == "COMPLETED") {
        db::ExecPrepared(transaction, kInsert, event.event_id, transferred.contact_id(), transferred.from_agent_id(),
                         transferred.attended());
    }
}

}  // namespace trunkline::reporting
