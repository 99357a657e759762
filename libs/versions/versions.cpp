// One table for all settings of a service; the newest row of a setting is what it is now.
#include "versions/versions.hpp"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "db/prepared.hpp"
#include "rpc/caller.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::versions {
namespace {

constexpr const char* kCreate = R"sql(
-- What settings were: the JSON form of their API messages; null when the setting was removed.
CREATE TABLE setting_version (
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    resource text NOT NULL,
    id text NOT NULL,
    version integer NOT NULL,
    body jsonb,
    author text NOT NULL,
    author_name text NOT NULL,
    time timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (resource, id, version)
);
)sql";

// Nothing is inserted when the newest version says the same.
constexpr const char* kKeep =
    "INSERT INTO setting_version (resource, id, version, body, author, author_name) "
    "SELECT $1, $2, coalesce(max(version), 0) + 1, $3::jsonb, $4, $5 FROM setting_version "
    "WHERE resource = $1 AND id = $2 HAVING (SELECT body FROM setting_version WHERE resource = $1 AND id = $2 "
    "ORDER BY version DESC LIMIT 1) IS DISTINCT FROM $3::jsonb";
constexpr const char* kList =
    "SELECT number, resource, id, version, coalesce(body::text, ''), author, author_name, "
    "(extract(epoch FROM time) * 1000)::bigint FROM setting_version WHERE ($1 = '' OR resource = $1) "
    "AND ($2 = '' OR id = $2) AND ($3 = 0 OR number < $3) ORDER BY number DESC LIMIT $4";

constexpr uint32_t kPage = 50;
constexpr uint32_t kMostPage = 200;

thread_local std::string author_id = "system";
thread_local std::string author_name;

void Insert(pqxx::work& transaction, const std::string& resource, const std::string& id, const char* json) {
    transaction.exec_params(kKeep, resource, id, json, author_id, author_name);
}

void Fill(const pqxx::row& row, v1::Version& version) {
    version.set_number(row[0].as<uint64_t>());
    version.set_resource(row[1].as<std::string>());
    version.set_id(row[2].as<std::string>());
    version.set_version(row[3].as<uint32_t>());
    version.set_json(row[4].as<std::string>());
    version.set_author(row[5].as<std::string>());
    version.set_author_name(row[6].as<std::string>());
    const auto millis = row[7].as<int64_t>();
    version.mutable_time()->set_seconds(millis / 1000);
    version.mutable_time()->set_nanos(static_cast<int32_t>(millis % 1000) * 1'000'000);
}

}  // namespace

Author::Author(const grpc::ServerContextBase* context) {
    const rpc::Caller caller = context == nullptr ? rpc::Caller{} : rpc::CallerOf(*context);
    author_id = caller.Name();
    author_name = caller.user_name;
}

Author::Author(std::string id, std::string name) {
    author_id = std::move(id);
    author_name = std::move(name);
}

Author::~Author() {
    author_id = "system";
    author_name.clear();
}

void Keep(pqxx::work& transaction, const std::string& resource, const std::string& id,
          const google::protobuf::Message& value) {
    std::string json;
    (void)google::protobuf::util::MessageToJsonString(value, &json);
    Insert(transaction, resource, id, json.c_str());
}

void KeepRemoval(pqxx::work& transaction, const std::string& resource, const std::string& id) {
    Insert(transaction, resource, id, nullptr);
}

db::Migrations With(const db::Migrations& migrations) {
    db::Migrations all{{"versions_0001_create_setting_version", kCreate}};
    all.insert(all.end(), migrations.begin(), migrations.end());
    return all;
}

grpc::Status List(db::Pool& pool, const v1::ListVersionsRequest& request, v1::ListVersionsResponse& response) {
    const uint32_t size = std::min(request.page_size() == 0 ? kPage : request.page_size(), kMostPage);
    const auto rows = pool.Run([&](pqxx::work& transaction) {
        // One more tells whether there is a next page.
        return transaction.exec_params(kList, request.resource(), request.id(), static_cast<int64_t>(request.before()),
                                       static_cast<int>(size) + 1);
    });
    if (!rows.ok()) {
        return rpc::ToGrpc(rows.error());
    }
    for (const auto& row : *rows) {
        if (response.versions_size() == static_cast<int>(size)) {
            response.set_next(response.versions(response.versions_size() - 1).number());
            break;
        }
        Fill(row, *response.add_versions());
    }
    return grpc::Status::OK;
}

}  // namespace trunkline::versions
