// Bulletins, tasks, messages in PostgreSQL. Plain keeping: their few rules are limits, checked at the API.
#pragma once
#include "db/pool.hpp"
#include "knowledge/app/ports.hpp"
#include "trunkline/knowledge/v1/knowledge.pb.h"

namespace trunkline::knowledge {

// Who reads: himself, and what else bulletins may be for.
struct Reader {
    std::string name;
    std::vector<std::string> groups;  // his name, his agent id, his unit
};

// Safe from any thread.
class PostgresOffice {
 public:
    PostgresOffice(db::Pool& pool, IdGenerator& ids, std::function<void()> committed)
        : pool_(pool), ids_(ids), committed_(std::move(committed)) {}

    Result<v1::Bulletin> Publish(const Stamp& stamp, v1::Bulletin bulletin);
    Result<v1::Bulletin> Withdraw(const Stamp& stamp, const std::string& id);
    Result<v1::ListBulletinsResponse> Bulletins(const Reader& reader, bool with_read, TimePoint now);
    Result<v1::Bulletin> Confirm(const Reader& reader, const std::string& id, TimePoint now);
    Result<v1::ListReadReceiptsResponse> Receipts(const std::string& id);
    // A task of another owner is refused: TASK_NOT_FOUND.
    Result<v1::Task> PutTask(const Stamp& stamp, v1::Task task);
    Status DeleteTask(const Stamp& stamp, const std::string& owner, const std::string& id);
    Result<v1::ListTasksResponse> Tasks(const v1::ListTasksRequest& request);
    Result<v1::InternalMessage> SendMessage(const Stamp& stamp, const v1::SendMessageRequest& request);
    Result<v1::ListMessagesResponse> Messages(const std::string& reader, bool mark_read);

 private:
    db::Pool& pool_;
    IdGenerator& ids_;
    std::function<void()> committed_;
};

}  // namespace trunkline::knowledge
