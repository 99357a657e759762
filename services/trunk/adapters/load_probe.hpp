// Measures how the SIP thread and its machine do: processor time, lateness of timers, free RTP ports, free disk.
#pragma once
#include <filesystem>

#include "media/engine.hpp"
#include "sip/timers.hpp"
#include "trunk/domain/load_guard.hpp"

namespace trunkline::trunk {

// On the SIP thread.
class LoadProbe {
 public:
    LoadProbe(sip::Timers& timers, const media::Engine& engine, std::filesystem::path spool);

    void Start();
    // Since the last call.
    LoadSample Take();

 private:
    void Expect();

    sip::Timers& timers_;
    const media::Engine& engine_;
    const std::filesystem::path spool_;
    sip::Timer probe_;
    SteadyTime taken_{};
    Duration processor_{};  // of this thread when last taken
    Duration lag_{};        // summed over `probes_`
    int probes_ = 0;
};

}  // namespace trunkline::trunk
