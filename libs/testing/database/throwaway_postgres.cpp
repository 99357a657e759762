// initdb, start, stop, and a watcher that cleans up even when the test program is killed.
#include "testing/database/throwaway_postgres.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace trunkline::testing {
namespace {

constexpr const char* kBinaries = "/usr/lib/postgresql/15/bin/";

// PostgreSQL refuses to run as root; the package's own user does it then.
std::string AsServerUser() { return geteuid() == 0 ? "runuser -u postgres -- " : ""; }

int FreePort() {
    const int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    const bool bound = bind(socket_fd, generic, length) == 0 && getsockname(socket_fd, generic, &length) == 0;
    close(socket_fd);
    if (!bound) {
        throw std::runtime_error("no free port on 127.0.0.1 for a PostgreSQL of the test");
    }
    return ntohs(address.sin_port);
}

std::string ReadAll(const std::string& path) {
    std::ifstream stream(path);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::string MakeFolder() {
    std::array<char, 32> folder{"/tmp/trunkline-pg-XXXXXX"};
    if (mkdtemp(folder.data()) == nullptr) {
        throw std::runtime_error("cannot make a folder under /tmp for a PostgreSQL of the test");
    }
    return folder.data();
}

}  // namespace

ThrowawayPostgres& ThrowawayPostgres::Shared() {
    static ThrowawayPostgres server;
    return server;
}

ThrowawayPostgres::ThrowawayPostgres() {
    if (access((std::string(kBinaries) + "initdb").c_str(), X_OK) != 0) {
        throw std::runtime_error(std::string(kBinaries) + "initdb is missing; install the package postgresql-15");
    }
    folder_ = MakeFolder();
    // The watcher ends when its standard input does, that is when this program ends in whatever way.
    const std::string watcher = "trap '' INT TERM HUP; cat >/dev/null; cd /; " + AsServerUser() + kBinaries +
                                "pg_ctl -D " + folder_ + "/data -m immediate stop >/dev/null 2>&1; rm -rf " + folder_;
    watcher_ = popen(watcher.c_str(), "we");
    if (geteuid() == 0) {
        Run("chown postgres " + folder_);
    }
    Run(AsServerUser() + kBinaries + "initdb -D " + folder_ +
        "/data -U trunkline -A trust -E UTF8 --locale=C --no-sync");
    port_ = FreePort();
    Restart();
    url_ = "postgresql://trunkline@127.0.0.1:" + std::to_string(port_) + "/postgres";
}

ThrowawayPostgres::~ThrowawayPostgres() {
    if (watcher_ != nullptr) {
        pclose(watcher_);
    }
}

std::unique_ptr<db::Pool> ThrowawayPostgres::NewSchema(const std::string& word, int connections) {
    const std::string name = word + "_" + std::to_string(++schemas_);
    pqxx::connection connection(url_);
    pqxx::work transaction(connection);
    transaction.exec("CREATE ROLE " + transaction.quote_name(name) + " LOGIN");
    transaction.exec("CREATE SCHEMA AUTHORIZATION " + transaction.quote_name(name));
    transaction.commit();
    db::PoolConfig config;
    config.url = "postgresql://" + name + "@127.0.0.1:" + std::to_string(port_) + "/postgres";
    config.schema = name;
    config.size = connections;
    return std::make_unique<db::Pool>(config);
}

void ThrowawayPostgres::Crash() {
    const std::string data = folder_ + "/data";
    Run("pid=$(head -n 1 " + data + "/postmaster.pid); kill -9 $pid $(cat /proc/$pid/task/$pid/children)");
    Run("while ls -l /proc/[0-9]*/cwd 2>/dev/null | grep -q '" + data + "$'; do sleep 0.02; done");
    // All are gone, but a dead one whom nobody has reaped yet would look alive to the next start.
    Run("rm " + data + "/postmaster.pid");
}

void ThrowawayPostgres::Restart() {
    Run(AsServerUser() + kBinaries + "pg_ctl -w -D " + folder_ + "/data -l " + folder_ + "/log -o '-p " +
        std::to_string(port_) + " -h 127.0.0.1 -c unix_socket_directories= -c max_connections=200' start");
}

void ThrowawayPostgres::Run(const std::string& command) const {
    const std::string output = folder_ + "/output";
    // The folder belongs to the server's user, who cannot enter this program's working folder.
    if (std::system(("cd / && { " + command + "; } >" + output + " 2>&1 </dev/null").c_str()) != 0) {
        throw std::runtime_error("failed: " + command + "\n" + ReadAll(output) + ReadAll(folder_ + "/log"));
    }
}

}  // namespace trunkline::testing
