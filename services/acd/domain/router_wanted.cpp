// Callers who should have a certain agent: named by the flow, their account manager, or the one they had last. For a
// limited time they wait for him alone, in his own line; then they are where they would have been without it.
#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

bool IsAway(const Agent& agent) {
    return agent.status.state == AgentState::kLoggedOut || agent.status.state == AgentState::kNotReady;
}

}  // namespace

void Router::ChooseWanted(Contact& contact, const ContactArrived& event, TimePoint now) {
    const QueueSettings& settings = contact.home->settings;
    contact.wanted = event.wanted;
    contact.wanted_by = event.wanted_by;
    contact.wait_for_away = event.wait_for_away;
    contact.wanted_until = now + event.wanted_wait;
    if (contact.wanted.empty() && settings.last_agent_within > Duration::zero()) {
        contact.wanted = memory_.LastAgent(contact.from_number, contact.queue, now - settings.last_agent_within);
        contact.wanted_by = "LAST_AGENT";
        contact.wanted_until = now + settings.last_agent_wait;
    }
}

// The contact stands in no line. True when the agent he should have is offered to him, or he waits for him alone.
bool Router::SeekWanted(Contact& contact, Turn& turn) {
    if (contact.wanted.empty()) {
        return false;
    }
    Agent* agent = Find(contact.wanted);
    if (agent != nullptr && !closed_ && (OpenFor(*agent) & contact.lane->Bit()) != 0) {
        MakeOffer(contact, *agent, turn);
        return true;
    }
    const bool worth =
        agent != nullptr && turn.now < contact.wanted_until && (contact.wait_for_away || !IsAway(*agent));
    if (!worth) {
        contact.wanted = {};
        return false;
    }
    JoinOwnLine(contact, *agent);
    return true;
}

void Router::JoinOwnLine(Contact& contact, Agent& agent) {
    Take(contact, agent.own_line);
    contact.tier = nullptr;
    contact.climbs = {};
    wake_ups_.Add({contact.wanted_until, WakeUp::Kind::kWanted, contact.ticket});
}

// He has waited for this agent long enough, or the agent has left.
void Router::GiveUpWanted(Contact& contact, Turn& turn) {
    LeaveLine(contact);
    contact.wanted = {};
    Touch(contact, turn);
    JoinLine(contact, turn.now);
    SeekAgent(contact, turn);
}

// The agent is away now: those who wait for him alone go back to their queues at the next tick.
void Router::ReleaseOwnLine(Agent& agent, bool all, TimePoint now) {
    for (const Position& position : agent.own_line) {
        Contact& contact = *position.contact;
        if (all || !contact.wait_for_away) {
            contact.wanted_until = now;
            wake_ups_.Add({now, WakeUp::Kind::kWanted, contact.ticket});
        }
    }
}

}  // namespace trunkline::acd
