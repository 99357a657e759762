// SQL of what the stores share.
#include "knowledge/adapters/postgres_rows.hpp"

#include <algorithm>

#include "db/pool.hpp"
#include "knowledge/adapters/knowledge_codec.hpp"
#include "trunkline/knowledge/v1/events.pb.h"

namespace trunkline::knowledge {
namespace {

constexpr const char* kClaim = "INSERT INTO request (request_id, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr const char* kFindRequest = "SELECT subject FROM request WHERE request_id = $1";
constexpr const char* kPutTask =
    "INSERT INTO task (task_id, owner, done, start_time, end_time, create_time, detail)"
    " VALUES ($1, $2, $3, to_timestamp($4::bigint / 1000.0), to_timestamp($5::bigint / 1000.0),"
    " to_timestamp($6::bigint / 1000.0), $7::jsonb)"
    " ON CONFLICT (task_id) DO UPDATE SET owner = EXCLUDED.owner, done = EXCLUDED.done,"
    " start_time = EXCLUDED.start_time, end_time = EXCLUDED.end_time, detail = EXCLUDED.detail";

std::optional<int64_t> Millis(bool given, const google::protobuf::Timestamp& time) {
    return given ? std::optional(ToUnixMillis(FromTimestamp(time))) : std::nullopt;
}

}  // namespace

void ThrowNotFound(const std::string& id, const std::string& what) {
    std::string reason = what;
    std::transform(reason.begin(), reason.end(), reason.begin(), [](unsigned char c) { return std::toupper(c); });
    throw db::Rollback{{Code::kNotFound, reason + "_NOT_FOUND", "there is no " + what + " " + id.substr(0, 40)}};
}

void CheckUuid(const std::string& id, const std::string& what) {
    bool sound = id.size() == 36;
    for (size_t i = 0; i < id.size() && sound; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        sound = dash ? id[i] == '-' : std::isxdigit(static_cast<unsigned char>(id[i])) != 0;
    }
    if (!sound) {
        ThrowNotFound(id, what);
    }
}

std::string ToArray(const std::vector<std::string>& items) {
    std::string text = "{";
    for (const std::string& item : items) {
        text += text.size() > 1 ? ",\"" : "\"";
        for (const char c : item) {
            text += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        }
        text += '"';
    }
    return text + "}";
}

bool Claim(pqxx::work& transaction, const std::string& request_id, std::string& subject) {
    if (request_id.empty() || transaction.exec_params(kClaim, request_id, subject).affected_rows() == 1) {
        return true;
    }
    subject = transaction.exec_params(kFindRequest, request_id)[0][0].as<std::string>();
    return false;
}

void StoreTask(pqxx::work& transaction, const v1::Task& task, TimePoint now) {
    transaction.exec_params(kPutTask, task.task_id(), task.owner(), task.done(),
                            Millis(task.has_start_time(), task.start_time()),
                            Millis(task.has_end_time(), task.end_time()), ToUnixMillis(now), ToJson(task));
    v1::TaskChanged event;
    event.set_task_id(task.task_id());
    event.set_owner(task.owner());
    event.set_title(task.title());
    event.set_done(task.done());
    if (task.has_remind_time()) {
        *event.mutable_remind_time() = task.remind_time();
    }
    bus::Append(transaction,
                {bus::MakeEvent(event, task.owner(), task.task_id() + "/" + std::to_string(ToUnixMillis(now)), now)});
}

}  // namespace trunkline::knowledge
