// Agents and queues are put, changed and deleted while contacts wait.
#include <algorithm>

#include "acd/domain/router.hpp"
#include "acd/domain/routing/strategies.hpp"

namespace trunkline::acd {

Status Router::On(const AgentPut& event, Turn& turn) {
    if (const Status valid = Validate(event.settings); !valid.ok()) {
        return valid;
    }
    const auto holder = phones_.find(event.settings.phone);
    if (holder != phones_.end() && holder->second != event.settings.id) {
        return Error{Code::kAlreadyExists, "PHONE_IN_USE",
                     "phone " + event.settings.phone + " belongs to agent " + holder->second.str()};
    }
    const auto [entry, fresh] = agents_.try_emplace(event.settings.id);
    Agent& agent = entry->second;
    if (fresh) {
        ++counts_[static_cast<size_t>(AgentState::kLoggedOut)];
    } else {
        for (auto& [id, queue] : queues_) {
            LeaveQueue(agent, queue);
        }
        phones_.erase(agent.settings.phone);
    }
    if (agent.settings.phone != event.settings.phone) {
        agent.phone_registered = false;
    }
    agent.settings = event.settings;
    phones_[agent.settings.phone] = agent.settings.id;
    for (auto& [id, queue] : queues_) {
        JoinQueue(agent, queue);
    }
    if (agent.status.state == AgentState::kReady) {
        SeekContact(agent, turn);
    }
    return {};
}

Status Router::On(const AgentDeleted& event, Turn& /*turn*/) {
    Agent* agent = Find(event.agent);
    if (agent == nullptr) {
        return NoSuch("agent", event.agent.str());
    }
    if (agent->status.state != AgentState::kLoggedOut) {
        return Error{Code::kFailedPrecondition, "AGENT_LOGGED_IN",
                     "agent " + event.agent.str() + " is logged in; log him out first"};
    }
    for (auto& [id, queue] : queues_) {
        LeaveQueue(*agent, queue);
    }
    --counts_[static_cast<size_t>(AgentState::kLoggedOut)];
    phones_.erase(agent->settings.phone);
    agents_.erase(event.agent);
    return {};
}

Status Router::On(const QueuePut& event, Turn& turn) {
    if (const Status valid = Validate(event.settings); !valid.ok()) {
        return valid;
    }
    Queue& queue = queues_[event.settings.id];
    for (auto& [id, agent] : agents_) {
        LeaveQueue(agent, queue);
    }
    queue.settings = event.settings;
    queue.strategy = FindStrategy(event.settings.strategy);
    for (auto& [id, agent] : agents_) {
        JoinQueue(agent, queue);
        List(agent);
    }
    // The change may have brought waiting contacts and ready agents together.
    while (!closed_ && !queue.line.empty() && !queue.ready.empty()) {
        SeekAgent(*Find(queue.line.Head().contact), turn);
    }
    return {};
}

Status Router::On(const QueueDeleted& event, Turn& /*turn*/) {
    Queue* queue = Find(event.queue);
    if (queue == nullptr) {
        return NoSuch("queue", event.queue.str());
    }
    const bool used = std::any_of(contacts_.begin(), contacts_.end(),
                                  [&](const auto& entry) { return entry.second.queue == event.queue; });
    if (used) {
        return Error{Code::kFailedPrecondition, "QUEUE_IN_USE", "queue " + event.queue.str() + " still has contacts"};
    }
    for (auto& [id, agent] : agents_) {
        LeaveQueue(agent, *queue);
        List(agent);
    }
    queues_.erase(event.queue);
    return {};
}

void Router::JoinQueue(Agent& agent, Queue& queue) {
    if (!Suffices(agent.settings.skills, queue.settings.required_skills)) {
        return;
    }
    Unlist(agent);
    // Sorted, because the order of a hash table must not decide anything.
    const QueueId& id = queue.settings.id;
    agent.queues.insert(std::lower_bound(agent.queues.begin(), agent.queues.end(), id), id);
    queue.logged_in += agent.status.state == AgentState::kLoggedOut ? 0 : 1;
}

// He is taken out of every row of the ready; the caller lists him again.
void Router::LeaveQueue(Agent& agent, Queue& queue) {
    Unlist(agent);
    if (std::erase(agent.queues, queue.settings.id) > 0 && agent.status.state != AgentState::kLoggedOut) {
        --queue.logged_in;
    }
}

}  // namespace trunkline::acd
