// The wheel: slot = due tick modulo the number of slots; each slot is a doubly linked list over one vector of nodes.
#include "sip/timer_wheel.hpp"

#include <algorithm>

namespace trunkline::sip {

TimerWheel::TimerWheel(const Clock& clock) : clock_(clock), last_tick_(TickNow()) { heads_.fill(kNone); }

int64_t TimerWheel::TickNow() const { return clock_.SteadyNow().time_since_epoch().count() / kTickNanos; }

TimerId TimerWheel::Start(Duration delay, std::function<void()> expired) {
    uint32_t index = 0;
    if (free_.empty()) {
        index = static_cast<uint32_t>(nodes_.size());
        nodes_.emplace_back();
    } else {
        index = free_.back();
        free_.pop_back();
    }
    Node& node = nodes_[index];
    const int64_t due = (clock_.SteadyNow() + std::max(delay, Duration::zero())).time_since_epoch().count();
    node.due_tick = std::max((due + kTickNanos - 1) / kTickNanos, last_tick_ + 1);
    node.expired = std::move(expired);
    node.armed = true;
    Link(index);
    ++running_;
    return (static_cast<uint64_t>(node.generation) << 32) | index;
}

void TimerWheel::Cancel(TimerId id) {
    const auto index = static_cast<uint32_t>(id);
    if (index >= nodes_.size()) return;
    Node& node = nodes_[index];
    if (!node.armed || node.generation != static_cast<uint32_t>(id >> 32)) return;
    Unlink(index);
    Release(index);
}

void TimerWheel::Link(uint32_t index) {
    Node& node = nodes_[index];
    uint32_t& head = heads_[static_cast<size_t>(node.due_tick % kSlots)];
    node.previous = kNone;
    node.next = head;
    if (head != kNone) nodes_[head].previous = index;
    head = index;
}

void TimerWheel::Unlink(uint32_t index) {
    const Node& node = nodes_[index];
    if (node.previous != kNone) {
        nodes_[node.previous].next = node.next;
    } else {
        heads_[static_cast<size_t>(node.due_tick % kSlots)] = node.next;
    }
    if (node.next != kNone) nodes_[node.next].previous = node.previous;
}

void TimerWheel::Release(uint32_t index) {
    Node& node = nodes_[index];
    node.armed = false;
    node.expired = nullptr;
    ++node.generation;
    free_.push_back(index);
    --running_;
}

void TimerWheel::RunSlot(int64_t tick) {
    // The list is taken apart first: what expires may cancel its neighbours or start new timers.
    std::vector<std::pair<int64_t, TimerId>> due;
    for (uint32_t i = heads_[static_cast<size_t>(tick % kSlots)]; i != kNone; i = nodes_[i].next) {
        if (nodes_[i].due_tick > tick) continue;
        due.emplace_back(nodes_[i].due_tick, (static_cast<uint64_t>(nodes_[i].generation) << 32) | i);
    }
    std::reverse(due.begin(), due.end());  // in order of starting
    for (const auto& [due_tick, id] : due) {
        const auto index = static_cast<uint32_t>(id);
        if (!nodes_[index].armed || nodes_[index].generation != static_cast<uint32_t>(id >> 32)) continue;
        auto expired = std::move(nodes_[index].expired);
        Unlink(index);
        Release(index);
        expired();
    }
}

void TimerWheel::Advance() {
    const int64_t now = TickNow();
    // After a long stop every slot is visited once, not once for each tick missed.
    int64_t first = std::max(last_tick_ + 1, now - static_cast<int64_t>(kSlots) + 1);
    for (; first <= now; ++first) {
        last_tick_ = first;
        if (heads_[static_cast<size_t>(first % kSlots)] != kNone) RunSlot(first);
    }
    last_tick_ = std::max(last_tick_, now);
}

Duration TimerWheel::NextDue(Duration longest) const {
    if (running_ == 0) return longest;
    const int64_t ticks = std::min<int64_t>(longest.count() / kTickNanos + 1, kSlots);
    for (int64_t tick = last_tick_ + 1; tick <= last_tick_ + ticks; ++tick) {
        if (heads_[static_cast<size_t>(tick % kSlots)] == kNone) continue;
        const Duration left = Duration(tick * kTickNanos) - clock_.SteadyNow().time_since_epoch();
        return std::clamp(left, Duration::zero(), longest);
    }
    return longest;
}

}  // namespace trunkline::sip
