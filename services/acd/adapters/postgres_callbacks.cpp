// The statements.
#include "acd/adapters/postgres_callbacks.hpp"

#include <algorithm>

#include "acd/app/checkpoint.hpp"
#include "db/prepared.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::acd {
namespace {

constexpr const char* kUpsert =
    "INSERT INTO callbacks AS old (callback_id, queue_id, state, result, version, record) "
    "VALUES ($1, $2, $3::smallint, $4, $5::bigint, $6) ON CONFLICT (callback_id) DO UPDATE SET "
    "state = excluded.state, result = excluded.result, version = excluded.version, record = excluded.record "
    "WHERE old.version <= excluded.version";
constexpr const char* kDelete = "DELETE FROM callbacks WHERE callback_id = $1";
constexpr const char* kSelect = "SELECT callback_id, record FROM callbacks";
constexpr const char* kSelectDoNotCall = "SELECT number FROM do_not_call ORDER BY number";

}  // namespace

void SaveCallback(pqxx::work& transaction, const Callback& callback) {
    db::ExecPrepared(transaction, kUpsert, callback.id.str(), callback.queue.str(), static_cast<int>(callback.state),
                     callback.result, static_cast<int64_t>(callback.version), PackCallback(callback));
}

void DeleteCallback(pqxx::work& transaction, const CallbackId& callback) {
    db::ExecPrepared(transaction, kDelete, callback.str());
}

std::vector<Callback> LoadCallbacks(pqxx::work& transaction) {
    std::vector<Callback> callbacks;
    for (const auto& row : transaction.exec(kSelect)) {
        if (auto callback = UnpackCallback(row[1].c_str()); callback.ok()) {
            callbacks.push_back(std::move(*callback));
        } else {
            log::Error("a stored callback cannot be read", {{log::kName, row[0].c_str()}});
        }
    }
    std::sort(callbacks.begin(), callbacks.end(), [](const Callback& a, const Callback& b) {
        return std::tie(a.arrived, a.id) < std::tie(b.arrived, b.id);
    });
    return callbacks;
}

std::vector<std::string> LoadDoNotCall(pqxx::work& transaction) {
    std::vector<std::string> numbers;
    for (const auto& row : transaction.exec(kSelectDoNotCall)) {
        numbers.emplace_back(row[0].c_str());
    }
    return numbers;
}

}  // namespace trunkline::acd
