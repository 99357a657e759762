// Sheds new work when the gateway has too much, so that what is admitted is served well (O1, O2, O5). Established calls
// are never asked about.
//
// Once a second a sample says how things stand. After three bad ones in a row the share of calls that is shed grows by
// a step for each further bad sample, and shrinks by one for each good one; between good and bad (10 %) it stays.
#pragma once
#include <cstdint>
#include <string>

namespace trunkline::trunk {

struct LoadLimits {
    double processor = 0.85;   // share of one core that the SIP thread may need
    double lag_millis = 100;   // by how much its timers may be late, on average
    double free_ports = 0.05;  // share of the RTP ports that must be free
    double free_disk = 0.02;   // share of the spool's disk that must be free
};

struct LoadSample {
    double processor = 0;
    double lag_millis = 0;
    double free_ports = 1;
    double free_disk = 1;
};

// What asks to be let in, the first to be shed first.
enum class Work { kOptions, kRegisterRefresh, kOutboundCall, kInboundCall };

// One thread.
class LoadGuard {
 public:
    explicit LoadGuard(LoadLimits limits = {}) : limits_(limits) {}

    void Take(const LoadSample& sample);
    // Counts the work that it refuses: of 100 inbound calls `shed_percent` are refused, evenly spread.
    bool Admit(Work work);

    int shed_percent() const { return shed_percent_; }
    // What was over its limit in the last bad sample: processor, lag, ports, disk.
    const std::string& reason() const { return reason_; }

 private:
    // Above 1: over the limit; under 0.9: well again.
    double Pressure(const LoadSample& sample);

    LoadLimits limits_;
    int bad_samples_ = 0;  // in a row
    int shed_percent_ = 0;
    int spread_ = 0;  // carries the part of a refused call from call to call
    std::string reason_;
};

}  // namespace trunkline::trunk
