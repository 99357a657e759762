// An agent's part in a contact: talk and hold by AgentSegmentEnded, wrap-up by WrapUpEnded.
#include <google/protobuf/util/time_util.h>

#include "reporting/adapters/projections/projections.hpp"
#include "trunkline/acd/v1/events.pb.h"

namespace trunkline::reporting {
namespace {

using google::protobuf::util::TimeUtil;

constexpr const char* kTalk =
    "INSERT INTO agent_segment (agent_segment_id, contact_id, queue_id, agent_id, start_time, talk_ms, hold_ms)"
    " VALUES ($1, $2, $3, $4, to_timestamp($5::bigint / 1000.0), $6, $7)"
    " ON CONFLICT (agent_segment_id) DO UPDATE SET queue_id = EXCLUDED.queue_id, agent_id = EXCLUDED.agent_id,"
    " start_time = EXCLUDED.start_time, talk_ms = EXCLUDED.talk_ms, hold_ms = EXCLUDED.hold_ms";
constexpr const char* kWrapUp =
    "INSERT INTO agent_segment (agent_segment_id, contact_id, agent_id, wrap_up_ms) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (agent_segment_id) DO UPDATE SET wrap_up_ms = EXCLUDED.wrap_up_ms";

}  // namespace

void ProjectAgentSegment(pqxx::work& transaction, const bus::Received& event) {
    acd::v1::AgentSegmentEnded ended;
    acd::v1::WrapUpEnded wrapped;
    if (event.To(ended)) {
        transaction.exec_params(kTalk, ended.agent_segment_id(), ended.contact_id(), ended.queue_id(), ended.agent_id(),
                                TimeUtil::TimestampToMilliseconds(ended.start_time()),
                                TimeUtil::DurationToMilliseconds(ended.talk()),
                                TimeUtil::DurationToMilliseconds(ended.hold()));
    } else if (event.To(wrapped)) {
        transaction.exec_params(kWrapUp, wrapped.agent_segment_id(), wrapped.contact_id(), wrapped.agent_id(),
                                TimeUtil::DurationToMilliseconds(wrapped.duration()));
    }
}

}  // namespace trunkline::reporting
