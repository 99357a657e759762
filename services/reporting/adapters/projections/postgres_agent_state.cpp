// The state that ended with a change, and the one that began. Those of one transaction are written together.
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

constexpr const char* kEnded =
    "INSERT INTO agent_state (agent_id, state, start_time, end_time)"
    " SELECT agent, state, to_timestamp(start / 1000.0), to_timestamp(finish / 1000.0) FROM"
    " unnest($1::text[], $2::smallint[], $3::bigint[], $4::bigint[]) AS given (agent, state, start, finish)"
    " ON CONFLICT DO NOTHING";
// A change that comes late is not how the agent stands now.
constexpr const char* kBegan =
    "INSERT INTO agent_now (agent_id, state, since) SELECT agent, state, to_timestamp(start / 1000.0) FROM"
    " unnest($1::text[], $2::smallint[], $3::bigint[]) AS given (agent, state, start)"
    " ON CONFLICT (agent_id) DO UPDATE SET state = EXCLUDED.state, since = EXCLUDED.since"
    " WHERE agent_now.since <= EXCLUDED.since";

class WriteStates final : public db::CommitStep {
 public:
    void Add(const acd::v1::AgentStateChanged& change) {
        const int64_t at = TimeUtil::TimestampToMilliseconds(change.change_time());
        const int64_t lasted = TimeUtil::DurationToMilliseconds(change.previous_duration());
        if (change.previous() != acd::v1::LOGGED_OUT && lasted > 0) {
            agents_.Add(change.agent_id());
            states_.Add(static_cast<int>(change.previous()));
            starts_.Add(at - lasted);
            ends_.Add(at);
        }
        auto& newest = now_[change.agent_id()];
        if (newest.second <= at) {
            newest = {static_cast<int>(change.state()), at};
        }
    }

    void BeforeCommit(pqxx::work& transaction) override {
        db::ExecPrepared(transaction, kEnded, agents_.Text(), states_.Text(), starts_.Text(), ends_.Text());
        db::ArrayText agents, states, starts;
        for (const auto& [agent, state] : now_) {
            agents.Add(agent);
            states.Add(state.first);
            starts.Add(state.second);
        }
        db::ExecPrepared(transaction, kBegan, agents.Text(), states.Text(), starts.Text());
    }

 private:
    db::ArrayText agents_;
    db::ArrayText states_;
    db::ArrayText starts_;
    db::ArrayText ends_;
    std::map<std::string, std::pair<int, int64_t>> now_;  // agent -> the newest state and its start
};

}  // namespace

void ProjectAgentState(pqxx::work& transaction, const bus::Received& event) {
    acd::v1::AgentStateChanged change;
    if (event.To(change)) {
        dynamic_cast<db::Transaction&>(transaction).Last<WriteStates>().Add(change);
    }
}

}  // namespace trunkline::reporting
