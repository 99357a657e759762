// The router's promises under random events: one agent is never offered two contacts, a contact never has two offers,
// nobody equal is overtaken, nobody waits while a ready agent may serve him, and every contact ends.
#include <map>
#include <random>
#include <set>

#include "acd/domain/eligibility.hpp"
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {
namespace {

class RandomDay : public RouterFixture {
 public:
    explicit RandomDay(unsigned seed) : random_(seed) {
        for (int i = 0; i < 4; ++i) {
            AddQueue("q" + std::to_string(i), {{"s" + std::to_string(i), 50}}, static_cast<uint32_t>(i / 2));
        }
        QueueSettings queue;
        queue.id = QueueId("q4");
        queue.required_skills = {{"s0", 1}};
        queue.overflow_after = std::chrono::seconds(40);
        queue.overflow_to = QueueId("q0");
        queue.wrap_up_limit = {};
        Do(QueuePut{queue});
        QueueSettings all = SettingsOf("q3");
        all.strategy = "ring_all";
        all.ring_at_most = 3;
        all.rings = {{std::chrono::seconds(10), {{"s3", 20}}, {}}, {std::chrono::seconds(25), {}, {"s3"}}};
        Do(QueuePut{all});
        for (int i = 0; i < 12; ++i) {
            Skills skills;
            for (int skill = 0; skill < 4; ++skill) {
                if (Chance(50)) {
                    skills["s" + std::to_string(skill)] = static_cast<uint32_t>(Number(101));
                }
            }
            AddAgent("a" + std::to_string(i), skills);
        }
    }

    void Step() {
        time_ += Number(3000) / 1000.0;
        SetTime(time_);
        Tick();
        Check();
        Happen();
        Check();
    }

    // Everybody hangs up; nothing may be left.
    void Close() {
        while (!router.contacts().empty()) {
            Do(ContactGone{router.contacts().begin()->first, GoneReason::kCustomerLeft});
            Check();
        }
        SetTime(time_ + 3600);
        Tick();
        std::map<SegmentId, int> open;
        for (const auto& fact : Facts<ContactQueued>()) {
            ++open[fact.segment];
        }
        for (const auto& fact : Facts<ContactDequeued>()) {
            --open[fact.segment];
        }
        for (const auto& [segment, balance] : open) {
            REQUIRE(balance == 0);
        }
        for (const auto& [id, agent] : router.agents()) {
            REQUIRE_FALSE(HasContact(agent.status.state));
        }
    }

 private:
    int Number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    bool Chance(int percent) { return Number(100) < percent; }
    std::string AnyAgent() { return "a" + std::to_string(Number(12)); }
    const Contact* AnyContact() {
        if (router.contacts().empty()) {
            return nullptr;
        }
        // In the order of ids, because a hash table's order is nobody's promise.
        std::map<std::string, const Contact*> sorted;
        for (const auto& [id, contact] : router.contacts()) {
            sorted[id.str()] = &contact;
        }
        return std::next(sorted.begin(), Number(static_cast<int>(sorted.size())))->second;
    }

    void Happen() {
        const int dice = Number(100);
        if (dice < 25) {
            Arrive("c" + std::to_string(++arrivals_), "q" + std::to_string(Number(5)),
                   static_cast<uint32_t>(Number(2)));
        } else if (dice < 45) {
            SetReady(AnyAgent());
        } else if (dice < 50) {
            (void)Try(AgentStateRequested{AgentId(AnyAgent()), AgentState::kNotReady, "BREAK", "agent"});
        } else if (dice < 53) {
            const AgentId agent(AnyAgent());
            (void)Try(AgentLoggedOut{agent});
            Do(AgentLoggedIn{agent});
        } else if (dice < 58) {
            (void)Try(WrapUpFinished{AgentId(AnyAgent())});
        } else if (const Contact* contact = AnyContact(); contact != nullptr) {
            HappenTo(*contact, dice);
        }
    }

    void HappenTo(const Contact& contact, int dice) {
        const ContactId id = contact.id;
        if (dice < 64) {
            Do(ContactGone{id, GoneReason::kCustomerLeft});
        } else if (contact.offer && dice < 85) {
            const size_t number = static_cast<size_t>(Number(static_cast<int>(contact.rivals.size()) + 1));
            const LegId leg = number == 0 ? contact.offer->leg : contact.rivals[number - 1].leg;
            if (Chance(60)) {
                Do(LegAnswered{id, leg});
                Do(Bridged{id, leg});
            } else {
                Do(LegEnded{id, leg, static_cast<LegEnd>(Number(6))});
            }
        } else if (contact.part) {
            const LegId leg = contact.part->leg;
            if (dice < 75) {
                Do(Held{id, leg});
            } else if (dice < 85) {
                Do(Resumed{id, leg});
            } else if (dice < 92) {
                Do(TransferRequested{id, leg, Chance(30) ? "q" + std::to_string(Number(5)) : AnyAgent(), false});
            } else {
                Do(LegEnded{id, leg, Chance(70) ? LegEnd::kHungUp : LegEnd::kLost});
            }
        }
    }

    void Check() {
        CheckOffers();
        CheckAgents();
        CheckQueues();
    }

    // When an offer is made nobody of equal priority in the same line is older; those who joined it in the same turn
    // may have come after the offer.
    void CheckOffers() {
        std::set<ContactId> joined;
        for (const Fact& fact : last.facts) {
            if (std::holds_alternative<OfferEnded>(fact.body) || std::holds_alternative<ContactQueued>(fact.body)) {
                joined.insert(ContactOf(fact));
            }
        }
        for (const auto& ring : Commands<Ring>()) {
            const auto found = router.contacts().find(ring.contact);
            if (found == router.contacts().end() || found->second.state != ContactState::kOffered) {
                continue;
            }
            const Contact& served = found->second;
            for (const auto& [id, other] : router.contacts()) {
                if (other.state != ContactState::kWaiting || other.queue != served.queue || joined.contains(id)) {
                    continue;
                }
                const auto wait = WaitFor(AgentAt(ring.agent.str()).settings, served.home->settings, other.language);
                const bool allowed = wait && now() - other.queued >= *wait;
                REQUIRE((!allowed || other.priority < served.priority || other.arrived >= served.arrived));
            }
        }
    }

    void CheckAgents() {
        std::map<AgentId, int> held;
        for (const auto& [id, contact] : router.contacts()) {
            REQUIRE(contact.state != ContactState::kDone);
            REQUIRE((contact.state == ContactState::kOffered || contact.state == ContactState::kTransferring) ==
                    contact.offer.has_value());
            std::vector<const AgentId*> with{contact.offer ? &contact.offer->agent : nullptr,
                                             contact.part ? &contact.part->agent : nullptr};
            REQUIRE((contact.rivals.empty() || contact.offer));
            for (const Offer& rival : contact.rivals) {
                with.push_back(&rival.agent);
            }
            for (const auto* agent : with) {
                if (agent != nullptr) {
                    ++held[*agent];
                    REQUIRE(router.agents().at(*agent).status.contact == id);
                }
            }
        }
        std::array<size_t, kAgentStates> counts{};
        for (const auto& [id, agent] : router.agents()) {
            ++counts[static_cast<size_t>(agent.status.state)];
            REQUIRE(held[id] == (HasContact(agent.status.state) ? 1 : 0));
            REQUIRE((agent.listed != 0) == (agent.status.state == AgentState::kReady));
        }
        for (size_t state = 0; state < kAgentStates; ++state) {
            REQUIRE(router.CountOf(static_cast<AgentState>(state)) == counts[state]);
        }
    }

    void CheckQueues() {
        size_t waiting = 0;
        for (const auto& [id, queue] : router.queues()) {
            for (const Row& row : queue.rows) {
                bool ready = false;
                for (const auto& [wait, tier] : row.tiers) {
                    ready = ready || !tier.ready.empty();
                    REQUIRE((tier.line.empty() || !ready));
                }
            }
            waiting += queue.waiting;
        }
        size_t expected = 0;
        for (const auto& [id, contact] : router.contacts()) {
            expected += contact.state == ContactState::kWaiting ? 1 : 0;
        }
        REQUIRE(waiting == expected);
    }

    std::mt19937 random_;
    double time_ = 0;
    int arrivals_ = 0;
};

}  // namespace

TEST_CASE("router: keeps its promises through random days", "[acd][property]") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        RandomDay day(seed);
        for (int step = 0; step < 1500; ++step) {
            day.Step();
        }
        day.Close();
    }
}

TEST_CASE("router: the same events give the same facts", "[acd][property]") {
    RandomDay first(7);
    RandomDay second(7);
    for (int step = 0; step < 500; ++step) {
        first.Step();
        second.Step();
    }
    REQUIRE(first.facts.size() == second.facts.size());
    for (size_t i = 0; i < first.facts.size(); ++i) {
        REQUIRE(first.facts[i].occurred == second.facts[i].occurred);
        REQUIRE(first.facts[i].body.index() == second.facts[i].body.index());
    }
}

}  // namespace trunkline::acd
