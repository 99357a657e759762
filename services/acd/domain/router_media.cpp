// Media are put, changed and deleted; what an agent has of each, and may still take.
#include <algorithm>

#include "acd/domain/router.hpp"

namespace trunkline::acd {

Status Router::On(const MediumPut& event, Turn& turn) {
    const Medium* known = media_.Find(event.medium.word);
    if (known != nullptr && event.medium.telephone && !known->telephone) {
        return Error{Code::kInvalidArgument, "INVALID_MEDIUM",
                     "a medium does not become the telephone's; put another one for calls"};
    }
    const Status put = media_.Put(event.medium);
    if (put.ok()) {
        RenewLanes(turn);
    }
    return put;
}

Status Router::On(const MediumDeleted& event, Turn& turn) {
    const Medium* medium = media_.Find(event.word);
    if (medium == nullptr) {
        return NoSuch("medium", event.word);
    }
    const bool used = std::any_of(queues_.begin(), queues_.end(), [&](const auto& entry) {
        const auto& media = entry.second.settings.media;
        return std::find(media.begin(), media.end(), event.word) != media.end();
    });
    if (used) {
        return Error{Code::kFailedPrecondition, "MEDIUM_IN_USE",
                     "queues still take contacts of the medium " + event.word};
    }
    const Status deleted = media_.Delete(event.word);
    if (deleted.ok()) {
        RenewLanes(turn);
    }
    return deleted;
}

Lanes Router::OpenFor(const Agent& agent) const {
    const AgentStatus& status = agent.status;
    const bool leaves = status.next && status.next->state == AgentState::kNotReady;
    if (status.state == AgentState::kLoggedOut || status.state == AgentState::kNotReady || leaves) {
        return 0;
    }
    if (agent.tasks.empty()) {
        return status.state == AgentState::kReady ? agent.usable : agent.usable & media_.beside_call();
    }
    return media_.OpenFor(agent.load, agent.room);
}

const Lane* Router::LaneFor(const Contact& contact) const {
    return contact.IsCall() ? &media_.Telephone() : media_.LaneOf(contact.medium, contact.label);
}

// Every medium exists, and those that its contacts have stay.
Status Router::CheckMedia(const QueueSettings& queue) const {
    const auto takes = [&](const std::string& word) {
        return std::find(queue.media.begin(), queue.media.end(), word) != queue.media.end();
    };
    for (const std::string& word : queue.media) {
        if (media_.Find(word) == nullptr) {
            return NoSuch("medium", word);
        }
    }
    for (const auto& [id, contact] : contacts_) {
        if (contact.queue == queue.id && !contact.IsCall() && !takes(contact.medium)) {
            return Error{Code::kFailedPrecondition, "QUEUE_IN_USE",
                         "queue " + queue.id.str() + " still has contacts of the medium " + contact.medium};
        }
    }
    return {};
}

// Calls first, then each medium with its labels; of each one row for any language and one for each that is asked for.
void Router::MakeRows(Queue& queue) const {
    const auto& media = queue.settings.media;
    const auto add = [&](const Lane& lane) {
        queue.rows.push_back({&lane, "", {}});
        for (const std::string& language : queue.settings.languages) {
            queue.rows.push_back({&lane, language, {}});
        }
    };
    add(media_.Telephone());
    for (const Lane& lane : media_.lanes()) {
        if (!lane.medium->telephone && std::find(media.begin(), media.end(), lane.medium->word) != media.end()) {
            add(lane);
        }
    }
    for (Row& row : queue.rows) {
        row.tiers[Duration::zero()];
    }
}

// What he may have, and has.
void Router::Measure(Agent& agent) const {
    agent.room = media_.RoomOf(agent.settings.capacities);
    agent.usable = media_.Usable(agent.room);
    agent.load = {};
    agent.load[media_.Telephone().number] = UsesTelephone(agent.status.state) ? 1 : 0;
    for (const Contact* task : agent.tasks) {
        ++agent.load[task->lane->number];
    }
}

void Router::RenewLanes(Turn& turn) {
    for (auto& [id, agent] : agents_) {
        for (auto& [queue_id, queue] : queues_) {
            LeaveQueue(agent, queue);
        }
    }
    for (auto& [id, contact] : contacts_) {
        contact.lane = LaneFor(contact);
    }
    for (auto& [id, agent] : agents_) {
        Measure(agent);
    }
    for (auto& [id, queue] : queues_) {
        Rebuild(queue, turn);
    }
    for (auto& [id, agent] : agents_) {
        SeekContact(agent, turn);
    }
}

// The contact is the agent's to decide on, to serve or to wrap up.
void Router::Occupy(Agent& agent, Contact& contact, Turn& turn) {
    Unlist(agent);
    agent.tasks.push_back(&contact);
    ++agent.load[contact.lane->number];
    turn.out.agents.push_back({agent.settings.id, contact.id});
    List(agent);
}

// He looks for another contact afterwards.
void Router::Vacate(Agent& agent, const Contact& contact) {
    const auto task = std::find(agent.tasks.begin(), agent.tasks.end(), &contact);
    if (task != agent.tasks.end()) {
        Unlist(agent);
        agent.tasks.erase(task);
        --agent.load[contact.lane->number];
    }
}

}  // namespace trunkline::acd
