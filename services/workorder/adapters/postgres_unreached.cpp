// Messages that arrived nowhere, and the orders that ask to call back.
#include "workorder/adapters/service_store.hpp"

namespace trunkline::workorder {
namespace {

constexpr const char* kUnreached =
    "SELECT notice_id, order_id, number, text, coalesce((SELECT other.task_number FROM notice AS other JOIN work_order"
    " AS task ON task.number = other.task_number WHERE other.order_id = notice.order_id AND other.task_number <> ''"
    " AND task.open LIMIT 1), '') FROM notice WHERE unreached ORDER BY order_id, notice_id LIMIT $1";
constexpr const char* kSetTask = "UPDATE notice SET task_number = $2, unreached = false WHERE notice_id = $1";

}  // namespace

Result<std::vector<ServiceStore::Unreached>> ServiceStore::UnreachedCustomers(int limit) {
    return parts_.pool.RunOne([&](pqxx::nontransaction& statement) {
        std::vector<Unreached> waiting;
        for (const auto& row : statement.exec_params(kUnreached, limit)) {
            waiting.push_back({row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::string>(),
                               row[3].as<std::string>(), row[4].as<std::string>()});
        }
        return waiting;
    });
}

Status ServiceStore::SetTask(const std::string& notice_id, const std::string& task_number) {
    return parts_.pool.Run([&](pqxx::work& transaction) { transaction.exec_params(kSetTask, notice_id, task_number); });
}

}  // namespace trunkline::workorder
