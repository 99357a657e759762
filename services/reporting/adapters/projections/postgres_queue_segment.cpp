// A stay in a queue: begun by ContactQueued, ended by ContactDequeued, in whichever order they arrive. Those of one
// transaction are written together.
#include <google/protobuf/util/time_util.h>

#include <map>

#include "db/array_text.hpp"
#include "db/prepared.hpp"
#include "db/transaction.hpp"
#include "reporting/adapters/projections/projections.hpp"
#include "trunkline/acd/v1/events.pb.h"

namespace trunkline::reporting {
namespace {

using google::protobuf::util::TimeUtil;

constexpr const char* kBegin =
    "INSERT INTO queue_segment (segment_id, contact_id, queue_id, queued_time, threshold_ms, medium, callback_id)"
    " SELECT segment_id, contact_id, queue_id, to_timestamp(queued / 1000.0), threshold, medium, callback_id FROM"
    " unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[])"
    " AS given (segment_id, contact_id, queue_id, queued, threshold, medium, callback_id)"
    " ON CONFLICT (segment_id) DO UPDATE SET threshold_ms = EXCLUDED.threshold_ms, medium = EXCLUDED.medium,"
    " callback_id = EXCLUDED.callback_id";
constexpr const char* kEnd =
    "INSERT INTO queue_segment (segment_id, contact_id, queue_id, queued_time, left_time, outcome, agent_id)"
    " SELECT segment_id, contact_id, queue_id, to_timestamp(queued / 1000.0), to_timestamp(gone / 1000.0), outcome,"
    " agent_id FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::smallint[], $7::text[])"
    " AS given (segment_id, contact_id, queue_id, queued, gone, outcome, agent_id)"
    " ON CONFLICT (segment_id) DO UPDATE SET left_time = EXCLUDED.left_time, outcome = EXCLUDED.outcome,"
    " agent_id = EXCLUDED.agent_id";

// Of several events of one segment the last counts, as if they were applied one after the other.
class WriteSegments final : public db::CommitStep {
 public:
    void Add(acd::v1::ContactQueued event) { begun_[event.segment_id()] = std::move(event); }
    void Add(acd::v1::ContactDequeued event) { ended_[event.segment_id()] = std::move(event); }

    void BeforeCommit(pqxx::work& transaction) override {
        if (!begun_.empty()) {
            Begin(transaction);
        }
        if (!ended_.empty()) {
            End(transaction);
        }
    }

 private:
    void Begin(pqxx::work& transaction) const {
        db::ArrayText ids, contacts, queues, times, thresholds, media, callbacks;
        for (const auto& [id, event] : begun_) {
            ids.Add(id);
            contacts.Add(event.contact_id());
            queues.Add(event.queue_id());
            times.Add(TimeUtil::TimestampToMilliseconds(event.queued_time()));
            thresholds.Add(TimeUtil::DurationToMilliseconds(event.service_level_threshold()));
            media.Add(event.medium());
            callbacks.Add(event.callback_id());
        }
        db::ExecPrepared(transaction, kBegin, ids.Text(), contacts.Text(), queues.Text(), times.Text(),
                         thresholds.Text(), media.Text(), callbacks.Text());
    }

    void End(pqxx::work& transaction) const {
        db::ArrayText ids, contacts, queues, queued, left, outcomes, agents;
        for (const auto& [id, event] : ended_) {
            ids.Add(id);
            contacts.Add(event.contact_id());
            queues.Add(event.queue_id());
            queued.Add(TimeUtil::TimestampToMilliseconds(event.queued_time()));
            left.Add(TimeUtil::TimestampToMilliseconds(event.left_time()));
            outcomes.Add(static_cast<int>(event.outcome()));
            agents.Add(event.agent_id());
        }
        db::ExecPrepared(transaction, kEnd, ids.Text(), contacts.Text(), queues.Text(), queued.Text(), left.Text(),
                         outcomes.Text(), agents.Text());
    }

    std::map<std::string, acd::v1::ContactQueued> begun_;
    std::map<std::string, acd::v1::ContactDequeued> ended_;
};

}  // namespace

void ProjectQueueSegment(pqxx::work& transaction, const bus::Received& event) {
    acd::v1::ContactQueued queued;
    acd::v1::ContactDequeued dequeued;
    if (event.To(queued)) {
        dynamic_cast<db::Transaction&>(transaction).Last<WriteSegments>().Add(std::move(queued));
    } else if (event.To(dequeued)) {
        dynamic_cast<db::Transaction&>(transaction).Last<WriteSegments>().Add(std::move(dequeued));
    }
}

}  // namespace trunkline::reporting
