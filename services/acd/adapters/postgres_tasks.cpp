// One statement for all tasks that a transaction changes, and one for those that are gone.
#include "acd/adapters/postgres_tasks.hpp"

#include <map>
#include <optional>

#include "acd/adapters/json.hpp"
#include "acd/app/checkpoint.hpp"
#include "db/array_text.hpp"
#include "db/prepared.hpp"
#include "db/transaction.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"
#include "trunkline/acd/v1/media.pb.h"

namespace trunkline::acd {
namespace {

constexpr const char* kSelect = "SELECT contact_id, record, data FROM tasks ORDER BY contact_id";
constexpr const char* kUpsert =
    "INSERT INTO tasks (contact_id, record, data) SELECT id, record, data::jsonb FROM"
    " unnest($1::text[], $2::text[], $3::text[]) AS given (id, record, data)"
    " ON CONFLICT (contact_id) DO UPDATE SET record = EXCLUDED.record, data = EXCLUDED.data";
constexpr const char* kDelete = "DELETE FROM tasks WHERE contact_id = ANY($1::text[])";

struct Stored {
    std::string record;
    std::string data;
};

std::string Pack(const calls::Data& data) {
    v1::CreateTaskRequest message;
    message.mutable_data()->insert(data.begin(), data.end());
    return ToJson(message);
}

// In the order of ids, so that two transactions never wait for each other.
class SaveTasks final : public db::CommitStep {
 public:
    void Add(const ContactId& task, std::optional<Stored> row) { rows_[task] = std::move(row); }

    void BeforeCommit(pqxx::work& transaction) override {
        db::ArrayText ids, records, data, gone;
        bool any = false;
        bool any_gone = false;
        for (const auto& [id, row] : rows_) {
            if (row) {
                ids.Add(id.str());
                records.Add(row->record);
                data.Add(row->data);
                any = true;
            } else {
                gone.Add(id.str());
                any_gone = true;
            }
        }
        if (any) {
            db::ExecPrepared(transaction, kUpsert, ids.Text(), records.Text(), data.Text());
        }
        if (any_gone) {
            db::ExecPrepared(transaction, kDelete, gone.Text());
        }
    }

 private:
    std::map<ContactId, std::optional<Stored>> rows_;
};

SaveTasks& StepOf(pqxx::work& transaction) { return dynamic_cast<db::Transaction&>(transaction).Last<SaveTasks>(); }

}  // namespace

// One that cannot be read is told and left out, so that it does not stop the rest.
std::vector<Task> LoadTasks(pqxx::work& transaction) {
    std::vector<Task> tasks;
    for (const auto& row : transaction.exec(kSelect)) {
        v1::CreateTaskRequest message;
        auto contact = UnpackContact(row[1].c_str());
        if (!contact.ok() || !FromJson(row[2].c_str(), message)) {
            log::Error("a stored contact cannot be read", {{log::kName, row[0].c_str()}});
            continue;
        }
        tasks.push_back({std::move(*contact), {message.data().begin(), message.data().end()}});
    }
    return tasks;
}

void SaveTask(pqxx::work& transaction, const Task& task) {
    StepOf(transaction).Add(task.contact.id, Stored{PackContact(task.contact), Pack(task.data)});
}

void DeleteTask(pqxx::work& transaction, const ContactId& task) { StepOf(transaction).Add(task, std::nullopt); }

}  // namespace trunkline::acd
