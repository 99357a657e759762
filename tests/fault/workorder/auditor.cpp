// Rows, logs, request ids, messages and events of one step are one transaction: each pair of them must agree.
#include "auditor.hpp"

#include <cstdio>

namespace trunkline::workorder {
namespace {

const std::string kEntries = "(SELECT count(*) FROM order_log l WHERE l.order_id = o.order_id)";
const std::string kTold =
    "(SELECT count(*) FROM outbox e WHERE e.key = o.order_id::text AND e.type LIKE '%.Order%' AND e.type";
// A merged order's entry in the other one's log has the same kind, and means no end and no message there.
const std::string kOwnEntries =
    "(SELECT count(*) FROM order_log l WHERE l.order_id = o.order_id AND (step <> 17 OR o.phase = 9) AND step IN ";

}  // namespace

Auditor::Auditor(const std::string& url)
    : connection_(url + "?options=-csearch_path%3Dworkorder"), read_(connection_) {}

bool Auditor::Nothing(const char* what, const std::string& query) {
    const auto rows = read_.exec(query);
    if (!rows.empty()) {
        std::fprintf(stderr, "FAILED: %zu times %s, such as %s\n", static_cast<size_t>(rows.size()), what,
                     rows[0][0].c_str());
    }
    return rows.empty();
}

bool Auditor::Holds(const Ledger& ledger) {
    std::map<std::string, std::pair<int, int>> stored;
    for (const auto& row : read_.exec("SELECT order_id, (SELECT count(*) FROM order_log l WHERE l.order_id ="
                                      " o.order_id), (SELECT count(*) FROM request r WHERE r.order_id = o.order_id)"
                                      " FROM work_order o")) {
        stored[row[0].as<std::string>()] = {row[1].as<int>(), row[2].as<int>()};
    }
    bool sound = true;
    for (const auto& [order, entry] : ledger.entries()) {
        const auto& [steps, requests] = stored[order];
        const int echoes = steps - requests;
        const bool right =
            steps >= entry.steps && steps <= entry.steps + 4 && echoes >= entry.echoes && echoes <= entry.echoes + 1;
        if (!right) {
            std::fprintf(stderr, "FAILED: order %s was acknowledged %d steps and holds %d, by %d requests\n",
                         order.c_str(), entry.steps, steps, requests);
            sound = false;
        }
    }
    return sound;
}

bool Auditor::All(const Ledger& ledger) {
    const bool tables =
        Nothing("log and revision differ", "SELECT number FROM work_order o WHERE revision <> " + kEntries) &&
        Nothing("a hole in a log", "SELECT order_id FROM order_log GROUP BY 1 HAVING max(number) <> count(*)") &&
        Nothing("log and events differ", "SELECT number FROM work_order o WHERE " + kEntries + " <> " + kTold +
                                             " ~ 'OrderCreated|OrderStepTaken')") &&
        Nothing("closed and not told so", "SELECT number FROM work_order o WHERE " + kOwnEntries +
                                              "(6, 9, 17, 27, 31)) <> " + kTold + " ~ 'OrderClosed')") &&
        Nothing("a message missing or doubled",
                "SELECT number FROM work_order o WHERE (SELECT count(*) FROM notice n WHERE n.order_id = o.order_id)"
                " <> " +
                    kOwnEntries + "(1, 3, 4, 6, 9, 17, 26, 27, 30, 31, 33))") &&
        Nothing("a deadline without an alarm", "SELECT number FROM work_order o WHERE open AND alarm_time IS NULL");
    return Holds(ledger) && tables;
}

int Auditor::Count(const std::string& table) { return read_.exec1("SELECT count(*) FROM " + table)[0].as<int>(); }

}  // namespace trunkline::workorder
