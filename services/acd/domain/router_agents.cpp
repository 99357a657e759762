// Agents: log-in, states with reasons, wrap-up.
#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

constexpr const char* kSystem = "system";
constexpr const char* kUnreachable = "PHONE_UNREACHABLE";

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
    if (HasContact(agent->status.state)) {
        return Error{Code::kFailedPrecondition, "AGENT_BUSY",
                     "agent " + event.agent.str() + " has a contact; he can log out when it is done"};
    }
    if (agent->status.state == AgentState::kWrapUp) {
        turn.Tell(WrapUpEnded{agent->status.contact, agent->status.segment, event.agent, turn.now - agent->status.since,
                              false});
    }
    if (agent->status.state != AgentState::kLoggedOut) {
        agent->status.next.reset();
        Move(*agent, AgentEvent::kLogOut, {"LOGGED_OUT", "agent", {}}, turn);
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
    if (HasContact(state) || state == AgentState::kWrapUp) {
        agent->status.next = NextState{event.state, event.reason};
        turn.out.agents.push_back({event.agent, agent->status.contact});
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

Status Router::On(const PhoneRegistrationChanged& event, Turn& turn) {
    Agent* agent = FindByPhone(event.phone);
    if (agent == nullptr) {
        return {};
    }
    agent->phone_registered = event.registered;
    if (!event.registered && agent->status.state == AgentState::kReady) {
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
    if (*next == AgentState::kReady && event != AgentEvent::kOfferWithdrawn) {
        status.idle_since = turn.now;
    }
    turn.Tell(AgentStateChanged{agent.settings.id, *next, cause.reason, cause.set_by, previous, lasted, cause.contact});
    turn.out.agents.push_back({agent.settings.id, cause.contact});
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
    Unlist(agent);
    if (was_in != is_in) {
        for (const Membership& membership : agent.memberships) {
            if (membership.row == &membership.queue->rows.front()) {
                size_t& logged_in = membership.queue->logged_in;
                logged_in = is_in ? logged_in + 1 : logged_in - 1;
            }
        }
    }
    --counts_[static_cast<size_t>(agent.status.state)];
    ++counts_[static_cast<size_t>(state)];
    agent.status.state = state;
}

void Router::BeginWrapUp(Agent& agent, const Contact& contact, Turn& turn) {
    const Queue* queue = Find(contact.queue);
    const Duration limit = queue == nullptr ? Duration::zero() : queue->settings.wrap_up_limit;
    agent.status.segment = AgentSegmentOf(contact.id, contact.part->number);
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
