// The directory in PostgreSQL. Read whole at start, written through by the API.
#pragma once
#include "db/pool.hpp"
#include "trunk/domain/directory.hpp"

namespace trunkline::trunk {

// Blocks; worker threads only. Errors are those of db::Pool.
class PostgresDirectory {
 public:
    explicit PostgresDirectory(db::Pool& pool) : pool_(pool) {}

    Result<Directory> Load();
    Status Save(const Phone& phone);
    Status Save(const CarrierTrunk& trunk);
    Status Save(const Number& number);
    Status Save(const TrunkGroup& group);
    // NOT_FOUND when there is none.
    Status DeletePhone(const std::string& name);
    Status DeleteTrunk(const std::string& name);
    Status DeleteNumber(const std::string& number);
    Status DeleteGroup(const std::string& name);

 private:
    // With a resource its removal is kept among the versions.
    Status Delete(const char* statement, const std::string& name, const char* resource = nullptr);

    db::Pool& pool_;
};

}  // namespace trunkline::trunk
