// A callback: asked for by CallbackRequested, done by CallbackEnded, in whichever order they arrive. They are rare, so
// each is a statement of its own.
#include "db/prepared.hpp"
#include "reporting/adapters/projections/projections.hpp"
#include "trunkline/acd/v1/events.pb.h"

namespace trunkline::reporting {
namespace {

constexpr const char* kAsk =
    "INSERT INTO callback (callback_id, queue_id, ask_time) VALUES ($1, $2, to_timestamp($3::bigint / 1000.0))"
    " ON CONFLICT (callback_id) DO UPDATE SET ask_time = EXCLUDED.ask_time";
constexpr const char* kEnd =
    "INSERT INTO callback (callback_id, queue_id, end_time, result, tries)"
    " VALUES ($1, $2, to_timestamp($3::bigint / 1000.0), $4, $5::integer) ON CONFLICT (callback_id) DO UPDATE SET"
    " end_time = EXCLUDED.end_time, result = EXCLUDED.result, tries = EXCLUDED.tries";

}  // namespace

void ProjectCallback(pqxx::work& transaction, const bus::Received& event) {
    acd::v1::CallbackRequested asked;
    acd::v1::CallbackEnded ended;
    if (event.To(asked)) {
        db::ExecPrepared(transaction, kAsk, asked.callback_id(), asked.queue_id(), ToUnixMillis(event.occurred));
    } else if (event.To(ended)) {
        db::ExecPrepared(transaction, kEnd, ended.callback_id(), ended.queue_id(), ToUnixMillis(event.occurred),
                         ended.result(), static_cast<int>(ended.tries()));
    }
}

}  // namespace trunkline::reporting
