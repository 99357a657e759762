// Statements and limits of marks.
#include "recording/adapters/postgres_marks.hpp"

#include <google/protobuf/util/time_util.h>

namespace trunkline::recording {
namespace {

using google::protobuf::util::TimeUtil;

constexpr const char* kColumns =
    "mark_id, recording_id, place_millis, text, author, author_name, (extract(epoch FROM create_time) * 1000)::bigint";
constexpr const char* kLock = "SELECT duration_millis FROM recordings WHERE recording_id = $1 FOR UPDATE";
constexpr const char* kCount = "SELECT count(*) FROM marks WHERE recording_id = $1";
constexpr const char* kDelete = "DELETE FROM marks WHERE recording_id = $1 AND mark_id = $2";
constexpr int kMost = 200;

void Fill(const pqxx::row& row, v1::Mark& mark) {
    mark.set_mark_id(row[0].as<uint64_t>());
    mark.set_recording_id(row[1].as<std::string>());
    *mark.mutable_place() = TimeUtil::MillisecondsToDuration(row[2].as<int64_t>());
    mark.set_text(row[3].as<std::string>());
    mark.set_author(row[4].as<std::string>());
    mark.set_author_name(row[5].as<std::string>());
    *mark.mutable_create_time() = TimeUtil::MillisecondsToTimestamp(row[6].as<int64_t>());
}

Error NoSuch(const std::string& what) { return {Code::kNotFound, "NOT_FOUND", "there is no " + what}; }

}  // namespace

Result<v1::ListMarksResponse> PostgresMarks::List(const std::string& recording_id) {
    return pool_.Run([&](pqxx::work& transaction) {
        const std::string query =
            std::string("SELECT ") + kColumns + " FROM marks WHERE recording_id = $1 ORDER BY place_millis, mark_id";
        v1::ListMarksResponse marks;
        for (const auto& row : transaction.exec_params(query, recording_id)) {
            Fill(row, *marks.add_marks());
        }
        return marks;
    });
}

Result<v1::Mark> PostgresMarks::Add(const v1::AddMarkRequest& request, const rpc::Caller& author) {
    const int64_t place = TimeUtil::DurationToMilliseconds(request.place());
    return pool_.Run([&](pqxx::work& transaction) {
        const auto recording = transaction.exec_params(kLock, request.recording_id());
        if (recording.empty()) {
            throw db::Rollback{NoSuch("recording " + request.recording_id().substr(0, 64))};
        }
        if (place < 0 || place > recording[0][0].as<int64_t>() + 1000) {
            throw db::Rollback{{Code::kInvalidArgument, "BAD_FIELD", "place must lie within the recording"}};
        }
        if (transaction.exec_params1(kCount, request.recording_id())[0].as<int>() >= kMost) {
            throw db::Rollback{{Code::kResourceExhausted, "TOO_MANY_MARKS", "a recording may have 200 marks"}};
        }
        const std::string insert = std::string(
                                       "INSERT INTO marks (recording_id, place_millis, text, author, "
                                       "author_name) VALUES ($1, $2, $3, $4, $5) RETURNING ") +
                                   kColumns;
        v1::Mark mark;
        Fill(transaction.exec_params1(insert, request.recording_id(), place, request.text(), author.Name(),
                                      author.user_name),
             mark);
        return mark;
    });
}

Status PostgresMarks::Delete(const std::string& recording_id, uint64_t mark_id) {
    return pool_.Run([&](pqxx::work& transaction) {
        if (transaction.exec_params(kDelete, recording_id, static_cast<int64_t>(mark_id)).affected_rows() == 0) {
            throw db::Rollback{NoSuch("mark " + std::to_string(mark_id))};
        }
    });
}

}  // namespace trunkline::recording
