// The history of a contact: every event that names one, kept as it came. All of a transaction are written in one
// statement.
#include "db/array_text.hpp"
#include "db/prepared.hpp"
#include "db/transaction.hpp"
#include "reporting/adapters/projections/projections.hpp"
#include "reporting/adapters/sentences.hpp"

namespace trunkline::reporting {
namespace {

constexpr const char* kInsert =
    "INSERT INTO timeline (event_id, contact_id, time, source, sequence, type, payload)"
    " SELECT event_id, contact_id, to_timestamp(millis / 1000.0), source, sequence, type, payload FROM"
    " unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::bytea[])"
    " AS given (event_id, contact_id, millis, source, sequence, type, payload) ON CONFLICT DO NOTHING";

class InsertEvents final : public db::CommitStep {
 public:
    void Add(const bus::Received& event, const std::string& contact_id) {
        ids_.Add(event.event_id);
        contacts_.Add(contact_id);
        times_.Add(ToUnixMillis(event.occurred));
        sources_.Add(event.source);
        sequences_.Add(event.sequence);
        types_.Add(event.type);
        payloads_.AddBytes(event.payload);
    }

    void BeforeCommit(pqxx::work& transaction) override {
        db::ExecPrepared(transaction, kInsert, ids_.Text(), contacts_.Text(), times_.Text(), sources_.Text(),
                         sequences_.Text(), types_.Text(), payloads_.Text());
    }

 private:
    db::ArrayText ids_;
    db::ArrayText contacts_;
    db::ArrayText times_;
    db::ArrayText sources_;
    db::ArrayText sequences_;
    db::ArrayText types_;
    db::ArrayText payloads_;
};

}  // namespace

void ProjectTimeline(pqxx::work& transaction, const bus::Received& event) {
    const std::string contact_id = ContactOf(event.type, event.payload);
    if (!contact_id.empty()) {
        dynamic_cast<db::Transaction&>(transaction).Last<InsertEvents>().Add(event, contact_id);
    }
}

void Project(pqxx::work& transaction, const bus::Received& event) {
    ProjectQueueSegment(transaction, event);
    ProjectAgentSegment(transaction, event);
    ProjectTransfer(transaction, event);
    ProjectAgentState(transaction, event);
    ProjectCallback(transaction, event);
    ProjectTimeline(transaction, event);
}

}  // namespace trunkline::reporting
