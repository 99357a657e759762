// The same rules as the router's, asked one agent at a time.
#include "acd/domain/explain.hpp"

#include <algorithm>
#include <array>

#include "acd/domain/eligibility.hpp"

namespace trunkline::acd {
namespace {

// From the nearest to taking the contact to the farthest.
constexpr std::array<std::string_view, 10> kNearest{"SERVES", "READY",     "WAIT",  "BUSY",     "CAPACITY",
                                                    "WANTED", "NOT_READY", "SKILL", "EXCLUDED", "LOGGED_OUT"};

size_t DistanceOf(const WhyNot& why) {
    return static_cast<size_t>(std::find(kNearest.begin(), kNearest.end(), why.reason) - kNearest.begin());
}

size_t RingsAfter(const QueueSettings& queue, Duration waited) {
    size_t rings = 0;
    while (rings < queue.rings.size() && queue.rings[rings].after <= waited) {
        ++rings;
    }
    return rings;
}

std::string SecondsOf(Duration time) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

std::string MissingSkill(const Skills& has, const Skills& required) {
    for (const auto& [skill, lowest] : required) {
        const auto found = has.find(skill);
        const uint32_t level = found == has.end() ? 0 : found->second;
        if (found == has.end() || level < lowest) {
            return skill + " " + std::to_string(level) + " of " + std::to_string(lowest);
        }
    }
    return "";
}

// What he has that leaves no room for the contact: "chat 3 of 3", "blocked by voice".
std::string FullBy(const Media& media, const Agent& agent, const Lane& lane) {
    if (const Medium* blocking = media.BlockedBy(lane, agent.load); blocking != nullptr) {
        return "blocked by " + blocking->word;
    }
    size_t has = 0;
    for (const Lane& other : media.lanes()) {
        has += other.medium == lane.medium ? agent.load[other.number] : 0;
    }
    const uint32_t room = agent.room[media.LaneOf(lane.medium->word, "")->number];
    const bool by_label = has < room;
    return lane.medium->word + (by_label ? "/" + lane.label : "") + " " +
           std::to_string(by_label ? agent.load[lane.number] : has) + " of " +
           std::to_string(by_label ? agent.room[lane.number] : room);
}

bool Has(const Agent& agent, const Contact& contact) {
    return (HasContact(agent.status.state) && agent.status.contact == contact.id) ||
           std::find(agent.tasks.begin(), agent.tasks.end(), &contact) != agent.tasks.end();
}

WhyNot Judge(const Router& router, const Agent& agent, const Contact& contact, const Skills& required, TimePoint now) {
    const AgentId& id = agent.settings.id;
    const AgentStatus& status = agent.status;
    const QueueSettings& queue = contact.home->settings;
    if (Has(agent, contact)) {
        return {id, "SERVES", std::string(ToText(status.state))};
    }
    if (ProfileIn(agent.settings, queue.id).excluded) {
        return {id, "EXCLUDED", ""};
    }
    const auto wait = WaitFor(agent.settings, queue, contact.row == nullptr ? "" : contact.row->language);
    if (!wait) {
        return {id, "SKILL", MissingSkill(agent.settings.skills, required)};
    }
    if (status.state == AgentState::kLoggedOut) {
        return {id, "LOGGED_OUT", ""};
    }
    if (status.state == AgentState::kNotReady) {
        return {id, "NOT_READY", status.reason};
    }
    if (status.next && status.next->state == AgentState::kNotReady && !contact.IsCall()) {
        return {id, "NOT_READY", status.next->reason};
    }
    if ((router.OpenFor(agent) & contact.lane->Bit()) == 0) {
        const bool talks = contact.IsCall() && status.state != AgentState::kReady;
        return talks ? WhyNot{id, "BUSY", std::string(ToText(status.state))}
                     : WhyNot{id, "CAPACITY", FullBy(router.media(), agent, *contact.lane)};
    }
    if (contact.state == ContactState::kWaiting && !contact.wanted.empty() && contact.wanted != id) {
        return {id, "WANTED", contact.wanted.str()};
    }
    if (now - contact.queued < *wait) {
        return {id, "WAIT", SecondsOf(*wait - (now - contact.queued))};
    }
    return {id, "READY", ""};
}

std::string StateOf(const Contact& contact, const std::map<std::string, size_t>& counts) {
    if (contact.state != ContactState::kWaiting) {
        return std::string(ToText(contact.state));
    }
    if (contact.dozes) {
        return "CALLBACK_HOURS";
    }
    if (!contact.wanted.empty()) {
        return "WAITS_FOR_AGENT";
    }
    static constexpr std::array<std::pair<const char*, const char*>, 4> kWaits{
        {{"BUSY", "ALL_BUSY"}, {"CAPACITY", "ALL_BUSY"}, {"WAIT", "AGENTS_LATER"}, {"NOT_READY", "ALL_AWAY"}}};
    for (const auto& [reason, state] : kWaits) {
        if (counts.contains(reason)) {
            return state;
        }
    }
    return counts.contains("LOGGED_OUT") ? "NOBODY_LOGGED_IN" : "NOBODY_SUITED";
}

}  // namespace

Explanation Explain(const Router& router, const Contact& contact, TimePoint now) {
    Explanation explanation;
    const QueueSettings& queue = contact.home->settings;
    explanation.place = router.PlaceOf(contact);
    if (explanation.place > 0) {
        explanation.expected_wait = ExpectedWait(explanation.place, contact.home->serving, contact.home->handling);
    }
    const Duration waited = now - contact.queued;
    const size_t rings = RingsAfter(queue, waited);
    explanation.required = RequiredAfter(queue, rings, contact.row == nullptr ? "" : contact.row->language);
    if (rings < queue.rings.size()) {
        explanation.next_ring = queue.rings[rings].after - waited;
    }
    explanation.wanted = contact.wanted;
    for (const auto& [id, agent] : router.agents()) {
        explanation.agents.push_back(Judge(router, agent, contact, explanation.required, now));
        ++explanation.counts[explanation.agents.back().reason];
    }
    const auto nearer = [](const WhyNot& a, const WhyNot& b) {
        return std::pair(DistanceOf(a), a.agent.str()) < std::pair(DistanceOf(b), b.agent.str());
    };
    const size_t kept = std::min(kMostExplained, explanation.agents.size());
    std::partial_sort(explanation.agents.begin(), explanation.agents.begin() + static_cast<std::ptrdiff_t>(kept),
                      explanation.agents.end(), nearer);
    explanation.agents.resize(kept);
    explanation.state = StateOf(contact, explanation.counts);
    return explanation;
}

std::optional<Explanation> ExplainCallback(const Router& router, const CallbackId& id, TimePoint now) {
    const auto callback = router.callbacks().find(id);
    if (callback == router.callbacks().end() || !callback->second.open()) {
        return std::nullopt;
    }
    const auto contact = router.contacts().find(callback->second.contact);
    if (contact != router.contacts().end()) {
        return Explain(router, contact->second, now);
    }
    Explanation explanation;
    explanation.state = "CALLBACK_PAUSED";
    explanation.next_ring = std::max(callback->second.wakes - now, Duration::zero());
    return explanation;
}

}  // namespace trunkline::acd
