// SQL of crews: who they are, their orders, their messages.
#include "workorder/adapters/catalogue.hpp"
#include "workorder/adapters/numbers.hpp"
#include "workorder/adapters/postgres_catalogue_sql.hpp"
#include "workorder/adapters/service_store.hpp"

namespace trunkline::workorder {
namespace {

constexpr const char* kPutCrew =
    "INSERT INTO crew (crew_id, name, unit_id, number, number_plain, retired) VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (crew_id) DO UPDATE SET name = $2, unit_id = $3, number = $4, number_plain = $5, retired = $6";
constexpr const char* kOrdersOfCrew =
    "SELECT order_id, number FROM work_order WHERE crew = $1 AND crew <> '' AND open ORDER BY work_order.order_id DESC"
    " LIMIT 20";
constexpr const char* kFindMessage = "SELECT outcome, order_id, number, reply FROM crew_message WHERE request_id = $1";
constexpr const char* kKeepMessage =
    "INSERT INTO crew_message (request_id, crew_id, sender, text, outcome, order_id, number, reply, time) VALUES ($1, "
    "$2,"
    " $3, $4, $5, $6, $7, $8, to_timestamp($9::bigint / 1000.0)) ON CONFLICT DO NOTHING";

v1::Crew Read(const pqxx::row& row) {
    v1::Crew crew;
    crew.set_crew_id(row[0].as<std::string>());
    crew.set_name(row[1].as<std::string>());
    crew.set_unit_id(row[2].as<std::string>());
    crew.set_number(row[3].as<std::string>());
    crew.set_retired(row[4].as<bool>());
    return crew;
}

}  // namespace

Result<std::vector<v1::Crew>> Catalogue::Crews() {
    return pool_.RunOne([&](pqxx::nontransaction& statement) {
        std::vector<v1::Crew> crews;
        for (const auto& row : statement.exec(sql::kCrews)) {
            crews.push_back(Read(row));
        }
        return crews;
    });
}

Result<v1::Crew> Catalogue::PutCrew(v1::Crew crew) {
    const auto present = Crews();
    if (!present.ok()) {
        return present.error();
    }
    const bool unchanged = crew.number().empty() || crew.number().find("***") != std::string::npos;
    for (const v1::Crew& other : *present) {
        if (other.crew_id() == crew.crew_id() && unchanged) {
            crew.set_number(other.number());
        } else if (other.crew_id() != crew.crew_id() && Canonical(other.number()) == Canonical(crew.number())) {
            return Error{Code::kAlreadyExists, "NUMBER_TAKEN", "crew " + other.crew_id() + " has this number"};
        }
    }
    const auto settings = Now();
    if (crew.crew_id().empty() || crew.crew_id().size() > 60 || crew.name().empty() || crew.name().size() > 200 ||
        settings->units().Find(crew.unit_id()) == nullptr || !IsSubscriber(crew.number())) {
        return Error{Code::kInvalidArgument, "BAD_FIELD",
                     "a crew needs a crew_id of up to 60 bytes, a name, a unit of ListUnits and a telephone's number"};
    }
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        transaction.exec(sql::kRaiseHead);
        transaction.exec_params(kPutCrew, crew.crew_id(), crew.name(), crew.unit_id(), crew.number(),
                                Canonical(crew.number()), crew.retired());
        return crew;
    });
    const Status loaded = stored.ok() ? Refresh() : Status{};
    return loaded.ok() ? stored : Result<v1::Crew>(loaded.error());
}

Result<std::vector<ServiceStore::OpenOrder>> ServiceStore::OrdersOfCrew(const std::string& crew_id) {
    return parts_.pool.RunOne([&](pqxx::nontransaction& statement) {
        std::vector<OpenOrder> orders;
        for (const auto& row : statement.exec_params(kOrdersOfCrew, crew_id)) {
            orders.push_back({row[0].as<std::string>(), row[1].as<std::string>()});
        }
        return orders;
    });
}

Result<std::optional<v1::ReceiveCrewMessageResponse>> ServiceStore::FindCrewMessage(const std::string& request_id) {
    return parts_.pool.RunOne([&](pqxx::nontransaction& statement) {
        std::optional<v1::ReceiveCrewMessageResponse> answer;
        if (const auto rows = statement.exec_params(kFindMessage, request_id); !rows.empty()) {
            answer.emplace();
            answer->set_outcome(rows[0][0].as<std::string>());
            answer->set_order_id(rows[0][1].as<std::string>());
            answer->set_number(rows[0][2].as<std::string>());
            answer->set_reply(rows[0][3].as<std::string>());
        }
        return answer;
    });
}

// Of a sender who is no crew only the masked number is kept.
Status ServiceStore::KeepCrewMessage(const v1::ReceiveCrewMessageRequest& request, const std::string& crew_id,
                                     const v1::ReceiveCrewMessageResponse& answer) {
    return parts_.pool.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kKeepMessage, request.request_id(), crew_id, Masked(request.from_number()),
                                request.text(), answer.outcome(), answer.order_id(), answer.number(), answer.reply(),
                                Now());
    });
}

}  // namespace trunkline::workorder
