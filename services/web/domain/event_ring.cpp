// A bounded queue whose numbers have no holes.
#include "web/domain/event_ring.hpp"

#include <algorithm>

namespace trunkline::web {

void EventRing::Append(LiveItem item) {
    item.sequence = ++last_;
    bytes_ += Size(item);
    items_.push_back(std::make_shared<const LiveItem>(std::move(item)));
    while (items_.size() > limits_.items || bytes_ > limits_.bytes) {
        bytes_ -= Size(*items_.front());
        items_.pop_front();
    }
}

void EventRing::Reset(std::string epoch) {
    epoch_ = std::move(epoch);
    items_.clear();
    bytes_ = 0;
}

bool EventRing::Holds(const std::string& epoch, uint64_t sequence) const {
    return epoch == epoch_ && sequence <= last_ && sequence + items_.size() >= last_;
}

std::vector<std::shared_ptr<const LiveItem>> EventRing::After(uint64_t sequence, size_t limit) const {
    const size_t behind = std::min<size_t>(last_ - sequence, items_.size());
    const auto first = items_.end() - static_cast<std::ptrdiff_t>(behind);
    return {first, first + static_cast<std::ptrdiff_t>(std::min(behind, limit))};
}

}  // namespace trunkline::web
