// The latest events in the order in which they reached this process, numbered, for pages that follow or come back.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "web/domain/access.hpp"

namespace trunkline::web {

// An event with everything a page needs; the frames are the same for all.
struct LiveItem {
    uint64_t sequence = 0;
    std::string type;
    Subject subject;
    std::string proto_frame;
    mutable std::string json_frame{};  // made when the first page needs it
};

struct RingLimits {
    size_t items = 20'000;
    size_t bytes = 32 << 20;
};

// One owner at a time.
class EventRing {
 public:
    EventRing(std::string epoch, RingLimits limits) : epoch_(std::move(epoch)), limits_(limits) {}

    const std::string& epoch() const { return epoch_; }
    // Number of the newest item; 0: none yet.
    uint64_t last() const { return last_; }
    // Gives it the next number.
    void Append(LiveItem item);
    // Something was missed for good: what is here leads nowhere, and who asks for it must begin anew.
    void Reset(std::string epoch);
    // Whether everything after `sequence` of `epoch` is still here.
    bool Holds(const std::string& epoch, uint64_t sequence) const;
    // Up to `limit` items after `sequence`; Holds must be true.
    std::vector<std::shared_ptr<const LiveItem>> After(uint64_t sequence, size_t limit) const;

 private:
    // JSON, which may come later, is less than three times as long.
    static size_t Size(const LiveItem& item) { return 4 * item.proto_frame.size() + sizeof item; }

    std::string epoch_;
    const RingLimits limits_;
    std::deque<std::shared_ptr<const LiveItem>> items_;
    uint64_t last_ = 0;
    size_t bytes_ = 0;
};

}  // namespace trunkline::web
