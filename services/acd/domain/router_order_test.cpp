// Order: rings of skills, languages, profiles, priorities, and the promise that nobody starves.
#include <random>

#include "acd/domain/precedence.hpp"
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {
namespace {

using std::chrono::seconds;

void PutRings(RouterFixture& centre) {
    QueueSettings queue;
    queue.id = QueueId("gas");
    queue.required_skills = {{"gas", 80}, {"leak", 10}};
    queue.rings = {{seconds(30), {{"gas", 50}}, {}}, {seconds(60), {{"gas", 20}}, {"leak"}}};
    centre.Do(QueuePut{queue});
}

}  // namespace

TEST_CASE("rings: a contact that waits is served by agents of lower skill, ring by ring", "[acd][skills]") {
    RouterFixture centre;
    PutRings(centre);
    centre.AddReady("low", {{"gas", 20}});
    centre.AddReady("middle", {{"gas", 50}, {"leak", 10}});
    centre.Arrive("c1", "gas");
    CHECK(centre.StateOfContact("c1") == ContactState::kWaiting);
    centre.SetTime(29.9);
    centre.Tick();
    CHECK(centre.StateOfContact("c1") == ContactState::kWaiting);
    centre.SetTime(30);
    centre.Tick();
    CHECK(centre.OfferedTo("c1") == "middle");
    centre.Connect("c1");
    centre.Arrive("c2", "gas");
    centre.SetTime(90);
    centre.Tick();
    CHECK(centre.OfferedTo("c2") == "low");
}

TEST_CASE("rings: an agent who becomes ready gets what has waited long enough for him", "[acd][skills]") {
    RouterFixture centre;
    PutRings(centre);
    centre.Arrive("old", "gas");
    centre.SetTime(40);
    centre.Tick();
    centre.Arrive("new", "gas");
    centre.AddReady("middle", {{"gas", 50}, {"leak", 10}});
    CHECK(centre.OfferedTo("old") == "middle");
    centre.AddReady("other", {{"gas", 50}, {"leak", 10}});
    CHECK(centre.StateOf("other") == AgentState::kReady);
    centre.AddReady("best", {{"gas", 80}, {"leak", 10}});
    CHECK(centre.OfferedTo("new") == "best");
}

TEST_CASE("rings: settings may change while contacts wait", "[acd][skills]") {
    RouterFixture centre;
    centre.AddQueue("gas", {{"gas", 80}});
    centre.Arrive("c1", "gas");
    centre.AddReady("low", {{"gas", 20}});
    centre.SetTime(100);
    QueueSettings queue = centre.SettingsOf("gas");
    queue.rings = {{seconds(30), {{"gas", 20}}, {}}};
    centre.Do(QueuePut{queue});
    CHECK(centre.OfferedTo("c1") == "low");
}

TEST_CASE("language: a caller is served by those who speak it, until a ring drops it", "[acd][skills]") {
    RouterFixture centre;
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.languages = {"en", "zh"};
    queue.language_level = 60;
    queue.rings = {{seconds(45), {}, {kLanguage}}};
    centre.Do(QueuePut{queue});
    centre.AddReady("wang", {{"language.zh", 100}, {"language.en", 40}});
    centre.ArriveSpeaking("c1", "q", "en");
    CHECK(centre.StateOfContact("c1") == ContactState::kWaiting);
    centre.ArriveSpeaking("c2", "q", "zh");
    CHECK(centre.OfferedTo("c2") == "wang");
    centre.Connect("c2");
    centre.AddReady("smith", {{"language.en", 60}});
    CHECK(centre.OfferedTo("c1") == "smith");
    centre.Connect("c1");
    centre.AddReady("li", {{"language.zh", 90}});
    centre.ArriveSpeaking("c3", "q", "en");
    centre.ArriveSpeaking("c4", "q", "fr");
    CHECK(centre.OfferedTo("c4") == "li");
    centre.Connect("c4");
    centre.AddReady("zhou", {{"language.zh", 90}});
    CHECK(centre.StateOfContact("c3") == ContactState::kWaiting);
    centre.SetTime(45);
    centre.Tick();
    CHECK(centre.OfferedTo("c3") == "zhou");
}

TEST_CASE("profile: an agent gets contacts of a delayed queue only when they have waited", "[acd][profile]") {
    RouterFixture centre;
    centre.AddQueue("q");
    centre.AddAgent("helper");
    centre.PutProfile("helper", "q", {1, seconds(20)});
    centre.SetReady("helper");
    centre.Arrive("c1", "q");
    CHECK(centre.StateOfContact("c1") == ContactState::kWaiting);
    centre.SetTime(20);
    centre.Tick();
    CHECK(centre.OfferedTo("c1") == "helper");
}

TEST_CASE("profile: the queue of his first priority comes first, an excluded queue never", "[acd][profile]") {
    RouterFixture centre;
    centre.AddQueue("own");
    centre.AddQueue("other");
    centre.AddQueue("never");
    centre.AddAgent("ann");
    centre.PutProfile("ann", "other", {2});
    centre.PutProfile("ann", "never", {1, {}, 0, 1, true});
    centre.Arrive("c0", "never");
    centre.Arrive("c1", "other");
    centre.SetTime(60);
    centre.Arrive("c2", "own");
    centre.SetReady("ann");
    CHECK(centre.OfferedTo("c2") == "ann");
    CHECK(centre.StateOfContact("c0") == ContactState::kWaiting);
}

TEST_CASE("priority: a waiting contact that is raised goes before the others at once", "[acd][priority]") {
    RouterFixture centre;
    centre.AddQueue("q");
    centre.Arrive("c1", "q");
    centre.SetTime(1);
    centre.Arrive("c2", "q");
    CHECK(centre.router.PlaceOf(centre.ContactAt("c2")) == 2);
    SECTION("by priority") { centre.Do(ContactPriorityChanged{ContactId("c2"), 3, {}}); }
    SECTION("by age") { centre.Do(ContactPriorityChanged{ContactId("c2"), 0, seconds(5)}); }
    CHECK(centre.router.PlaceOf(centre.ContactAt("c2")) == 1);
    centre.AddReady("ann");
    CHECK(centre.OfferedTo("c2") == "ann");
    CHECK(centre.ReasonOf(ContactPriorityChanged{ContactId("nobody"), 0, {}}) == "NO_SUCH_CONTACT");
}

TEST_CASE("priority: counted as waiting it lets an older contact pass", "[acd][priority]") {
    RouterFixture centre;
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.priority_worth = seconds(60);
    centre.Do(QueuePut{queue});
    centre.Arrive("old", "q");
    centre.SetTime(61);
    centre.Arrive("vip", "q", 1);
    CHECK(centre.router.PlaceOf(centre.ContactAt("old")) == 1);
    centre.Arrive("top", "q", 2);
    CHECK(centre.router.PlaceOf(centre.ContactAt("top")) == 1);
}

TEST_CASE("complaint freeswitch 1216: an unreachable agent does not block top down", "[acd][complaint]") {
    RouterFixture centre;
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.strategy = "top_down";
    centre.Do(QueuePut{queue});
    centre.AddAgent("ann");
    centre.AddAgent("bob");
    centre.PutProfile("ann", "q", {1, {}, 1});
    centre.PutProfile("bob", "q", {1, {}, 2});
    centre.SetReady("bob");
    centre.SetReady("ann");
    centre.Arrive("c1", "q");
    CHECK(centre.OfferedTo("c1") == "ann");
    centre.EndOffer("c1", LegEnd::kUnreachable);
    CHECK(centre.OfferedTo("c1") == "bob");
}

// Complaint asterisk 1561: weights starve queues. Here the head of a queue is passed over only by contacts that arrived
// before its own arrival plus the difference of the head starts.
TEST_CASE("complaint asterisk 1561: no queue starves, whatever the weights and priorities", "[acd][property]") {
    for (unsigned seed = 1; seed <= 10; ++seed) {
        std::mt19937 random(seed);
        const auto number = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
        RouterFixture centre;
        for (int i = 0; i < 5; ++i) {
            centre.AddQueue("q" + std::to_string(i), {}, static_cast<uint32_t>(i * 2));
        }
        centre.AddAgent("ann");
        for (int i = 0; i < 5; ++i) {
            centre.PutProfile("ann", "q" + std::to_string(i), {static_cast<uint32_t>(5 - i)});
        }
        const auto start = [&](const Contact& contact) {
            return HeadStart(contact.priority, contact.home->settings.weight,
                             ProfileIn(centre.AgentAt("ann").settings, contact.queue).priority);
        };
        double time = 0;
        for (int i = 0; i < 600; ++i) {
            time += number(200);
            centre.SetTime(time);
            // The favoured queues get more than one agent can do.
            const int queue = number(10) < 8 ? 4 : number(4);
            centre.Arrive("c" + std::to_string(i), "q" + std::to_string(queue), static_cast<uint32_t>(number(3)));
            if (number(2) == 0) {
                continue;
            }
            centre.SetReady("ann");
            if (centre.StateOf("ann") != AgentState::kReserved) {
                continue;
            }
            const Contact served = centre.ContactAt(centre.AgentAt("ann").status.contact.str());
            for (const auto& [id, other] : centre.router.contacts()) {
                if (other.queue != served.queue && centre.router.PlaceOf(other) == 1) {
                    REQUIRE(served.arrived <= other.arrived + (start(served) - start(other)));
                }
            }
            centre.Do(LegEnded{served.id, served.offer->leg, LegEnd::kNoAnswer});
            centre.Do(ContactGone{served.id, GoneReason::kCustomerLeft});
        }
    }
}

}  // namespace trunkline::acd
