// Supervisors: listen, whisper, barge, take over; each action is a fact that names who, whom and when.
#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

std::optional<Supervision> WayOf(SupervisorAction action) {
    switch (action) {
        case SupervisorAction::kListen:
            return Supervision::kListen;
        case SupervisorAction::kWhisper:
            return Supervision::kWhisper;
        case SupervisorAction::kBarge:
            return Supervision::kBarge;
        case SupervisorAction::kTakeOver:
            return Supervision::kTakeOver;
        default:
            return std::nullopt;
    }
}

}  // namespace

Status Router::On(const SupervisorAsked& event, Turn& turn) {
    Agent* agent = Find(event.agent);
    if (agent == nullptr) {
        return NoSuch("agent", event.agent.str());
    }
    const ContactId contact = agent->status.contact;
    const AgentState before = agent->status.state;
    const Status done = Supervise(event, *agent, turn);
    if (done.ok()) {
        turn.Tell(SupervisorActed{contact, event.agent, event.supervisor, event.action, event.asked_by, before});
    }
    return done;
}

Status Router::Supervise(const SupervisorAsked& event, Agent& agent, Turn& turn) {
    if (event.action == SupervisorAction::kForceState) {
        return On(AgentStateRequested{event.agent, event.state, event.reason, "supervisor"}, turn);
    }
    if (event.action == SupervisorAction::kLogOut) {
        return On(AgentLoggedOut{event.agent}, turn);
    }
    const auto found = TalkOf(agent);
    if (!found.ok()) {
        return found.error();
    }
    Contact& contact = **found;
    if (event.action == SupervisorAction::kHangUp) {
        turn.Do(HangUp{contact.id});
        return {};
    }
    Party* party = PartyOf(contact, event.supervisor);
    if (party != nullptr && party->kind != Party::Kind::kSupervisor) {
        return Refusal("SUPERVISOR_BUSY", "the supervisor takes part in the conversation already");
    }
    if (event.action == SupervisorAction::kLeave) {
        if (party == nullptr) {
            return Refusal("NOT_SUPERVISING", "the supervisor does not listen to this agent");
        }
        DropParty(contact, party->leg, turn);
        return {};
    }
    return ChangeSupervision(event, contact, party, turn);
}

Status Router::ChangeSupervision(const SupervisorAsked& event, Contact& contact, Party* party, Turn& turn) {
    const Supervision way = *WayOf(event.action);
    if (party == nullptr) {
        const Agent* supervisor = Find(event.supervisor);
        if (supervisor == nullptr) {
            return NoSuch("agent", event.supervisor.str());
        }
        const AgentState state = supervisor->status.state;
        if (state != AgentState::kNotReady && state != AgentState::kLoggedOut) {
            return Refusal("SUPERVISOR_BUSY", "set yourself not ready first, so that no contact comes to your phone");
        }
        Party invited;
        invited.kind = Party::Kind::kSupervisor;
        invited.supervision = way;
        return Invite(contact, invited, {Destination::Kind::kAgent, event.supervisor.str()}, turn);
    }
    if (way == Supervision::kTakeOver && party->up) {
        const Party heir = *party;
        return TakeOver(contact, heir, turn);
    }
    party->supervision = way;
    Rearrange(contact, turn);
    return {};
}

Status Router::TakeOver(Contact& contact, const Party& heir, Turn& turn) {
    Agent* supervisor = Find(heir.agent);
    if (supervisor == nullptr) {
        return NoSuch("agent", heir.agent.str());
    }
    const Status seized = Seize(*supervisor, contact.id, turn);
    if (!seized.ok()) {
        // He logged out or became busy meanwhile: he goes on listening.
        FindParty(contact, heir.leg)->supervision = Supervision::kListen;
        Rearrange(contact, turn);
        return seized;
    }
    Move(*supervisor, AgentEvent::kBridge, {"", "system", contact.id}, turn);
    if (Party* consulted = FindParty(contact, Party::Kind::kConsulted); consulted != nullptr) {
        DropParty(contact, consulted->leg, turn);
    }
    Succeed(contact, heir, "TAKEN_OVER", turn);
    return {};
}

}  // namespace trunkline::acd
