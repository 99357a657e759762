// Agents and queues are put, changed and deleted while contacts wait.
#include <algorithm>

#include "acd/domain/eligibility.hpp"
#include "acd/domain/router.hpp"
#include "acd/domain/routing/strategies.hpp"

namespace trunkline::acd {
namespace {

// The short form of the settings is a rule like others, and the last.
std::vector<OverflowRule> RulesOf(const QueueSettings& settings) {
    std::vector<OverflowRule> rules = settings.overflow_rules;
    if (settings.overflow_after > Duration::zero()) {
        const auto limit = std::chrono::ceil<std::chrono::seconds>(settings.overflow_after).count();
        rules.push_back(
            {OverflowWhen::kWaited, static_cast<uint32_t>(limit), OverflowTo::kQueue, settings.overflow_to.str(), ""});
    }
    return rules;
}

}  // namespace

Status Router::On(const ReasonPut& event, Turn& /*turn*/) {
    if (const Status valid = Validate(event.reason); !valid.ok()) {
        return valid;
    }
    reasons_[event.reason.word] = event.reason;
    return {};
}

Status Router::On(const ReasonDeleted& event, Turn& /*turn*/) {
    return reasons_.erase(event.word) > 0 ? Status{} : Status(NoSuch("reason", event.word));
}

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
        agent.ticket = ++tickets_;
        agents_by_ticket_[agent.ticket] = &agent;
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
    Measure(agent);
    phones_[agent.settings.phone] = agent.settings.id;
    for (auto& [id, queue] : queues_) {
        JoinQueue(agent, queue, turn.now);
    }
    SeekContact(agent, turn);
    return {};
}

Status Router::On(const AgentDeleted& event, Turn& turn) {
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
    while (!agent->own_line.empty()) {
        GiveUpWanted(*agent->own_line.Head().contact, turn);
    }
    --counts_[static_cast<size_t>(AgentState::kLoggedOut)];
    phones_.erase(agent->settings.phone);
    agents_by_ticket_.erase(agent->ticket);
    agents_.erase(event.agent);
    return {};
}

Status Router::On(const QueuePut& event, Turn& turn) {
    Status valid = Validate(event.settings);
    valid = valid.ok() ? CheckMedia(event.settings) : valid;
    if (!valid.ok()) {
        return valid;
    }
    const auto [entry, fresh] = queues_.try_emplace(event.settings.id);
    Queue& queue = entry->second;
    if (fresh) {
        queue.ticket = ++tickets_;
        queues_by_ticket_[queue.ticket] = &queue;
    }
    queue.settings = event.settings;
    queue.strategy = FindStrategy(event.settings.strategy);
    queue.rules = RulesOf(event.settings);
    Rebuild(queue, turn);
    return {};
}

// Sorts everybody anew, by the settings.
void Router::Rebuild(Queue& queue, Turn& turn) {
    for (auto& [id, agent] : agents_) {
        LeaveQueue(agent, queue);
    }
    const std::vector<Contact*> waiting = ClearRows(queue);
    for (auto& [id, contact] : contacts_) {
        if (contact.home == &queue) {
            contact.row = nullptr;
            contact.tier = nullptr;
        }
    }
    MakeRows(queue);
    for (auto& [id, agent] : agents_) {
        JoinQueue(agent, queue, turn.now);
        List(agent);
    }
    for (Contact* contact : waiting) {
        JoinLine(*contact, turn.now);
    }
    // The change may have brought waiting contacts and ready agents together.
    for (Contact* contact : waiting) {
        SeekAgent(*contact, turn);
    }
}

Status Router::On(const QueueDeleted& event, Turn& /*turn*/) {
    Queue* queue = Find(event.queue);
    if (queue == nullptr) {
        return NoSuch("queue", event.queue.str());
    }
    const auto uses = [&](const auto& entry) { return entry.second.queue == event.queue; };
    const auto calls = [&](const auto& entry) { return entry.second.open() && uses(entry); };
    if (std::any_of(contacts_.begin(), contacts_.end(), uses) ||
        std::any_of(callbacks_.begin(), callbacks_.end(), calls)) {
        return Error{Code::kFailedPrecondition, "QUEUE_IN_USE", "queue " + event.queue.str() + " still has contacts"};
    }
    for (auto& [id, agent] : agents_) {
        LeaveQueue(agent, *queue);
        List(agent);
    }
    queues_by_ticket_.erase(queue->ticket);
    queues_.erase(event.queue);
    return {};
}

// Takes everybody out; in the order in which they would have been served.
std::vector<Contact*> Router::ClearRows(Queue& queue) {
    std::vector<Position> positions;
    for (const Row& row : queue.rows) {
        for (const auto& [wait, tier] : row.tiers) {
            positions.insert(positions.end(), tier.line.begin(), tier.line.end());
        }
    }
    std::sort(positions.begin(), positions.end());
    queue.rows.clear();
    queue.waiting -= positions.size();
    std::vector<Contact*> contacts;
    std::transform(positions.begin(), positions.end(), std::back_inserter(contacts),
                   [](const Position& position) { return position.contact; });
    return contacts;
}

// The tier of the row that begins at `wait`; when it is new, those who have waited long enough climb into it.
Tier& Router::TierOf(Row& row, Duration wait, TimePoint now) {
    const auto [entry, fresh] = row.tiers.try_emplace(wait);
    if (fresh && entry != row.tiers.begin()) {
        Tier& below = std::prev(entry)->second;
        const std::vector<Position> before(below.line.begin(), below.line.end());
        for (const Position& position : before) {
            LeaveLine(*position.contact);
            JoinLine(*position.contact, now);
        }
    }
    return entry->second;
}

void Router::JoinQueue(Agent& agent, Queue& queue, TimePoint now) {
    Unlist(agent);
    for (Row& row : queue.rows) {
        const std::optional<Duration> wait = WaitFor(agent.settings, queue.settings, row.language);
        if (!wait || (agent.usable & row.lane->Bit()) == 0) {
            continue;
        }
        const uint32_t priority = ProfileIn(agent.settings, queue.settings.id).priority;
        const bool first = std::none_of(agent.memberships.begin(), agent.memberships.end(),
                                        [&](const Membership& other) { return other.queue == &queue; });
        const Membership membership{&queue,          &row,  *wait, priority, &TierOf(row, *wait, now),
                                    row.lane->Bit(), first, {}};
        // Sorted, because the order of a hash table must not decide anything.
        const auto place =
            std::upper_bound(agent.memberships.begin(), agent.memberships.end(), queue.settings.id,
                             [](const QueueId& id, const Membership& other) { return id < other.queue->settings.id; });
        agent.memberships.insert(place, membership);
        const bool counts = first && agent.status.state != AgentState::kLoggedOut;
        queue.logged_in += counts ? 1 : 0;
        queue.serving += counts && Serves(agent.status.state) ? 1 : 0;
    }
}

// He is taken out of every row of the ready; the caller lists him again.
void Router::LeaveQueue(Agent& agent, Queue& queue) {
    Unlist(agent);
    std::erase_if(agent.memberships, [&](const Membership& membership) {
        const bool leaves = membership.queue == &queue;
        const bool counts = leaves && membership.counts;
        queue.logged_in -= counts && agent.status.state != AgentState::kLoggedOut ? 1 : 0;
        queue.serving -= counts && Serves(agent.status.state) ? 1 : 0;
        return leaves;
    });
}

}  // namespace trunkline::acd
