// The work-order service as a process of its own, over a PostgreSQL of this program's own.
#pragma once
#include <sys/types.h>

#include <string>

namespace trunkline::workorder {

class ServiceProcess {
 public:
    // Makes role, schema and configuration; `bin` is the folder of the binaries.
    ServiceProcess(const std::string& bin, const std::string& database_url);
    ~ServiceProcess();

    void Start();
    // kill -9, and waits for the end.
    void Kill();

    const std::string& grpc() const { return grpc_; }
    const std::string& bus() const { return bus_; }
    // For looking at its tables.
    const std::string& url() const { return url_; }
    pid_t pid() const { return pid_; }

 private:
    std::string binary_;
    std::string folder_;
    std::string grpc_;
    std::string bus_;
    std::string url_;
    pid_t pid_ = -1;
};

}  // namespace trunkline::workorder
