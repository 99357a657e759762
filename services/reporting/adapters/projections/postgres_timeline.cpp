// The history of a contact: every event that names one, kept as it came.
#include "reporting/adapters/projections/projections.hpp"
#include "reporting/adapters/sentences.hpp"

namespace trunkline::reporting {
namespace {

constexpr const char* kInsert =
    "INSERT INTO timeline (event_id, contact_id, time, source, sequence, type, payload)"
    " VALUES ($1, $2, to_timestamp($3::bigint / 1000.0), $4, $5, $6, $7) ON CONFLICT DO NOTHING";

}  // namespace

void ProjectTimeline(pqxx::work& transaction, const bus::Received& event) {
    const std::string contact_id = ContactOf(event.type, event.payload);
    if (!contact_id.empty()) {
        transaction.exec_params(kInsert, event.event_id, contact_id, ToUnixMillis(event.occurred), event.source,
                                event.sequence, event.type, pqxx::binarystring(event.payload));
    }
}

void Project(pqxx::work& transaction, const bus::Received& event) {
    ProjectQueueSegment(transaction, event);
    ProjectAgentSegment(transaction, event);
    ProjectTimeline(transaction, event);
}

}  // namespace trunkline::reporting
