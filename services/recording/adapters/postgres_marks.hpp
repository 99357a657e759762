// Marks of recordings in PostgreSQL.
#pragma once
#include "db/pool.hpp"
#include "rpc/caller.hpp"
#include "trunkline/recording/v1/marks.pb.h"

namespace trunkline::recording {

class PostgresMarks {
 public:
    explicit PostgresMarks(db::Pool& pool) : pool_(pool) {}

    Result<v1::ListMarksResponse> List(const std::string& recording_id);
    // Within the recording, and not more than a recording may have.
    Result<v1::Mark> Add(const v1::AddMarkRequest& request, const rpc::Caller& author);
    Status Delete(const std::string& recording_id, uint64_t mark_id);

 private:
    db::Pool& pool_;
};

}  // namespace trunkline::recording
