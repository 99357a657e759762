// A router with short words for tests: time in seconds, one contact centre of agents and queues, and what was decided.
#pragma once
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "acd/domain/router.hpp"

namespace trunkline::acd {

class RouterFixture {
 public:
    RouterFixture() { (void)Do(RoutingOpened{}); }

    static TimePoint At(double seconds) {
        return FromUnixMillis(1772413200000) + Duration(static_cast<int64_t>(seconds * 1e9));
    }
    void SetTime(double seconds) { now_ = At(seconds); }
    TimePoint now() const { return now_; }

    // The event must fit; what was decided is kept in `last` and added to `facts`.
    const Decisions& Do(const Event& event) {
        const Status done = Try(event);
        if (!done.ok()) {
            FAIL(done.error().message);
        }
        return last;
    }
    // As Do, for an event that need not fit.
    Status Try(const Event& event) {
        auto decisions = router.Apply(event, now_);
        last = decisions.ok() ? std::move(*decisions) : Decisions{};
        CHECK(last.illegal.empty());
        facts.insert(facts.end(), last.facts.begin(), last.facts.end());
        return decisions.ok() ? Status{} : Status(decisions.error());
    }
    std::string ReasonOf(const Event& event) {
        const auto decisions = router.Apply(event, now_);
        return decisions.ok() ? "" : decisions.error().reason;
    }

    void AddQueue(const std::string& id, const Skills& skills = {}, uint32_t weight = 0) {
        QueueSettings queue;
        queue.id = QueueId(id);
        queue.required_skills = skills;
        queue.weight = weight;
        Do(QueuePut{queue});
    }
    QueueSettings SettingsOf(const std::string& id) const { return router.queues().at(QueueId(id)).settings; }
    void PutProfile(const std::string& agent, const std::string& queue, const QueueProfile& profile) {
        AgentSettings settings = AgentAt(agent).settings;
        settings.profiles[QueueId(queue)] = profile;
        Do(AgentPut{settings});
    }
    void AddAgent(const std::string& id, const Skills& skills = {}) {
        Do(AgentPut{{AgentId(id), "", "phone-" + id, skills}});
        Do(AgentLoggedIn{AgentId(id)});
    }
    void SetReady(const std::string& id) { Do(AgentStateRequested{AgentId(id), AgentState::kReady, "", "agent"}); }
    void AddReady(const std::string& id, const Skills& skills = {}) {
        AddAgent(id, skills);
        SetReady(id);
    }
    void Arrive(const std::string& id, const std::string& queue, uint32_t priority = 0) {
        Do(ContactArrived{ContactId(id), CallId("call-" + id), "13800138000", QueueId(queue), priority, true, 0, 0,
                          ""});
    }
    void ArriveFrom(const std::string& id, const std::string& queue, const std::string& number) {
        Do(ContactArrived{ContactId(id), CallId("call-" + id), number, QueueId(queue), 0, true, 0, 0, ""});
    }
    void ArriveSpeaking(const std::string& id, const std::string& queue, const std::string& language) {
        Do(ContactArrived{ContactId(id), CallId("call-" + id), "13800138000", QueueId(queue), 0, true, 0, 0, language});
    }
    void Tick() { Do(acd::Tick{}); }

    const Contact& ContactAt(const std::string& id) const { return router.contacts().at(ContactId(id)); }
    const Agent& AgentAt(const std::string& id) const { return router.agents().at(AgentId(id)); }
    AgentState StateOf(const std::string& agent) const { return AgentAt(agent).status.state; }
    ContactState StateOfContact(const std::string& id) const { return ContactAt(id).state; }
    std::string OfferedTo(const std::string& contact) const {
        const auto& offer = ContactAt(contact).offer;
        return offer ? offer->agent.str() : "";
    }
    LegId OfferLeg(const std::string& contact) const { return ContactAt(contact).offer->leg; }
    LegId PartLeg(const std::string& contact) const { return ContactAt(contact).part->leg; }
    // The offered agent answers and audio flows.
    void Connect(const std::string& contact) {
        const LegId leg = OfferLeg(contact);
        Do(LegAnswered{ContactId(contact), leg});
        Do(Bridged{ContactId(contact), leg});
    }
    void EndOffer(const std::string& contact, LegEnd end) { Do(LegEnded{ContactId(contact), OfferLeg(contact), end}); }

    // Commands of one kind in the last decisions.
    template <class Kind>
    std::vector<Kind> Commands() const {
        std::vector<Kind> found;
        for (const Command& command : last.commands) {
            if (const auto* body = std::get_if<Kind>(&command)) {
                found.push_back(*body);
            }
        }
        return found;
    }
    // Facts of one kind since the beginning.
    template <class Kind>
    std::vector<Kind> Facts() const {
        std::vector<Kind> found;
        for (const Fact& fact : facts) {
            if (const auto* body = std::get_if<Kind>(&fact.body)) {
                found.push_back(*body);
            }
        }
        return found;
    }

    Router router;
    Decisions last;
    std::vector<Fact> facts;

 private:
    TimePoint now_ = At(0);
};

}  // namespace trunkline::acd
