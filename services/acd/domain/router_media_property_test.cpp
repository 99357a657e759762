// The router's promises about contacts of several media under random events: nobody has more than he may have, nothing
// comes beside what it must not interrupt, nobody equal is overtaken, and nobody waits while somebody has room for him.
#include <map>
#include <random>
#include <set>

#include "acd/domain/eligibility.hpp"
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {
namespace {

constexpr std::array<const char*, 3> kMediaWords{"chat", "letter", "order"};

// What an agent has, counted from the contacts alone.
struct Has {
    std::map<std::string, uint32_t> media;
    std::map<std::string, uint32_t> labels;  // of chats
};

class MediaDay : public RouterFixture {
 public:
    explicit MediaDay(unsigned seed) : random_(seed) {
        Put("chat", 3, {{"voice", 1}, {"letter", 0}}, {{"vip", 1}});
        Put("letter", 2, {{"voice", 0}, {"chat", 0}, {"order", 0}}, {});
        Put("order", 4, {{"voice", 0}, {"chat", 2}}, {});
        Medium voice = *router.media().Find("voice");
        voice.interrupted_by = {{"letter", 0}};
        Do(MediumPut{voice});
        for (int i = 0; i < 3; ++i) {
            QueueSettings queue;
            queue.id = QueueId("q" + std::to_string(i));
            queue.required_skills = {{"s" + std::to_string(i), 50}};
            queue.media = {"chat", "letter", "order"};
            queue.wrap_up_limit = std::chrono::seconds(5);
            queue.strategy = i == 2 ? "ring_all" : "longest_idle";
            queue.ring_at_most = 3;
            Do(QueuePut{queue});
        }
        for (int i = 0; i < 8; ++i) {
            Skills skills;
            for (int skill = 0; skill < 3; ++skill) {
                if (Number(100) < 60) {
                    skills["s" + std::to_string(skill)] = static_cast<uint32_t>(Number(101));
                }
            }
            AddAgent("a" + std::to_string(i), skills);
        }
        AgentSettings few = AgentAt("a0").settings;
        few.capacities = {{"chat", "", 1}, {"order", "", 0}};
        Do(AgentPut{few});
    }

    void Step() {
        time_ += Number(3000) / 1000.0;
        SetTime(time_);
        Now(acd::Tick{});
        Happen();
    }

    void Close() {
        while (!router.contacts().empty()) {
            const ContactId id = router.contacts().begin()->first;
            time_ += 60;
            SetTime(time_);
            Now(acd::Tick{});
            if (router.contacts().contains(id)) {
                Now(ContactGone{id, GoneReason::kCustomerLeft});
            }
        }
        std::map<SegmentId, int> segments;
        for (const auto& fact : Facts<ContactQueued>()) {
            ++segments[fact.segment];
        }
        for (const auto& fact : Facts<ContactDequeued>()) {
            --segments[fact.segment];
        }
        for (const auto& [segment, balance] : segments) {
            REQUIRE(balance == 0);
        }
        std::map<AgentSegmentId, int> parts;
        for (const auto& fact : Facts<AgentSegmentEnded>()) {
            ++parts[fact.agent_segment];
        }
        for (const auto& fact : Facts<WrapUpEnded>()) {
            --parts[fact.agent_segment];
        }
        for (const auto& [id, agent] : router.agents()) {
            REQUIRE(agent.tasks.empty());
            if (agent.status.state == AgentState::kWrapUp) {
                --parts[agent.status.segment];
            }
        }
        for (const auto& [part, balance] : parts) {
            REQUIRE(balance == 0);
        }
    }

 private:
    void Put(const char* word, uint32_t slots, std::map<std::string, uint32_t> interrupted_by,
             std::map<std::string, uint32_t> labels) {
        Medium medium;
        medium.word = word;
        medium.slots = slots;
        medium.interrupted_by = std::move(interrupted_by);
        medium.labels = std::move(labels);
        medium.wrap_up = std::chrono::seconds(word == std::string("chat") ? 4 : 0);
        medium.answer_limit = std::chrono::seconds(word == std::string("chat") ? 40 : 0);
        medium.returns_when_away = word != std::string("order");
        Do(MediumPut{medium});
    }
    int Number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    std::string AnyAgent() { return "a" + std::to_string(Number(8)); }
    std::string AnyQueue() { return "q" + std::to_string(Number(3)); }
    const Contact* AnyContact() {
        std::map<std::string, const Contact*> sorted;
        for (const auto& [id, contact] : router.contacts()) {
            sorted[id.str()] = &contact;
        }
        return sorted.empty() ? nullptr : std::next(sorted.begin(), Number(static_cast<int>(sorted.size())))->second;
    }

    // Whatever happens, every promise holds after it.
    void Now(const Event& event) {
        (void)Try(event);
        Check();
    }

    void Happen() {
        const int dice = Number(100);
        if (dice < 14) {
            const std::string id = "v" + std::to_string(++arrivals_);
            Now(ContactArrived{ContactId(id), CallId("call-" + id), "13800138000", QueueId(AnyQueue()),
                               static_cast<uint32_t>(Number(2)), true, 0, 0, ""});
        } else if (dice < 36) {
            ContactArrived arrived;
            arrived.contact = ContactId("t" + std::to_string(++arrivals_));
            arrived.queue = QueueId(AnyQueue());
            arrived.priority = static_cast<uint32_t>(Number(2));
            arrived.medium = kMediaWords[static_cast<size_t>(Number(3))];
            arrived.label = Number(3) == 0 ? "vip" : "";
            Now(arrived);
        } else if (dice < 50) {
            Now(AgentStateRequested{AgentId(AnyAgent()), AgentState::kReady, "", "agent"});
        } else if (dice < 54) {
            Now(AgentStateRequested{AgentId(AnyAgent()), AgentState::kNotReady, "BREAK", "agent"});
        } else if (dice < 56) {
            Now(AgentSeen{AgentId(AnyAgent()), std::chrono::seconds(2)});
        } else if (dice < 58) {
            const AgentId agent(AnyAgent());
            Now(AgentLoggedOut{agent});
            Now(AgentLoggedIn{agent});
        } else if (const Contact* contact = AnyContact(); contact != nullptr) {
            HappenTo(*contact, dice);
        }
    }

    void HappenTo(const Contact& contact, int dice) {
        const ContactId id = contact.id;
        if (dice < 62) {
            Now(ContactGone{id, GoneReason::kCustomerLeft});
        } else if (contact.offer && contact.IsCall()) {
            const LegId leg = contact.offer->leg;
            if (Number(100) < 70) {
                Now(LegAnswered{id, leg});
                Now(Bridged{id, leg});
            } else {
                Now(LegEnded{id, leg, static_cast<LegEnd>(Number(6))});
            }
        } else if (contact.offer) {
            const AgentId agent = contact.rivals.empty() ? contact.offer->agent : contact.rivals.back().agent;
            if (Number(100) < 75) {
                Now(AgentAsked{agent, ask::Accept{id}});
            } else {
                Now(AgentAsked{agent, ask::Decline{id}});
            }
        } else if (contact.part && contact.IsCall()) {
            Now(LegEnded{id, contact.part->leg, Number(100) < 80 ? LegEnd::kHungUp : LegEnd::kLost});
        } else if (contact.part || contact.wrap_up) {
            const AgentId agent = contact.part ? contact.part->agent : contact.wrap_up->agent;
            const int which = Number(100);
            const bool to_queue = which < 70;
            if (which < 55) {
                Now(AgentAsked{agent, ask::Finish{id}});
            } else if (which < 85) {
                const auto kind = to_queue ? Destination::Kind::kQueue : Destination::Kind::kAgent;
                Now(AgentAsked{agent, ask::Give{id, {kind, to_queue ? AnyQueue() : AnyAgent()}}});
            } else {
                Now(TaskMoved{id, which < 92});
            }
        }
    }

    std::map<AgentId, Has> CountAll() const {
        std::map<AgentId, Has> all;
        const auto add = [&](const AgentId& agent, const Contact& contact) {
            Has& has = all[agent];
            ++has.media[contact.lane->medium->word];
            has.labels[contact.label] += contact.label.empty() || contact.medium != "chat" ? 0 : 1;
        };
        for (const auto& [id, contact] : router.contacts()) {
            if (contact.offer) {
                add(contact.offer->agent, contact);
            }
            for (const Offer& rival : contact.rivals) {
                add(rival.agent, contact);
            }
            if (contact.part) {
                add(contact.part->agent, contact);
            }
            if (contact.wrap_up) {
                add(contact.wrap_up->agent, contact);
            }
        }
        for (const auto& [id, agent] : router.agents()) {
            all[id].media["voice"] = UsesTelephone(agent.status.state) ? 1 : 0;
        }
        return all;
    }

    uint32_t SlotsOf(const AgentId& agent, const std::string& medium) const {
        if (agent == AgentId("a0") && medium != "letter" && medium != "voice") {
            return medium == "chat" ? 1 : 0;
        }
        return router.media().Find(medium)->slots;
    }

    void Check() {
        auto all = CountAll();
        for (const auto& [id, agent] : router.agents()) {
            const Has& has = all.at(id);
            size_t tasks = 0;
            for (const auto& [medium, count] : has.media) {
                REQUIRE(count <= SlotsOf(id, medium));
                tasks += medium == "voice" ? 0 : count;
            }
            REQUIRE(agent.tasks.size() == tasks);
            REQUIRE((!has.labels.contains("vip") || has.labels.at("vip") <= 1));
            REQUIRE(agent.listed == router.OpenFor(agent));
        }
        FollowFacts();
        for (auto& [id, has] : all) {
            for (const char* word : {"voice", "chat", "letter", "order"}) {
                REQUIRE(told_[id].media[word] == (has.media.contains(word) ? has.media.at(word) : 0));
            }
        }
        CheckNobodyWaits();
    }

    // The facts alone tell what everybody has at every moment; each offer is judged by that.
    void FollowFacts() {
        for (const Fact& fact : last.facts) {
            if (const auto* queued = std::get_if<ContactQueued>(&fact.body)) {
                media_of_[queued->contact] = queued->medium;
            } else if (const auto* offered = std::get_if<ContactOffered>(&fact.body)) {
                const std::string& word = media_of_.at(offered->contact);
                CheckBeside(word, told_[offered->agent]);
                told_[offered->agent].media[word] += word == "voice" ? 0 : 1;
                CheckOrder(offered->contact);
            } else if (const auto* ended = std::get_if<OfferEnded>(&fact.body)) {
                Leave(ended->agent, ended->contact);
            } else if (const auto* wrapped = std::get_if<WrapUpEnded>(&fact.body)) {
                Leave(wrapped->agent, wrapped->contact);
            } else if (const auto* changed = std::get_if<AgentStateChanged>(&fact.body)) {
                told_[changed->agent].media["voice"] = UsesTelephone(changed->state) ? 1 : 0;
            }
        }
    }
    void Leave(const AgentId& agent, const ContactId& contact) {
        const std::string& word = media_of_.at(contact);
        told_[agent].media[word] -= word == "voice" ? 0 : 1;
    }
    void CheckBeside(const std::string& word, const Has& has) {
        for (const auto& [other, count] : has.media) {
            if (other == word || count == 0) {
                continue;
            }
            const auto& rules = router.media().Find(other)->interrupted_by;
            REQUIRE(rules.contains(word));
            REQUIRE((rules.at(word) == 0 || count <= rules.at(word)));
        }
    }

    // Whoever is served was the first of his medium in his queue.
    void CheckOrder(const ContactId& contact) {
        const auto found = router.contacts().find(contact);
        const bool plain = found != router.contacts().end() && found->second.state == ContactState::kOffered;
        if (!plain) {
            return;
        }
        const Contact& served = found->second;
        std::set<ContactId> joined;
        for (const Fact& fact : last.facts) {
            if (std::holds_alternative<OfferEnded>(fact.body) || std::holds_alternative<ContactQueued>(fact.body)) {
                joined.insert(ContactOf(fact));
            }
        }
        for (const auto& [id, other] : router.contacts()) {
            if (other.state == ContactState::kWaiting && other.queue == served.queue && other.lane == served.lane &&
                !joined.contains(id)) {
                REQUIRE((other.priority < served.priority || other.arrived >= served.arrived));
            }
        }
    }

    void CheckNobodyWaits() {
        for (const auto& [id, queue] : router.queues()) {
            for (const Row& row : queue.rows) {
                for (const auto& [wait, tier] : row.tiers) {
                    REQUIRE((tier.line.empty() || tier.ready.empty()));
                }
            }
        }
    }

    std::mt19937 random_;
    std::map<AgentId, Has> told_;
    std::map<ContactId, std::string> media_of_;
    double time_ = 0;
    int arrivals_ = 0;
};

}  // namespace

TEST_CASE("media: the router keeps its promises through random days of several media", "[acd][media][property]") {
    size_t offers = 0;
    for (unsigned seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        MediaDay day(seed);
        for (int step = 0; step < 1200; ++step) {
            day.Step();
        }
        day.Close();
        offers += day.Facts<ContactOffered>().size();
    }
    CHECK(offers > 4000);
}

}  // namespace trunkline::acd
