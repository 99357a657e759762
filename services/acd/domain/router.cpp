// The router's door: events in, decisions out; and what time brings.
#include "acd/domain/router.hpp"

#include <cctype>

namespace trunkline::acd {
namespace {

// Bounds the work of one Tick; what is left comes with the next.
constexpr int kWakeUpsATick = 64;

}  // namespace

Error NoSuch(const char* kind, const std::string& id) {
    std::string reason = "NO_SUCH_";
    for (const char* letter = kind; *letter != '\0'; ++letter) {
        reason += static_cast<char>(std::toupper(static_cast<unsigned char>(*letter)));
    }
    return {Code::kNotFound, reason, "there is no " + std::string(kind) + " '" + id + "'"};
}

Result<Decisions> Router::Apply(const Event& event, TimePoint now) {
    Turn turn{now, {}};
    const Status done = std::visit([&](const auto& body) { return On(body, turn); }, event);
    if (!done.ok()) {
        return done.error();
    }
    return std::move(turn.out);
}

Status Router::On(const Tick& /*event*/, Turn& turn) {
    if (closed_) {
        return {};
    }
    const TimePoint now = turn.now;
    for (int i = 0; i < kWakeUpsATick; ++i) {
        const auto due = wake_ups_.Take(now);
        if (!due) {
            break;
        }
        // What a deadline brings about happened at the deadline, however late the process looked.
        turn.now = due->time;
        OnWakeUp(*due, turn);
    }
    return {};
}

void Router::OnWakeUp(const WakeUp& due, Turn& turn) {
    switch (due.kind) {
        case WakeUp::Kind::kWrapUp:
        case WakeUp::Kind::kReadyAgain:
        case WakeUp::Kind::kReason:
        case WakeUp::Kind::kPresence:
            OnAgentWakeUp(due, turn);
            break;
        case WakeUp::Kind::kCallback:
            OnCallbackWakeUp(due, turn);
            break;
        case WakeUp::Kind::kSweep:
            if (const auto found = queues_by_ticket_.find(due.ticket); found != queues_by_ticket_.end()) {
                Sweep(*found->second, turn);
            }
            break;
        default:
            OnContactWakeUp(due, turn);
    }
}

void Router::OnAgentWakeUp(const WakeUp& due, Turn& turn) {
    const auto found = agents_by_ticket_.find(due.ticket);
    if (found == agents_by_ticket_.end()) {
        return;
    }
    Agent& agent = *found->second;
    const AgentStatus& status = agent.status;
    if (due.kind == WakeUp::Kind::kWrapUp && status.state == AgentState::kWrapUp && status.wrap_up_ends == due.time) {
        EndWrapUp(agent, true, turn);
    } else if (due.kind == WakeUp::Kind::kReadyAgain && status.ready_again == due.time) {
        OnReadyAgain(agent, turn);
    } else if (due.kind == WakeUp::Kind::kPresence && agent.present_until == due.time) {
        LosePresence(agent, turn);
    } else if (due.kind == WakeUp::Kind::kReason && status.state == AgentState::kNotReady) {
        const auto reason = reasons_.find(status.reason);
        if (reason != reasons_.end() && status.since + reason->second.limit == due.time) {
            turn.Tell(ReasonLimitExceeded{agent.settings.id, status.reason, reason->second.limit, {}});
        }
    }
}

void Router::OnContactWakeUp(const WakeUp& due, Turn& turn) {
    const auto found = contacts_by_ticket_.find(due.ticket);
    if (found == contacts_by_ticket_.end()) {
        return;
    }
    Contact* contact = found->second;
    const bool waiting = contact->state == ContactState::kWaiting;
    if (due.kind == WakeUp::Kind::kOffer) {
        GiveUpOffers(*contact, due.time, turn);
    } else if (due.kind == WakeUp::Kind::kOverflow && waiting && contact->overflows == due.time) {
        Overflow(*contact, turn);
    } else if (due.kind == WakeUp::Kind::kAnnouncement && waiting && contact->next_announcement == due.time) {
        AnnouncePlace(*contact, turn);
    } else if (due.kind == WakeUp::Kind::kParked) {
        Recall(*contact, due.time, turn);
    } else if (due.kind == WakeUp::Kind::kWanted && waiting && contact->tier == nullptr &&
               contact->wanted_until == due.time) {
        GiveUpWanted(*contact, turn);
    } else if (due.kind == WakeUp::Kind::kTier && waiting && contact->climbs == due.time) {
        Climb(*contact, turn);
    } else {
        OnTaskWakeUp(*contact, due, turn);
    }
}

size_t Router::PlaceOf(const Contact& contact) const {
    if (contact.state != ContactState::kWaiting || contact.home == nullptr) {
        return 0;
    }
    return contact.home->CountBefore(contact.position) + 1;
}

Agent* Router::Find(const AgentId& id) {
    const auto found = agents_.find(id);
    return found == agents_.end() ? nullptr : &found->second;
}

Contact* Router::Find(const ContactId& id) {
    const auto found = contacts_.find(id);
    return found == contacts_.end() ? nullptr : &found->second;
}

Queue* Router::Find(const QueueId& id) {
    const auto found = queues_.find(id);
    return found == queues_.end() ? nullptr : &found->second;
}

}  // namespace trunkline::acd
