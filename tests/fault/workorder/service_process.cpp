// fork, exec, kill.
#include "service_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <pqxx/pqxx>
#include <stdexcept>

namespace trunkline::workorder {
namespace {

std::string FreeAddress() {
    const int probe = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    const bool found = bind(probe, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                       getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length) == 0;
    close(probe);
    if (!found) {
        throw std::runtime_error("no free port");
    }
    return "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

}  // namespace

ServiceProcess::ServiceProcess(const std::string& bin, const std::string& database_url)
    : binary_(bin + "/workorder"), grpc_(FreeAddress()), bus_("tcp://" + FreeAddress()) {
    pqxx::connection connection(database_url);
    pqxx::work transaction(connection);
    transaction.exec("CREATE ROLE workorder LOGIN");
    transaction.exec("CREATE SCHEMA AUTHORIZATION workorder");
    transaction.commit();
    const size_t at = database_url.find('@');
    url_ = "postgresql://workorder" + database_url.substr(at);
    folder_ = std::filesystem::temp_directory_path() / ("order_fault_" + std::to_string(getpid()));
    std::filesystem::create_directory(folder_);
    std::ofstream(folder_ + "/workorder.yaml") << "grpc:\n  listen: " << grpc_ << "\nbus:\n  listen: " << bus_
                                               << "\nlog:\n  level: warning\ndatabase:\n  url: " << url_ << "\n";
}

ServiceProcess::~ServiceProcess() {
    Kill();
    std::filesystem::remove_all(folder_);
}

void ServiceProcess::Start() {
    const std::string config = folder_ + "/workorder.yaml";
    pid_ = fork();
    if (pid_ == 0) {
        const int log = open((folder_ + "/log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        dup2(log, STDOUT_FILENO);
        dup2(log, STDERR_FILENO);
        execl(binary_.c_str(), binary_.c_str(), "--config", config.c_str(), nullptr);
        _exit(127);
    }
}

void ServiceProcess::Kill() {
    if (pid_ > 0) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }
}

}  // namespace trunkline::workorder
