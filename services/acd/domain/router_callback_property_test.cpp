// However many ask to be called back, everybody is served in the order in which he came.
#include <random>
#include <set>

#include "acd/domain/callback_fixture.hpp"

namespace trunkline::acd {
namespace {

// Arrivals, wishes, free agents and failed tries at random; remembers who was offered before whom.
class Centre : public CallbackFixture {
 public:
    explicit Centre(uint32_t seed) : random_(seed) {}

    void Play() {
        for (time_ = 1; time_ < 400; ++time_) {
            SetTime(time_);
            Tick();
            const uint32_t chance = random_() % 10;
            if (chance < 5) {
                Come();
            } else if (chance < 8 && !waiting_.empty()) {
                Wish();
            } else {
                Serve();
            }
        }
    }

 private:
    void Come() {
        const std::string id = "c" + std::to_string(time_);
        Arrive(id, "q");
        waiting_.insert(id);
    }
    void Wish() {
        const std::string id = *std::next(waiting_.begin(), random_() % waiting_.size());
        waiting_.erase(id);
        const size_t place = router.PlaceOf(ContactAt(id));
        const std::string call = AskBack(id, std::to_string(10000000 + time_));
        CHECK(router.PlaceOf(ContactAt(call)) == place);
    }
    // One agent becomes free, serves whoever is first, and goes home.
    void Serve() {
        TimePoint oldest = TimePoint::max();
        for (const auto& [id, contact] : router.contacts()) {
            oldest = contact.state == ContactState::kWaiting ? std::min(oldest, contact.arrived) : oldest;
        }
        if (oldest == TimePoint::max()) {
            return;
        }
        const std::string agent = "a" + std::to_string(time_);
        AddReady(agent);
        const std::string served = AgentAt(agent).status.contact.str();
        REQUIRE_FALSE(served.empty());
        const Contact& contact = ContactAt(served);
        CHECK(contact.arrived == oldest);
        waiting_.erase(served);
        if (contact.callback) {
            AgentAnswers(served);
            Finish(served);
        } else {
            Connect(served);
            Do(ContactGone{ContactId(served)});
        }
        SetTime(time_ + 0.5);
        if (StateOf(agent) != AgentState::kNotReady) {
            Do(AgentStateRequested{AgentId(agent), AgentState::kNotReady, "HOME", "agent"});
        }
    }
    void Finish(const std::string& call) {
        if (random_() % 3 == 0) {
            // Nobody may take the next one while this agent is given back.
            Do(AgentStateRequested{ContactAt(call).offer->agent, AgentState::kNotReady, "HOME", "agent"});
            TryFails(call, "BUSY");
            return;
        }
        CustomerAnswers(call);
        Key(call, "1");
        Do(Bridged{ContactId(call), OfferLeg(call)});
        Do(ContactGone{ContactId(call)});
    }

    std::mt19937 random_;
    std::set<std::string> waiting_;
    int time_ = 0;
};

}  // namespace

TEST_CASE("callback: nobody loses or gains a place by asking to be called back", "[acd][callback][property]") {
    for (uint32_t seed = 1; seed <= 50; ++seed) {
        CAPTURE(seed);
        Centre(seed).Play();
    }
}

}  // namespace trunkline::acd
