// A centre of calls, chats and letters for tests.
#pragma once
#include <catch2/catch.hpp>

#include "acd/domain/explain.hpp"
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {
using std::chrono::seconds;

// Chats: three at once, a call comes beside one of them at most. Letters: two, a call or a chat may interrupt. While
// somebody talks only letters come.
class MediaCentre : public RouterFixture {
 public:
    MediaCentre() {
        Medium voice;
        voice.word = "phone";
        voice.telephone = true;
        voice.interrupted_by = {{"letter", 0}};
        Do(MediumPut{voice});
        Medium chat;
        chat.word = "chat";
        chat.slots = 3;
        chat.labels = {{"vip", 1}};
        chat.interrupted_by = {{"phone", 1}, {"letter", 0}};
        chat.wrap_up = seconds(20);
        Do(MediumPut{chat});
        Medium letter;
        letter.word = "letter";
        letter.slots = 2;
        letter.interrupted_by = {{"phone", 0}, {"chat", 0}};
        letter.time_to_accept = seconds(60);
        Do(MediumPut{letter});
        QueueSettings queue;
        queue.id = QueueId("q");
        queue.media = {"chat", "letter"};
        queue.wrap_up_limit = {};
        Do(QueuePut{queue});
        QueueSettings other = queue;
        other.id = QueueId("other");
        other.required_skills = {{"rare", 1}};
        Do(QueuePut{other});
    }

    ContactArrived Make(const std::string& id, const std::string& medium, const std::string& queue = "q") const {
        ContactArrived arrived;
        arrived.contact = ContactId(id);
        arrived.from_number = "someone@example.com";
        arrived.queue = QueueId(queue);
        arrived.medium = medium;
        arrived.reference = "ref-" + id;
        return arrived;
    }
    void Bring(const std::string& id, const std::string& medium, const std::string& label = "") {
        ContactArrived arrived = Make(id, medium);
        arrived.label = label;
        Do(arrived);
    }
    void Accept(const std::string& agent, const std::string& id) {
        Do(AgentAsked{AgentId(agent), ask::Accept{ContactId(id)}});
    }
    void Finish(const std::string& agent, const std::string& id) {
        Do(AgentAsked{AgentId(agent), ask::Finish{ContactId(id)}});
    }
    Status Give(const std::string& agent, const std::string& id, Destination::Kind kind, const std::string& to) {
        return Try(AgentAsked{AgentId(agent), ask::Give{ContactId(id), {kind, to}}});
    }
    void Serve(const std::string& agent, const std::string& id, const std::string& medium) {
        Bring(id, medium);
        REQUIRE(OfferedTo(id) == agent);
        Accept(agent, id);
    }
    bool Knows(const std::string& id) const { return router.contacts().contains(ContactId(id)); }
    std::string WhyNotFor(const std::string& id) {
        const auto explanation = Explain(router, ContactAt(id), now());
        return explanation.agents.front().reason + " " + explanation.agents.front().detail;
    }
};

}  // namespace trunkline::acd
