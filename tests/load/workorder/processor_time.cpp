// /proc/PID/stat: fields 14 to 17 are ticks in user and kernel mode, own and of children that ended.
#include "processor_time.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace trunkline::workorder {
namespace {

struct Stat {
    pid_t parent = 0;
    double own = 0;
    double ended = 0;
};

Stat StatOf(const std::string& pid) {
    std::ifstream file("/proc/" + pid + "/stat");
    std::string line;
    std::getline(file, line);
    // The name, in brackets, may hold anything.
    std::istringstream rest(line.substr(std::min(line.size(), line.rfind(')') + 2)));
    std::string skipped;
    Stat stat;
    rest >> skipped >> stat.parent;
    for (int field = 5; field < 14; ++field) {
        rest >> skipped;
    }
    double user = 0, kernel = 0, ended_user = 0, ended_kernel = 0;
    rest >> user >> kernel >> ended_user >> ended_kernel;
    const double millis = 1000.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
    return {stat.parent, (user + kernel) * millis, (ended_user + ended_kernel) * millis};
}

}  // namespace

ProcessorTime Used(pid_t service, pid_t postmaster) {
    ProcessorTime used;
    used.service = StatOf(std::to_string(service)).own;
    used.callers = StatOf(std::to_string(getpid())).own;
    const Stat server = StatOf(std::to_string(postmaster));
    used.database = server.own + server.ended;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") == std::string::npos) {
            if (const Stat stat = StatOf(name); stat.parent == postmaster) {
                used.database += stat.own;
            }
        }
    }
    return used;
}

}  // namespace trunkline::workorder
