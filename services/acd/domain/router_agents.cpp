// Agents: log-in, states with reasons, wrap-up.
#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

constexpr const char* kSystem = "system";
constexpr const char* kUnreachable = "PHONE_UNREACHABLE";
constexpr const char* kPresenceLost = "PRESENCE_LOST";

}  // namespace

Status Router::On(const AgentLoggedIn& event, Turn& turn) {
    Agent* agent = Find(event.agent);
    if (agent == nullptr) {
        return NoSuch("agent", event.agent.str());
    }
    if (agent->status.state == AgentState::kLoggedOut) {
        Move(*agent, AgentEvent::kLogIn, {"LOGGED_IN", "agent", {}}, turn);
    }
    return {};
}

Status Router::On(const AgentLoggedOut& event, Turn& turn) {
    Agent* agent = Find(event.agent);
    if (agent == nullptr) {
        return NoSuch("agent", event.agent.str());
    }
    if (HasContact(agent->status.state) || KeepsLogIn(*agent)) {
        return Error{Code::kFailedPrecondition, "AGENT_BUSY",
                     "agent " + event.agent.str() + " has a contact; he can log out when it is done"};
    }
    ReleaseTasks(*agent, true, turn);
    if (agent->status.state == AgentState::kWrapUp) {
        turn.Tell(WrapUpEnded{agent->status.contact, agent->status.segment, event.agent, turn.now - agent->status.since,
                              false});
    }
    if (agent->status.state != AgentState::kLoggedOut) {
        agent->status.next.reset();
        agent->status.lease = {};
        Move(*agent, AgentEvent::kLogOut, {"LOGGED_OUT", "agent", {}}, turn);
        for (const Membership& membership : agent->memberships) {
            WatchRules(*membership.queue, turn.now);
        }
    }
    return {};
}

Status Router::On(const AgentStateRequested& event, Turn& turn) {
    Agent* agent = Find(event.agent);
    if (agent == nullptr) {
        return NoSuch("agent", event.agent.str());
    }
    const bool ready = event.state == AgentState::kReady;
    if (!ready && event.state != AgentState::kNotReady) {
        return Error{Code::kInvalidArgument, "STATE_NOT_SETTABLE", "state must be READY or NOT_READY"};
    }
    const AgentState state = agent->status.state;
    if (state == AgentState::kLoggedOut) {
        return Error{Code::kFailedPrecondition, "AGENT_LOGGED_OUT", "agent " + event.agent.str() + " is not logged in"};
    }
    if (const Status may = ready ? Status{} : MaySet(reasons_, event.reason, event.set_by); !may.ok()) {
        return may;
    }
    if (HasContact(state) || state == AgentState::kWrapUp) {
        agent->status.next = NextState{event.state, event.reason};
        turn.out.agents.push_back({event.agent, agent->status.contact});
        Unlist(*agent);
        SeekContact(*agent, turn);
        return {};
    }
    const std::string reason = ready ? "" : (event.reason.empty() ? "OTHER" : event.reason);
    if (state == event.state && agent->status.reason == reason) {
        return {};
    }
    Move(*agent, ready ? AgentEvent::kSetReady : AgentEvent::kSetNotReady, {reason, event.set_by, {}}, turn);
    if (ready) {
        SeekContact(*agent, turn);
    }
    return {};
}

Status Router::On(const WrapUpFinished& event, Turn& turn) {
    Agent* agent = Find(event.agent);
    if (agent == nullptr) {
        return NoSuch("agent", event.agent.str());
    }
    if (agent->status.state != AgentState::kWrapUp) {
        return Error{Code::kFailedPrecondition, "AGENT_NOT_IN_WRAP_UP",
                     "agent " + event.agent.str() + " is not in wrap-up"};
    }
    EndWrapUp(*agent, false, turn);
    return {};
}

// Once for each wrap-up.
Status Router::On(const WrapUpExtended& event, Turn& turn) {
    Agent* agent = Find(event.agent);
    if (agent == nullptr) {
        return NoSuch("agent", event.agent.str());
    }
    AgentStatus& status = agent->status;
    if (status.state != AgentState::kWrapUp) {
        return Error{Code::kFailedPrecondition, "AGENT_NOT_IN_WRAP_UP",
                     "agent " + event.agent.str() + " is not in wrap-up"};
    }
    const Queue* queue = Find(status.handling_queue);
    const Duration more = queue == nullptr ? Duration::zero() : queue->settings.wrap_up_extension;
    if (more == Duration::zero() || status.wrap_up_extended) {
        return Error{Code::kFailedPrecondition, "NO_WRAP_UP_EXTENSION",
                     "the queue allows no extension of the wrap-up, or it has been used"};
    }
    status.wrap_up_extended = true;
    status.wrap_up_ends += more;
    wake_ups_.Add({status.wrap_up_ends, WakeUp::Kind::kWrapUp, agent->ticket});
    turn.out.agents.push_back({event.agent, {}});
    return {};
}

Status Router::On(const AgentSeen& event, Turn& turn) {
    Agent* agent = Find(event.agent);
    if (agent == nullptr) {
        return NoSuch("agent", event.agent.str());
    }
    if (agent->status.state == AgentState::kLoggedOut || event.lease <= Duration::zero()) {
        return {};
    }
    if (agent->status.lease != event.lease) {
        agent->status.lease = event.lease;
        turn.out.agents.push_back({event.agent, {}});
    }
    agent->present_until = turn.now + event.lease;
    wake_ups_.Add({agent->present_until, WakeUp::Kind::kPresence, agent->ticket});
    return {};
}

// His desktop is silent. Who talks goes on talking by his phone, and is not ready afterwards.
void Router::LosePresence(Agent& agent, Turn& turn) {
    AgentStatus& status = agent.status;
    status.lease = {};
    if (status.state == AgentState::kReady) {
        Move(agent, AgentEvent::kSetNotReady, {kPresenceLost, kSystem, {}}, turn);
    } else if (HasContact(status.state) || status.state == AgentState::kWrapUp) {
        status.next = NextState{AgentState::kNotReady, kPresenceLost};
        turn.out.agents.push_back({agent.settings.id, status.contact});
        Unlist(agent);
    }
    ReleaseTasks(agent, false, turn);
}

// An offer was not taken. Before the limit of the queue he comes back by himself.
void Router::CountMiss(Agent& agent, Miss miss, const QueueSettings& queue, Turn& turn) {
    const MissPolicy& policy = queue.misses[static_cast<size_t>(miss)];
    if (++agent.status.misses[static_cast<size_t>(miss)] < policy.limit) {
        agent.status.ready_again = turn.now + policy.pause;
        wake_ups_.Add({agent.status.ready_again, WakeUp::Kind::kReadyAgain, agent.ticket});
    }
}

void Router::OnReadyAgain(Agent& agent, Turn& turn) {
    if (Move(agent, AgentEvent::kSetReady, {"", kSystem, {}}, turn)) {
        SeekContact(agent, turn);
    }
}

Status Router::On(const PhoneRegistrationChanged& event, Turn& turn) {
    Agent* agent = FindByPhone(event.phone);
    if (agent == nullptr) {
        return {};
    }
    agent->phone_registered = event.registered;
    if (!event.registered && agent->settings.endpoints.empty() && agent->status.state == AgentState::kReady) {
        Move(*agent, AgentEvent::kSetNotReady, {kUnreachable, kSystem, {}}, turn);
    }
    return {};
}

bool Router::Move(Agent& agent, AgentEvent event, const Cause& cause, Turn& turn) {
    AgentStatus& status = agent.status;
    const Result<AgentState> next = acd::Apply(status.state, event);
    if (!next.ok()) {
        turn.out.illegal.push_back(next.error());
        return false;
    }
    const AgentState previous = status.state;
    const Duration lasted = status.since == TimePoint{} ? Duration::zero() : turn.now - status.since;
    Count(status, event, lasted, turn.now);
    SetState(agent, *next);
    status.reason = cause.reason;
    status.set_by = cause.set_by;
    status.since = turn.now;
    status.contact = HasContact(*next) || *next == AgentState::kWrapUp ? cause.contact : ContactId{};
    if (event == AgentEvent::kOfferMissed || event == AgentEvent::kLost) {
        status.next.reset();
    }
    if (event == AgentEvent::kBridge) {
        status.misses.fill(0);
    }
    status.ready_again = {};
    if (*next == AgentState::kNotReady || *next == AgentState::kLoggedOut) {
        ReleaseOwnLine(agent, false, turn.now);
    }
    if (const auto reason = reasons_.find(status.reason);
        *next == AgentState::kNotReady && reason != reasons_.end() && reason->second.limit > Duration::zero()) {
        wake_ups_.Add({turn.now + reason->second.limit, WakeUp::Kind::kReason, agent.ticket});
    }
    if (*next == AgentState::kReady && event != AgentEvent::kOfferWithdrawn) {
        status.idle_since = turn.now;
    }
    turn.Tell(AgentStateChanged{agent.settings.id, *next, cause.reason, cause.set_by, previous, lasted, cause.contact});
    turn.out.agents.push_back({agent.settings.id, cause.contact});
    if (*next != AgentState::kReady) {
        // Something may come beside a call; who becomes ready looks for a contact himself.
        List(agent);
    }
    return true;
}

// Every change of state passes here once, so nothing is counted twice.
void Router::Count(AgentStatus& status, AgentEvent event, Duration lasted, TimePoint now) {
    Tally& tally = status.tally;
    const bool talking = status.state == AgentState::kTalking || status.state == AgentState::kHeld;
    tally.talk += talking ? lasted : Duration::zero();
    tally.busy += HasContact(status.state) || status.state == AgentState::kWrapUp ? lasted : Duration::zero();
    tally.contacts += event == AgentEvent::kBridge ? 1 : 0;
    if (event == AgentEvent::kLogIn) {
        tally = {};
        tally.began = now;
    }
}

// Keeps the counts and the rows of the ready in step with the state.
void Router::SetState(Agent& agent, AgentState state) {
    const bool was_in = agent.status.state != AgentState::kLoggedOut;
    const bool is_in = state != AgentState::kLoggedOut;
    const bool served = Serves(agent.status.state);
    const bool serves = Serves(state);
    Unlist(agent);
    if (was_in != is_in || served != serves) {
        for (const Membership& membership : agent.memberships) {
            if (membership.counts) {
                membership.queue->logged_in += static_cast<size_t>(is_in) - static_cast<size_t>(was_in);
                membership.queue->serving += static_cast<size_t>(serves) - static_cast<size_t>(served);
            }
        }
    }
    --counts_[static_cast<size_t>(agent.status.state)];
    ++counts_[static_cast<size_t>(state)];
    agent.status.state = state;
    agent.load[media_.Telephone().number] = UsesTelephone(state) ? 1 : 0;
}

void Router::BeginWrapUp(Agent& agent, const Contact& contact, Turn& turn) {
    const QueueSettings& queue = contact.home->settings;
    const Duration limit = queue.wrap_up_limit;
    agent.status.segment = AgentSegmentOf(contact.id, contact.part->number);
    agent.status.handling_since = contact.part->start;
    agent.status.handling_queue = contact.queue;
    agent.status.wrap_up_extended = false;
    agent.status.wrap_up_form = queue.wrap_up_form;
    if (!Move(agent, AgentEvent::kContactLeft, {"", kSystem, contact.id}, turn)) {
        return;
    }
    agent.status.wrap_up_ends = turn.now + limit;
    if (limit == Duration::zero()) {
        EndWrapUp(agent, true, turn);
        return;
    }
    wake_ups_.Add({agent.status.wrap_up_ends, WakeUp::Kind::kWrapUp, agent.ticket});
}

void Router::EndWrapUp(Agent& agent, bool timed_out, Turn& turn) {
    AgentStatus& status = agent.status;
    turn.Tell(WrapUpEnded{status.contact, status.segment, agent.settings.id, turn.now - status.since, timed_out});
    if (Queue* queue = Find(status.handling_queue); queue != nullptr && status.handling_since != TimePoint{}) {
        queue->handling.Add(turn.now - status.handling_since);
    }
    status.wrap_up_form.clear();
    const std::optional<NextState> next = std::exchange(status.next, std::nullopt);
    if (next && next->state == AgentState::kNotReady) {
        Move(agent, AgentEvent::kWrapUpOverNotReady, {next->reason, "agent", {}}, turn);
        return;
    }
    if (Move(agent, AgentEvent::kWrapUpOver, {"", kSystem, {}}, turn)) {
        SeekContact(agent, turn);
    }
}

// The offer was withdrawn through no fault of his: he is ready again at his old place, or takes the break he asked for.
void Router::GiveBack(Agent& agent, const ContactId& contact, Turn& turn) {
    const std::optional<NextState> next = std::exchange(agent.status.next, std::nullopt);
    if (next && next->state == AgentState::kNotReady) {
        Move(agent, AgentEvent::kWithdrawnNotReady, {next->reason, "agent", contact}, turn);
        return;
    }
    if (Move(agent, AgentEvent::kOfferWithdrawn, {"", kSystem, contact}, turn)) {
        SeekContact(agent, turn);
    }
}

}  // namespace trunkline::acd
