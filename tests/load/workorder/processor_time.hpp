// Processor time of processes, from /proc: of one, and of a server with all its children.
#pragma once
#include <sys/types.h>

namespace trunkline::workorder {

// Milliseconds used so far by the service, by PostgreSQL with its backends, and by this program.
struct ProcessorTime {
    double service = 0;
    double database = 0;
    double callers = 0;

    ProcessorTime operator-(const ProcessorTime& other) const {
        return {service - other.service, database - other.database, callers - other.callers};
    }
};
ProcessorTime Used(pid_t service, pid_t postmaster);

}  // namespace trunkline::workorder
