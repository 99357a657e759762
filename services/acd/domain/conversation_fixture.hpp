// ann talks with the customer of c1; bob and cat are ready, dan supervises.
#pragma once
#include "acd/domain/arrangement.hpp"
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {

class ConversationFixture : public RouterFixture {
 public:
    ConversationFixture() {
        QueueSettings queue;
        queue.id = QueueId("q");
        queue.outbound = {"carrier", "96166"};
        queue.recording = Recording::kWish;
        Do(QueuePut{queue});
        AddQueue("second");
        AddReady("ann");
        Arrive("c1", "q");
        Connect("c1");
        ann_leg = PartLeg("c1");
        AddReady("bob");
        AddReady("cat");
        AddAgent("dan");
        SetTime(10);
    }
    void Ask(const std::string& agent, decltype(AgentAsked::what) what) {
        Do(AgentAsked{AgentId(agent), std::move(what)});
    }
    std::string Refused(const std::string& agent, decltype(AgentAsked::what) what) {
        return ReasonOf(AgentAsked{AgentId(agent), std::move(what)});
    }
    static Destination ToAgent(const std::string& name) { return {Destination::Kind::kAgent, name}; }
    static Destination ToNumber(const std::string& name) { return {Destination::Kind::kNumber, name}; }
    void Supervise(const std::string& agent, SupervisorAction action, const std::string& supervisor = "dan") {
        Do(Action(agent, action, supervisor));
    }
    static SupervisorAsked Action(const std::string& agent, SupervisorAction action,
                                  const std::string& supervisor = "dan") {
        return {AgentId(supervisor), AgentId(agent), action, "user-1", AgentState::kReady, ""};
    }
    const Party& LastParty() const { return ContactAt("c1").parties.back(); }
    // The party invited last picks up; returns its leg.
    LegId PickUpParty() {
        const LegId leg = LastParty().leg;
        Do(LegAnswered{ContactId("c1"), leg});
        return leg;
    }
    void EndLeg(const LegId& leg, LegEnd end = LegEnd::kHungUp) { Do(LegEnded{ContactId("c1"), leg, end}); }
    // Does the listener hear the speaker now? An empty leg is the customer's.
    bool Hears(const LegId& listener, const LegId& speaker) const {
        const Arrangement now = ArrangementOf(ContactAt("c1"));
        const auto has = [](const std::vector<LegId>& legs, const LegId& leg) {
            return std::find(legs.begin(), legs.end(), leg) != legs.end();
        };
        if (now.legs.size() < 2 || !has(now.legs, listener) || !has(now.legs, speaker)) {
            return false;
        }
        return now.hearing.empty() ||
               std::any_of(now.hearing.begin(), now.hearing.end(), [&](const Arrangement::Hearing& each) {
                   return each.listener == listener && has(each.speakers, speaker);
               });
    }
    bool Talk(const LegId& a, const LegId& b) const { return Hears(a, b) && Hears(b, a); }

    LegId ann_leg;
    const LegId customer;
};

}  // namespace trunkline::acd
