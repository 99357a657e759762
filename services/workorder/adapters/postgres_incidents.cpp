// Incidents: one event that gathers many orders and answers them all.
#include "workorder/adapters/service_store.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

// Derived from the request id, so that the same request opens it once.
constexpr const char* kOpen =
    "INSERT INTO incident (incident_id, title, text, actor, create_time, unit) VALUES ($1, $2, $3, $4,"
    " to_timestamp($5::bigint / 1000.0), $6) ON CONFLICT DO NOTHING";
// $1 is the scope; an empty one sees everything.
constexpr const char* kColumns =
    "SELECT incident_id, title, text, actor, round(extract(epoch FROM create_time) * 1000)::bigint, answer, closing,"
    " running, answered, failed, round(extract(epoch FROM answer_time) * 1000)::bigint,"
    " (SELECT count(*) FROM work_order WHERE incident_id <> '' AND work_order.incident_id = incident.incident_id::text"
    " AND ($1 = '{}' OR units && $1::text[])) FROM incident WHERE ($1 = '{}' OR unit = ANY($1::text[]) OR EXISTS"
    " (SELECT FROM work_order WHERE incident_id <> '' AND work_order.incident_id = incident.incident_id::text"
    " AND units && $1::text[])) AND ";
constexpr const char* kById = "incident_id::text = $2";
constexpr const char* kPage = "($2 = '' OR incident_id < NULLIF($2, '')::uuid) ORDER BY incident_id DESC LIMIT $3";
constexpr const char* kBegin =
    "UPDATE incident SET answer = $2, answer_actor = $3, answer_id = $4, closing = $5, running = true, answered = 0,"
    " failed = 0, answer_time = to_timestamp($6::bigint / 1000.0) WHERE incident_id::text = $1 AND answer_id <> $4";
constexpr const char* kRunning =
    "SELECT incident_id::text, answer_actor, answer, answer_id, closing FROM incident WHERE running ORDER BY "
    "answer_time";
constexpr const char* kWaiting =
    "SELECT order_id FROM work_order WHERE incident_id <> '' AND incident_id = $1 AND open AND NOT EXISTS (SELECT FROM"
    " request WHERE request_id = 'incident/' || $2 || '/' || work_order.order_id::text) ORDER BY order_id LIMIT $3";
constexpr const char* kRecordAnswers =
    "UPDATE incident SET answered = answered + $2, failed = failed + $3, running = running AND NOT $4"
    " WHERE incident_id::text = $1";

v1::Incident Read(const pqxx::row& row) {
    v1::Incident incident;
    incident.set_incident_id(row[0].as<std::string>());
    incident.set_title(row[1].as<std::string>());
    incident.set_text(row[2].as<std::string>());
    incident.set_actor(row[3].as<std::string>());
    *incident.mutable_create_time() = ToTimestamp(FromUnixMillis(row[4].as<int64_t>()));
    incident.set_answer(row[5].as<std::string>());
    incident.set_closing(row[6].as<bool>());
    incident.set_running(row[7].as<bool>());
    incident.set_answered(row[8].as<uint32_t>());
    incident.set_failed(row[9].as<uint32_t>());
    if (!row[10].is_null()) {
        *incident.mutable_answer_time() = ToTimestamp(FromUnixMillis(row[10].as<int64_t>()));
    }
    incident.set_orders(row[11].as<uint32_t>());
    return incident;
}

v1::Incident Load(pqxx::work& transaction, const std::string& incident_id, const Scope& scope) {
    const auto rows = transaction.exec_params(std::string(kColumns) + kById, ArrayLiteral(scope), incident_id);
    if (rows.empty()) {
        throw db::Rollback{{Code::kNotFound, "INCIDENT_NOT_FOUND", "there is no incident " + incident_id}};
    }
    return Read(rows[0]);
}

Error Missing(const char* message) { return {Code::kInvalidArgument, "FIELD_MISSING", message}; }

}  // namespace

Result<v1::Incident> ServiceStore::OpenIncident(const v1::OpenIncidentRequest& request, const std::string& unit) {
    if (request.request_id().empty() || request.title().empty() || request.title().size() > 200 ||
        request.text().size() > 10'000) {
        return Missing("request_id and title must be given; title up to 200 bytes, text up to 10000");
    }
    const std::string id = DerivedId("incident/" + request.request_id());
    return parts_.pool.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kOpen, id, request.title(), request.text(), request.actor(), Now(), unit);
        return Load(transaction, id, {});
    });
}

Result<v1::Incident> ServiceStore::FindIncident(const std::string& incident_id, const Scope& scope) {
    return parts_.pool.Run([&](pqxx::work& transaction) { return Load(transaction, incident_id, scope); });
}

Result<v1::ListIncidentsResponse> ServiceStore::ListIncidents(const v1::ListIncidentsRequest& request,
                                                              const Scope& scope) {
    const int limit = request.page_size() == 0 ? 50 : static_cast<int>(std::min<uint32_t>(request.page_size(), 200));
    return parts_.pool.Run([&](pqxx::work& transaction) {
        v1::ListIncidentsResponse page;
        for (const auto& row : transaction.exec_params(std::string(kColumns) + kPage, ArrayLiteral(scope),
                                                       request.page_token(), limit + 1)) {
            if (page.incidents_size() == limit) {
                page.set_next_page_token(page.incidents(limit - 1).incident_id());
                break;
            }
            *page.add_incidents() = Read(row);
        }
        return page;
    });
}

Result<v1::Incident> ServiceStore::BeginAnswer(const v1::AnswerIncidentRequest& request) {
    if (request.request_id().empty() || request.text().empty() || request.text().size() > 10'000) {
        return Missing("request_id and text must be given; text up to 10000 bytes");
    }
    return parts_.pool.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kBegin, request.incident_id(), request.text(), request.actor(), request.request_id(),
                                request.close(), Now());
        return Load(transaction, request.incident_id(), {});
    });
}

Result<std::vector<ServiceStore::AnswerWork>> ServiceStore::AnswersUnderWay(int orders_limit) {
    return parts_.pool.Run([&](pqxx::work& transaction) {
        std::vector<AnswerWork> works;
        for (const auto& row : transaction.exec(kRunning)) {
            AnswerWork work{row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::string>(),
                            row[3].as<std::string>(), row[4].as<bool>(),        {}};
            for (const auto& order :
                 transaction.exec_params(kWaiting, work.incident_id, work.answer_id, orders_limit)) {
                work.orders.push_back(order[0].as<std::string>());
            }
            works.push_back(std::move(work));
        }
        return works;
    });
}

Status ServiceStore::RecordAnswers(const std::string& incident_id, int answered, int failed, bool finished) {
    return parts_.pool.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kRecordAnswers, incident_id, answered, failed, finished);
    });
}

}  // namespace trunkline::workorder
