// Every change of a setting is kept: what it became, who made it and when, in the transaction that makes it.
#pragma once
#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <pqxx/pqxx>
#include <string>

#include "db/pool.hpp"
#include "trunkline/versions/v1/versions.pb.h"

namespace trunkline::versions {

// Who makes the changes of this thread while it lives. Handlers that put or delete a setting begin with one; they call
// their store on their own thread, so the name need not travel through every port.
class Author {
 public:
    // Without a context: "system", as in tests that call a handler directly.
    explicit Author(const grpc::ServerContextBase* context);
    Author(std::string id, std::string name);
    ~Author();
    Author(const Author&) = delete;
    Author& operator=(const Author&) = delete;
};

// A value that the setting has already makes no new version. Both throw pqxx exceptions.
void Keep(pqxx::work& transaction, const std::string& resource, const std::string& id,
          const google::protobuf::Message& value);
void KeepRemoval(pqxx::work& transaction, const std::string& resource, const std::string& id);

// The table of versions, in front of a service's own migrations.
db::Migrations With(const db::Migrations& migrations);

grpc::Status List(db::Pool& pool, const v1::ListVersionsRequest& request, v1::ListVersionsResponse& response);

// trunkline.<service>.v1.SettingVersions; `Base` is its Service.
template <class Base>
class GrpcVersions final : public Base {
 public:
    explicit GrpcVersions(db::Pool& pool) : pool_(pool) {}

    grpc::Status ListVersions(grpc::ServerContext*, const v1::ListVersionsRequest* request,
                              v1::ListVersionsResponse* response) override {
        return List(pool_, *request, *response);
    }

 private:
    db::Pool& pool_;
};

}  // namespace trunkline::versions
