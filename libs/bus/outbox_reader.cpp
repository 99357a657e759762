// One query answers "what is new": the head row is always there, so even an empty page brings epoch and position.
#include "bus/outbox_reader.hpp"

#include <google/protobuf/util/time_util.h>

namespace trunkline::bus {
namespace {

constexpr const char* kRead =
    "SELECT head.epoch, head.sequence, page.* FROM outbox_head AS head LEFT JOIN LATERAL ("
    "  SELECT sequence, event_id, key, type, (extract(epoch FROM occurred_time) * 1000000)::bigint, payload"
    "  FROM (SELECT *, sum(octet_length(payload)) OVER (ORDER BY sequence) - octet_length(payload) AS bytes_before"
    "        FROM (SELECT * FROM outbox WHERE sequence > $1 ORDER BY sequence LIMIT $2) AS wanted) AS measured"
    "  WHERE bytes_before < $3) AS page ON true ORDER BY page.sequence";

}  // namespace

v1::ReplayResponse ReadOutbox(pqxx::work& transaction, const std::string& source, uint64_t after, uint32_t limit) {
    const pqxx::result rows = transaction.exec_params(kRead, after, limit, kPageBytes);
    v1::ReplayResponse page;
    page.set_epoch(rows.at(0)[0].as<std::string>());
    page.set_last_sequence(rows.at(0)[1].as<uint64_t>());
    for (const pqxx::row& row : rows) {
        if (row[2].is_null()) {
            break;
        }
        v1::Envelope& event = *page.add_events();
        event.set_source(source);
        event.set_epoch(page.epoch());
        event.set_sequence(row[2].as<uint64_t>());
        event.set_event_id(row[3].c_str());
        event.set_key(row[4].c_str());
        event.set_type(row[5].c_str());
        *event.mutable_occurred_time() =
            google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(row[6].as<int64_t>());
        event.set_payload(pqxx::binarystring(row[7]).str());
    }
    return page;
}

}  // namespace trunkline::bus
