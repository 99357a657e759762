// The figures of one second.
#include "trunk/adapters/load_probe.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <system_error>

namespace trunkline::trunk {
namespace {

constexpr Duration kBetweenProbes = std::chrono::milliseconds(100);

Duration LengthOf(const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

Duration ProcessorTimeOfThisThread() {
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return LengthOf(usage.ru_utime) + LengthOf(usage.ru_stime);
}

double Seconds(Duration length) { return std::chrono::duration<double>(length).count(); }

}  // namespace

LoadProbe::LoadProbe(sip::Timers& timers, const media::Engine& engine, std::filesystem::path spool)
    : timers_(timers), engine_(engine), spool_(std::move(spool)), probe_(timers) {}

void LoadProbe::Start() {
    taken_ = timers_.Now();
    processor_ = ProcessorTimeOfThisThread();
    Expect();
}

void LoadProbe::Expect() {
    probe_.Start(kBetweenProbes, [this, due = timers_.Now() + kBetweenProbes] {
        lag_ += std::max(timers_.Now() - due, Duration{});
        ++probes_;
        Expect();
    });
}

LoadSample LoadProbe::Take() {
    LoadSample sample;
    const SteadyTime now = timers_.Now();
    const Duration processor = ProcessorTimeOfThisThread();
    if (now > taken_) {
        sample.processor = Seconds(processor - processor_) / Seconds(now - taken_);
    }
    if (probes_ > 0) {
        sample.lag_millis = Seconds(lag_) * 1000 / probes_;
    }
    sample.free_ports = engine_.Totals().free_ports;
    std::error_code ignored;  // a disk that cannot be asked is the recorder's to complain about
    const auto space = std::filesystem::space(spool_, ignored);
    if (!ignored && space.capacity > 0) {
        sample.free_disk = static_cast<double>(space.available) / static_cast<double>(space.capacity);
    }
    taken_ = now;
    processor_ = processor;
    lag_ = {};
    probes_ = 0;
    return sample;
}

}  // namespace trunkline::trunk
