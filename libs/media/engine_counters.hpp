// The sums of an engine, counted by its threads.
#pragma once
#include <atomic>
#include <cstdint>

namespace trunkline::media {

struct EngineCounters {
    std::atomic<uint64_t> packets_received{0};
    std::atomic<uint64_t> packets_sent{0};
    std::atomic<uint64_t> packets_relayed{0};
    std::atomic<uint64_t> foreign_dropped{0};
    std::atomic<uint64_t> malformed_dropped{0};
    std::atomic<uint64_t> late_ticks{0};
};

inline void Count(std::atomic<uint64_t>& counter) { counter.fetch_add(1, std::memory_order_relaxed); }

}  // namespace trunkline::media
