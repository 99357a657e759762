// A PostgreSQL server for one test program: initdb into a temporary folder, a free port on loopback, gone at the end.
#pragma once
#include <cstdio>
#include <memory>
#include <string>

#include "db/pool.hpp"

namespace trunkline::testing {

// Started at first use and shared by the tests of one program; each test takes a schema of its own.
class ThrowawayPostgres {
 public:
    // The program's server. Throws std::runtime_error naming what is missing (package postgresql).
    static ThrowawayPostgres& Shared();

    // A fresh role and schema, and a pool on it.
    std::unique_ptr<db::Pool> NewSchema(const std::string& word, int connections = 4);
    const std::string& url() const { return url_; }

    // Fault injection: stops the server at once (as kill -9), starts it again on the same port.
    void Crash();
    void Restart();

    ~ThrowawayPostgres();

 private:
    ThrowawayPostgres();
    void Run(const std::string& command) const;

    FILE* watcher_ = nullptr;  // cleans up when its pipe closes
    std::string folder_;
    std::string url_;
    int port_ = 0;
    int schemas_ = 0;
};

}  // namespace trunkline::testing
