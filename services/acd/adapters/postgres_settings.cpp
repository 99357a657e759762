// The statements, and rows turned into settings.
#include "acd/adapters/postgres_settings.hpp"

#include <array>
#include <map>

#include "acd/adapters/json.hpp"
#include "acd/adapters/media_messages.hpp"
#include "acd/adapters/postgres_callbacks.hpp"
#include "acd/adapters/postgres_tasks.hpp"
#include "acd/adapters/resource_messages.hpp"
#include "acd/app/checkpoint.hpp"
#include "db/array_text.hpp"
#include "db/prepared.hpp"
#include "db/transaction.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"
#include "versions/versions.hpp"

namespace trunkline::acd {
namespace {

constexpr const char* kSelectAgents = "SELECT agent_id, settings FROM agents ORDER BY agent_id";
constexpr const char* kSelectQueues = "SELECT queue_id, settings FROM queues ORDER BY queue_id";
constexpr const char* kSelectStatuses =
    "SELECT agent_id, state, reason, set_by, since, idle_since, contact_id, agent_segment_id, wrap_up_ends, "
    "next_state, "
    "next_reason, standing FROM agent_status";
constexpr const char* kSelectReasons = "SELECT reason, settings FROM reasons ORDER BY reason";
constexpr const char* kUpsertReason =
    "INSERT INTO reasons (reason, settings) VALUES ($1, $2::jsonb) "
    "ON CONFLICT (reason) DO UPDATE SET settings = excluded.settings";
constexpr const char* kSelectMedia = "SELECT medium, settings FROM media ORDER BY medium";
constexpr const char* kUpsertMedium =
    "INSERT INTO media (medium, settings) VALUES ($1, $2::jsonb) "
    "ON CONFLICT (medium) DO UPDATE SET settings = excluded.settings";
constexpr const char* kDeleteMedium = "DELETE FROM media WHERE medium = $1";
// Calls have one medium; another one for them takes the place of the old.
constexpr const char* kDeleteOtherTelephones =
    "DELETE FROM media WHERE medium <> $1 AND (settings->>'telephone')::boolean";
constexpr const char* kDeleteReason = "DELETE FROM reasons WHERE reason = $1";
constexpr const char* kUpsertAgent =
    "INSERT INTO agents (agent_id, settings) VALUES ($1, $2::jsonb) "
    "ON CONFLICT (agent_id) DO UPDATE SET settings = excluded.settings";
constexpr const char* kUpsertQueue =
    "INSERT INTO queues (queue_id, settings) VALUES ($1, $2::jsonb) "
    "ON CONFLICT (queue_id) DO UPDATE SET settings = excluded.settings";
constexpr const char* kInsertDoNotCall = "INSERT INTO do_not_call (number) VALUES ($1) ON CONFLICT DO NOTHING";
constexpr const char* kDeleteDoNotCall = "DELETE FROM do_not_call WHERE number = $1";
constexpr const char* kDeleteAgent = "DELETE FROM agents WHERE agent_id = $1";
constexpr const char* kDeleteStatus = "DELETE FROM agent_status WHERE agent_id = $1";
constexpr const char* kDeleteQueue = "DELETE FROM queues WHERE queue_id = $1";
constexpr const char* kUpsertStatuses =
    "INSERT INTO agent_status AS old (agent_id, state, reason, set_by, since, idle_since, contact_id, "
    "agent_segment_id, wrap_up_ends, next_state, next_reason, standing) SELECT * FROM unnest($1::text[], $2::text[], "
    "$3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::bigint[], $10::text[], "
    "$11::text[], $12::text[]) "
    "ON CONFLICT (agent_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, set_by = excluded.set_by, "
    "since = excluded.since, idle_since = excluded.idle_since, contact_id = excluded.contact_id, "
    "agent_segment_id = excluded.agent_segment_id, wrap_up_ends = excluded.wrap_up_ends, "
    "next_state = excluded.next_state, next_reason = excluded.next_reason, "
    "standing = excluded.standing WHERE old.since <= excluded.since";

// A row that cannot be read is told and left out, so that it does not stop the rest.
template <class Message, class Value>
void ReadRows(const pqxx::result& rows, std::vector<Value>& values) {
    for (const auto& row : rows) {
        Message message;
        if (FromJson(row[1].c_str(), message)) {
            values.push_back(FromProto(message));
        } else {
            log::Error("a stored setting cannot be read", {{log::kName, row[0].c_str()}});
        }
    }
}

int64_t Nanos(TimePoint time) { return time.time_since_epoch().count(); }

// One statement for all statuses of a transaction; of several of one agent the newest counts, and the last of those.
class SaveStatuses final : public db::CommitStep {
 public:
    void Add(const AgentId& agent, const AgentStatus& status) {
        const auto [entry, fresh] = statuses_.try_emplace(agent, status);
        if (!fresh && entry->second.since <= status.since) {
            entry->second = status;
        }
    }

    void BeforeCommit(pqxx::work& transaction) override {
        std::array<db::ArrayText, 12> columns;
        // In the order of ids, so that two transactions never wait for each other.
        for (const auto& [agent, status] : statuses_) {
            columns[0].Add(agent.str());
            columns[1].Add(ToText(status.state));
            columns[2].Add(status.reason);
            columns[3].Add(status.set_by);
            columns[4].Add(Nanos(status.since));
            columns[5].Add(Nanos(status.idle_since));
            columns[6].Add(status.contact.str());
            columns[7].Add(status.segment.str());
            columns[8].Add(Nanos(status.wrap_up_ends));
            columns[9].Add(status.next ? ToText(status.next->state) : "");
            columns[10].Add(status.next ? std::string_view(status.next->reason) : "");
            columns[11].Add(PackAgent(agent, status));
        }
        const auto& c = columns;
        db::ExecPrepared(transaction, kUpsertStatuses, c[0].Text(), c[1].Text(), c[2].Text(), c[3].Text(), c[4].Text(),
                         c[5].Text(), c[6].Text(), c[7].Text(), c[8].Text(), c[9].Text(), c[10].Text(), c[11].Text());
    }

 private:
    std::map<AgentId, AgentStatus> statuses_;
};

TimePoint TimeIn(const pqxx::field& field) { return TimePoint{Duration{field.as<int64_t>()}}; }

std::pair<AgentId, AgentStatus> StatusIn(const pqxx::row& row) {
    if (auto standing = UnpackAgent(row[11].c_str()); standing.ok()) {
        return *standing;
    }
    AgentStatus status;
    const auto state = AgentStateFromText(row[1].c_str());
    status.state = state.ok() ? *state : AgentState::kLoggedOut;
    status.reason = row[2].c_str();
    status.set_by = row[3].c_str();
    status.since = TimeIn(row[4]);
    status.idle_since = TimeIn(row[5]);
    status.contact = ContactId(row[6].c_str());
    status.segment = AgentSegmentId(row[7].c_str());
    status.wrap_up_ends = TimeIn(row[8]);
    if (const auto next = AgentStateFromText(row[9].c_str()); next.ok()) {
        status.next = NextState{*next, row[10].c_str()};
    }
    return {AgentId(row[0].c_str()), status};
}

}  // namespace

Result<Settings> PostgresSettings::Load() {
    return pool_.Run([](pqxx::work& transaction) {
        Settings settings;
        ReadRows<v1::Queue>(transaction.exec(kSelectQueues), settings.queues);
        ReadRows<v1::Agent>(transaction.exec(kSelectAgents), settings.agents);
        ReadRows<v1::Reason>(transaction.exec(kSelectReasons), settings.reasons);
        ReadRows<v1::Medium>(transaction.exec(kSelectMedia), settings.media);
        settings.tasks = LoadTasks(transaction);
        for (const auto& row : transaction.exec(kSelectStatuses)) {
            settings.statuses.push_back(StatusIn(row));
        }
        settings.callbacks = LoadCallbacks(transaction);
        settings.do_not_call = LoadDoNotCall(transaction);
        return settings;
    });
}

Status PostgresSettings::SaveAgent(const AgentSettings& agent) {
    return pool_.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kUpsertAgent, agent.id.str(), ToJson(ToProto(agent)));
        versions::Keep(transaction, "agent", agent.id.str(), ToProto(agent));
    });
}

Status PostgresSettings::DeleteAgent(const AgentId& agent) {
    return pool_.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kDeleteAgent, agent.str());
        transaction.exec_params(kDeleteStatus, agent.str());
        versions::KeepRemoval(transaction, "agent", agent.str());
    });
}

Status PostgresSettings::SaveQueue(const QueueSettings& queue) {
    return pool_.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kUpsertQueue, queue.id.str(), ToJson(ToProto(queue)));
        versions::Keep(transaction, "queue", queue.id.str(), ToProto(queue));
    });
}

Status PostgresSettings::DeleteQueue(const QueueId& queue) {
    return pool_.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kDeleteQueue, queue.str());
        versions::KeepRemoval(transaction, "queue", queue.str());
    });
}

Status PostgresSettings::SaveReason(const Reason& reason) {
    return pool_.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kUpsertReason, reason.word, ToJson(ToProto(reason)));
        versions::Keep(transaction, "reason", reason.word, ToProto(reason));
    });
}

Status PostgresSettings::DeleteReason(const std::string& word) {
    return pool_.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kDeleteReason, word);
        versions::KeepRemoval(transaction, "reason", word);
    });
}

Status PostgresSettings::SaveMedium(const Medium& medium) {
    return pool_.Run([&](pqxx::work& transaction) {
        if (medium.telephone) {
            transaction.exec_params(kDeleteOtherTelephones, medium.word);
        }
        transaction.exec_params(kUpsertMedium, medium.word, ToJson(ToProto(medium)));
    });
}

Status PostgresSettings::DeleteMedium(const std::string& word) {
    return pool_.Run([&](pqxx::work& transaction) { transaction.exec_params(kDeleteMedium, word); });
}

Status PostgresSettings::SaveDoNotCall(const std::string& key) {
    return pool_.Run([&](pqxx::work& transaction) { transaction.exec_params(kInsertDoNotCall, key); });
}

Status PostgresSettings::DeleteDoNotCall(const std::string& key) {
    return pool_.Run([&](pqxx::work& transaction) { transaction.exec_params(kDeleteDoNotCall, key); });
}

void SaveStatus(pqxx::work& transaction, const AgentId& agent, const AgentStatus& status) {
    dynamic_cast<db::Transaction&>(transaction).Last<SaveStatuses>().Add(agent, status);
}

}  // namespace trunkline::acd
