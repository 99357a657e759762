// Events in the order of time: arrivals, what the router's commands bring about, and the router's own wake-ups.
#include "acd/simulator/simulation.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace trunkline::acd::simulator {
namespace {

constexpr Duration kShortAbandon = std::chrono::seconds(5);
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

double Seconds(Duration length) { return std::chrono::duration<double>(length).count(); }

double Share(uint64_t part, uint64_t whole) {
    return whole == 0 ? kNothing : static_cast<double>(part) / static_cast<double>(whole);
}

struct Due {
    TimePoint at{};
    uint64_t order = 0;  // of what is due at the same time, the first comes first
    Event event;
    bool only_if_unserved = false;  // the caller loses patience

    bool operator<(const Due& other) const {
        return std::tie(other.at, other.order) < std::tie(at, order);  // earliest on top of the heap
    }
};

class Day {
 public:
    Day(const Setup& setup, const std::vector<Arrival>& arrivals) : setup_(setup), arrivals_(arrivals) {}

    Result<Figures> Run() {
        const Status opened = Open();
        if (!opened.ok()) {
            return opened.error();
        }
        while (NextTime() != TimePoint::max()) {
            now_ = NextTime();
            const Status done = Step();
            if (!done.ok()) {
                return done.error();
            }
        }
        Finish();
        return std::move(figures_);
    }

 private:
    Status Open() {
        now_ = arrivals_.empty() ? TimePoint{} : arrivals_.front().at;
        began_ = now_;
        std::vector<Event> events{RoutingOpened{}};
        for (const QueueSettings& queue : setup_.queues) {
            events.emplace_back(QueuePut{queue});
            thresholds_[queue.id] = queue.service_level_threshold;
            figures_.queues[queue.id];
        }
        for (const AgentSettings& agent : setup_.agents) {
            events.emplace_back(AgentPut{agent});
            events.emplace_back(AgentLoggedIn{agent.id});
            events.emplace_back(AgentStateRequested{agent.id, AgentState::kReady, "", "agent"});
        }
        for (const Event& event : events) {
            const Status done = Apply(event);
            if (!done.ok()) {
                return done;
            }
        }
        return {};
    }

    TimePoint NextTime() const {
        TimePoint next = TimePoint::max();
        if (next_arrival_ < arrivals_.size()) {
            next = arrivals_[next_arrival_].at;
        }
        if (!due_.empty()) {
            next = std::min(next, due_.top().at);
        }
        const auto wake_up = router_.NextWakeUp();
        // A wake-up alone, with nobody there and nobody to come, changes no figure.
        const bool is_over = next == TimePoint::max() && router_.contacts().empty();
        return wake_up && !is_over ? std::min(next, std::max(*wake_up, now_)) : next;
    }

    Status Step() {
        if (!due_.empty() && due_.top().at <= now_) {
            const Due due = due_.top();
            due_.pop();
            if (!due.only_if_unserved || IsUnserved(std::get<ContactGone>(due.event).contact)) {
                (void)Apply(due.event);  // one that no longer fits was overtaken by another
            }
            return {};
        }
        if (next_arrival_ < arrivals_.size() && arrivals_[next_arrival_].at <= now_) {
            return Arrive(next_arrival_++);
        }
        return Apply(Tick{});
    }

    Status Arrive(size_t index) {
        const Arrival& arrival = arrivals_[index];
        const std::string number = std::to_string(index);
        ContactArrived event;
        event.contact = ContactId("contact-" + number);
        event.call = CallId("call-" + number);
        event.queue = arrival.queue;
        event.priority = arrival.priority;
        event.answered = true;
        event.language = arrival.language;
        indexes_[event.contact] = index;
        const Status arrived = Apply(event);
        if (arrived.ok() && arrival.patience > Duration::zero()) {
            Plan(arrival.patience, ContactGone{event.contact, GoneReason::kCustomerLeft}, true);
        }
        return arrived;
    }

    bool IsUnserved(const ContactId& contact) const {
        const auto found = router_.contacts().find(contact);
        return found != router_.contacts().end() &&
               (found->second.state == ContactState::kWaiting || found->second.state == ContactState::kOffered);
    }

    void Plan(Duration delay, Event event, bool only_if_unserved = false) {
        due_.push({now_ + delay, ++order_, std::move(event), only_if_unserved});
    }

    Status Apply(const Event& event) {
        ++figures_.events;
        auto decisions = router_.Apply(event, now_);
        if (!decisions.ok()) {
            return decisions.error();
        }
        for (const Fact& fact : decisions->facts) {
            std::visit([this](const auto& body) { Count(body); }, fact.body);
        }
        for (const Command& command : decisions->commands) {
            std::visit([this](const auto& body) { Obey(body); }, command);
        }
        return {};
    }

    // What the telephone side, the agents and the callers do.
    void Obey(const Ring& ring) { Plan(setup_.ring, LegAnswered{ring.contact, ring.leg}); }
    void Obey(const Bridge& bridge) {
        Plan({}, Bridged{bridge.contact, bridge.leg});
        Plan(arrivals_[indexes_.at(bridge.contact)].talk, ContactGone{bridge.contact, GoneReason::kCustomerLeft});
    }
    void Obey(const DropLeg& drop) { Plan({}, LegEnded{drop.contact, drop.leg, LegEnd::kHungUp}); }
    void Obey(const HangUp& hang_up) { Plan({}, ContactGone{hang_up.contact, GoneReason::kCustomerLeft}); }
    template <class Other>
    void Obey(const Other&) {}

    void Count(const ContactDequeued& fact) {
        QueueTally& tally = figures_.queues[fact.queue];
        const Duration wait = fact.left - fact.queued;
        const bool in_threshold = wait <= thresholds_[fact.queue];
        tally.longest_wait = std::max(tally.longest_wait, wait);
        switch (fact.outcome) {
            case acd::Outcome::kAnswered:
                ++tally.answered;
                tally.answered_in_threshold += in_threshold ? 1 : 0;
                tally.answer_wait += wait;
                break;
            case acd::Outcome::kAbandoned:
                ++(wait < kShortAbandon ? tally.short_abandons
                   : in_threshold       ? tally.abandons_in_threshold
                                        : tally.late_abandons);
                break;
            case acd::Outcome::kFlowOut:
                ++tally.flowed_out;
                break;
            default:
                ++tally.errors;
        }
    }
    void Count(const AgentSegmentEnded& fact) {
        figures_.queues[fact.queue].handled += fact.talk + fact.hold;
        handled_ += fact.talk + fact.hold;
        wrapping_[fact.agent] = fact.queue;
        Plan(arrivals_[indexes_.at(fact.contact)].wrap_up, WrapUpFinished{fact.agent});
    }
    void Count(const WrapUpEnded& fact) {
        figures_.queues[wrapping_[fact.agent]].handled += fact.duration;
        handled_ += fact.duration;
    }
    template <class Other>
    void Count(const Other&) {}

    void Finish() {
        figures_.unfinished = router_.contacts().size();
        const double there = Seconds(now_ - began_) * static_cast<double>(setup_.agents.size());
        figures_.occupancy = there > 0 ? Seconds(handled_) / there : 0;
    }

    const Setup& setup_;
    const std::vector<Arrival>& arrivals_;
    Router router_;
    TimePoint now_{};
    TimePoint began_{};
    size_t next_arrival_ = 0;
    uint64_t order_ = 0;
    std::priority_queue<Due> due_;
    std::unordered_map<ContactId, size_t> indexes_;
    std::map<QueueId, Duration> thresholds_;
    std::unordered_map<AgentId, QueueId> wrapping_;
    Duration handled_{};
    Figures figures_;
};

}  // namespace

double QueueTally::service_level() const {
    return Share(answered_in_threshold, answered + abandons_in_threshold + late_abandons);
}
double QueueTally::speed_of_answer() const {
    return answered == 0 ? kNothing : Seconds(answer_wait) / static_cast<double>(answered);
}
double QueueTally::abandon_rate() const { return Share(abandons(), offered() - short_abandons); }
double QueueTally::handle_time() const {
    return answered == 0 ? kNothing : Seconds(handled) / static_cast<double>(answered);
}

Result<Figures> Simulate(const Setup& setup, const std::vector<Arrival>& arrivals) {
    for (const Arrival& arrival : arrivals) {
        if (std::none_of(setup.queues.begin(), setup.queues.end(),
                         [&](const QueueSettings& queue) { return queue.id == arrival.queue; })) {
            return Error{Code::kInvalidArgument, "NO_SUCH_QUEUE",
                         "a caller wants queue " + arrival.queue.str() + ", which the setup does not have"};
        }
    }
    return Day(setup, arrivals).Run();
}

}  // namespace trunkline::acd::simulator
