// SQL of flow versions; times travel as milliseconds since 1970.
#include "ivr/adapters/postgres_flow_store.hpp"

#include "bus/outbox.hpp"
#include "trunkline/ivr/v1/events.pb.h"

namespace trunkline::ivr {
namespace {

// Two publishers of one flow take turns.
constexpr const char* kLockFlow = "SELECT pg_advisory_xact_lock(hashtext('ivr.flow'), hashtext($1))";
constexpr const char* kInsertVersion =
    "INSERT INTO flow_versions (name, version, body, note, publish_time)"
    " SELECT $1, coalesce(max(version), 0) + 1, $2, $3, to_timestamp($4::bigint / 1000.0)"
    " FROM flow_versions WHERE name = $1 RETURNING version";
constexpr const char* kSetCurrent =
    "INSERT INTO current_flows (name, version) VALUES ($1, $2)"
    " ON CONFLICT (name) DO UPDATE SET version = excluded.version";
constexpr const char* kSelectVersions =
    "SELECT name, v.version, body, note, round(extract(epoch FROM publish_time) * 1000)::bigint AS published,"
    " c.version = v.version AS current"
    " FROM flow_versions v JOIN current_flows c USING (name)"
    " WHERE $1 = '' OR (name = $1 AND v.version = $2) ORDER BY name, v.version";

StoredFlow Read(const pqxx::row& row) {
    return {{row["name"].as<std::string>(), row["version"].as<uint32_t>()},
            row["body"].as<std::string>(),
            row["note"].as<std::string>(),
            FromUnixMillis(row["published"].as<int64_t>()),
            row["current"].as<bool>()};
}

void MakeCurrent(pqxx::work& transaction, const FlowVersion& version, TimePoint now) {
    transaction.exec_params(kSetCurrent, version.name, version.version);
    v1::FlowPublished fact;
    fact.set_flow(version.name);
    fact.set_version(version.version);
    // A version can become the current one more than once, each time a fact of its own.
    const std::string identity =
        version.name + "/" + std::to_string(version.version) + "/" + std::to_string(ToUnixMillis(now));
    bus::Append(transaction, {bus::MakeEvent(fact, version.name, identity, now)});
}

}  // namespace

Result<StoredFlow> PostgresFlowStore::Publish(const std::string& name, const std::string& body, const std::string& note,
                                              TimePoint now) {
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kLockFlow, name);
        const auto version =
            transaction.exec_params1(kInsertVersion, name, body, note, ToUnixMillis(now))[0].as<uint32_t>();
        MakeCurrent(transaction, {name, version}, now);
        return StoredFlow{{name, version}, body, note, now, true};
    });
    if (stored) committed_();
    return stored;
}

Result<StoredFlow> PostgresFlowStore::RollBack(const FlowVersion& version, TimePoint now) {
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        transaction.exec_params(kLockFlow, version.name);
        const auto rows = transaction.exec_params(kSelectVersions, version.name, version.version);
        if (rows.empty()) {
            throw db::Rollback{{Code::kNotFound, "UNKNOWN_FLOW_VERSION",
                                version.name + " has no version " + std::to_string(version.version)}};
        }
        MakeCurrent(transaction, version, now);
        StoredFlow flow = Read(rows[0]);
        flow.current = true;
        return flow;
    });
    if (stored) committed_();
    return stored;
}

Result<std::vector<StoredFlow>> PostgresFlowStore::List() {
    return pool_.Run([](pqxx::work& transaction) {
        std::vector<StoredFlow> flows;
        for (const pqxx::row& row : transaction.exec_params(kSelectVersions, "", 0)) flows.push_back(Read(row));
        return flows;
    });
}

}  // namespace trunkline::ivr
