// A stay in a queue: begun by ContactQueued, ended by ContactDequeued, in whichever order they arrive.
#include <google/protobuf/util/time_util.h>

#include "reporting/adapters/projections/projections.hpp"
#include "trunkline/acd/v1/events.pb.h"

namespace trunkline::reporting {
namespace {

using google::protobuf::util::TimeUtil;

constexpr const char* kBegin =
    "INSERT INTO queue_segment (segment_id, contact_id, queue_id, queued_time, threshold_ms)"
    " VALUES ($1, $2, $3, to_timestamp($4::bigint / 1000.0), $5)"
    " ON CONFLICT (segment_id) DO UPDATE SET threshold_ms = EXCLUDED.threshold_ms";
constexpr const char* kEnd =
    "INSERT INTO queue_segment (segment_id, contact_id, queue_id, queued_time, left_time, outcome, agent_id)"
    " VALUES ($1, $2, $3, to_timestamp($4::bigint / 1000.0), to_timestamp($5::bigint / 1000.0), $6, $7)"
    " ON CONFLICT (segment_id) DO UPDATE SET left_time = EXCLUDED.left_time, outcome = EXCLUDED.outcome,"
    " agent_id = EXCLUDED.agent_id";

}  // namespace

void ProjectQueueSegment(pqxx::work& transaction, const bus::Received& event) {
    acd::v1::ContactQueued queued;
    acd::v1::ContactDequeued dequeued;
    if (event.To(queued)) {
        transaction.exec_params(kBegin, queued.segment_id(), queued.contact_id(), queued.queue_id(),
                                TimeUtil::TimestampToMilliseconds(queued.queued_time()),
                                TimeUtil::DurationToMilliseconds(queued.service_level_threshold()));
    } else if (event.To(dequeued)) {
        transaction.exec_params(kEnd, dequeued.segment_id(), dequeued.contact_id(), dequeued.queue_id(),
                                TimeUtil::TimestampToMilliseconds(dequeued.queued_time()),
                                TimeUtil::TimestampToMilliseconds(dequeued.left_time()),
                                static_cast<int>(dequeued.outcome()), dequeued.agent_id());
    }
}

}  // namespace trunkline::reporting
