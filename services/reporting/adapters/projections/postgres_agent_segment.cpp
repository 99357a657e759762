// An agent's part in a contact: talk and hold by AgentSegmentEnded, wrap-up by WrapUpEnded. Those of one transaction
// are written together.
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

constexpr const char* kTalk =
    "INSERT INTO agent_segment (agent_segment_id, contact_id, queue_id, agent_id, start_time, talk_ms, hold_ms, medium)"
    " SELECT id, contact_id, queue_id, agent_id, to_timestamp(start / 1000.0), talk, hold, medium FROM"
    " unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[])"
    " AS given (id, contact_id, queue_id, agent_id, start, talk, hold, medium)"
    " ON CONFLICT (agent_segment_id) DO UPDATE SET queue_id = EXCLUDED.queue_id, agent_id = EXCLUDED.agent_id,"
    " start_time = EXCLUDED.start_time, talk_ms = EXCLUDED.talk_ms, hold_ms = EXCLUDED.hold_ms,"
    " medium = EXCLUDED.medium";
constexpr const char* kWrapUp =
    "INSERT INTO agent_segment (agent_segment_id, contact_id, agent_id, wrap_up_ms)"
    " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])"
    " ON CONFLICT (agent_segment_id) DO UPDATE SET wrap_up_ms = EXCLUDED.wrap_up_ms";

// Of several events of one segment the last counts, as if they were applied one after the other.
class WriteParts final : public db::CommitStep {
 public:
    void Add(acd::v1::AgentSegmentEnded event) { talks_[event.agent_segment_id()] = std::move(event); }
    void Add(acd::v1::WrapUpEnded event) { wrap_ups_[event.agent_segment_id()] = std::move(event); }

    void BeforeCommit(pqxx::work& transaction) override {
        if (!talks_.empty()) {
            WriteTalks(transaction);
        }
        if (!wrap_ups_.empty()) {
            WriteWrapUps(transaction);
        }
    }

 private:
    void WriteTalks(pqxx::work& transaction) const {
        db::ArrayText ids, contacts, queues, agents, starts, talks, holds, media;
        for (const auto& [id, event] : talks_) {
            ids.Add(id);
            contacts.Add(event.contact_id());
            queues.Add(event.queue_id());
            agents.Add(event.agent_id());
            starts.Add(TimeUtil::TimestampToMilliseconds(event.start_time()));
            talks.Add(TimeUtil::DurationToMilliseconds(event.talk()));
            holds.Add(TimeUtil::DurationToMilliseconds(event.hold()));
            media.Add(event.medium());
        }
        db::ExecPrepared(transaction, kTalk, ids.Text(), contacts.Text(), queues.Text(), agents.Text(), starts.Text(),
                         talks.Text(), holds.Text(), media.Text());
    }

    void WriteWrapUps(pqxx::work& transaction) const {
        db::ArrayText ids, contacts, agents, lengths;
        for (const auto& [id, event] : wrap_ups_) {
            ids.Add(id);
            contacts.Add(event.contact_id());
            agents.Add(event.agent_id());
            lengths.Add(TimeUtil::DurationToMilliseconds(event.duration()));
        }
        db::ExecPrepared(transaction, kWrapUp, ids.Text(), contacts.Text(), agents.Text(), lengths.Text());
    }

    std::map<std::string, acd::v1::AgentSegmentEnded> talks_;
    std::map<std::string, acd::v1::WrapUpEnded> wrap_ups_;
};

}  // namespace

void ProjectAgentSegment(pqxx::work& transaction, const bus::Received& event) {
    acd::v1::AgentSegmentEnded ended;
    acd::v1::WrapUpEnded wrapped;
    if (event.To(ended)) {
        dynamic_cast<db::Transaction&>(transaction).Last<WriteParts>().Add(std::move(ended));
    } else if (event.To(wrapped)) {
        dynamic_cast<db::Transaction&>(transaction).Last<WriteParts>().Add(std::move(wrapped));
    }
}

}  // namespace trunkline::reporting
