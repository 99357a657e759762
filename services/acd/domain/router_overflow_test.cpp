// Contacts that leave their queue, and callers who come back.
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {
namespace {

using std::chrono::seconds;

class OverflowFixture : public RouterFixture {
 public:
    void Put(const std::vector<OverflowRule>& rules, const std::string& id = "q") {
        QueueSettings queue;
        queue.id = QueueId(id);
        queue.overflow_rules = rules;
        Do(QueuePut{queue});
    }
    std::string LastRule() const { return Facts<ContactDequeued>().back().rule; }
    bool Waits(const std::string& contact) const {
        return router.contacts().contains(ContactId(contact)) && StateOfContact(contact) == ContactState::kWaiting;
    }
};

}  // namespace

TEST_CASE("overflow: by length the newcomer goes to a flow and is no longer here", "[acd][overflow]") {
    OverflowFixture centre;
    centre.Put({{OverflowWhen::kLength, 2, OverflowTo::kFlow, "busy", ""}});
    centre.AddAgent("ann");
    centre.Arrive("c1", "q");
    centre.Arrive("c2", "q");
    centre.Arrive("c3", "q");
    CHECK(centre.Waits("c2"));
    CHECK_FALSE(centre.router.contacts().contains(ContactId("c3")));
    REQUIRE(centre.Commands<HandBack>().size() == 1);
    CHECK(centre.Commands<HandBack>()[0].flow == "busy");
    CHECK(centre.Commands<HandBack>()[0].segments == 1);
    const ContactDequeued left = centre.Facts<ContactDequeued>().back();
    CHECK(left.outcome == Outcome::kFlowOut);
    CHECK(left.to_target == "flow:busy");
    CHECK(left.rule == "LENGTH");
}

TEST_CASE("overflow: voicemail and number are handed over with their targets", "[acd][overflow]") {
    OverflowFixture centre;
    centre.Put({{OverflowWhen::kNobodyLoggedIn, 0, OverflowTo::kVoicemail, "complaints", ""}});
    centre.Arrive("c1", "q");
    CHECK(centre.Commands<HandBack>()[0].data.at("voicemail_box") == "complaints");
    centre.Put({{OverflowWhen::kNobodyReady, 0, OverflowTo::kNumber, "10086", ""}});
    centre.AddAgent("ann");
    centre.Arrive("c2", "q");
    CHECK(centre.Commands<HandBack>()[0].data.at("forward_number") == "10086");
    CHECK(centre.Facts<ContactDequeued>().back().to_target == "number:10086");
    centre.SetReady("ann");
    centre.Arrive("c3", "q");
    CHECK(centre.OfferedTo("c3") == "ann");
}

TEST_CASE("overflow: a hang-up says its announcement and the contact ends with the call", "[acd][overflow]") {
    OverflowFixture centre;
    centre.Put({{OverflowWhen::kClosed, 0, OverflowTo::kHangUp, "", "we are closed"}});
    centre.AddReady("ann");
    centre.Do(QueueHoursChanged{QueueId("q"), Hours::kClosed});
    centre.Arrive("c1", "q");
    REQUIRE(centre.Commands<SayGoodbye>().size() == 1);
    CHECK(centre.Commands<SayGoodbye>()[0].text == "we are closed");
    CHECK(centre.StateOfContact("c1") == ContactState::kDone);
    centre.Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    CHECK(centre.router.contacts().empty());
    CHECK(centre.Facts<ContactDequeued>().size() == 1);
}

TEST_CASE("overflow: at closing time and on a holiday everybody who waits goes, a few at a time", "[acd][overflow]") {
    OverflowFixture centre;
    centre.Put({}, "night");
    centre.Put({{OverflowWhen::kHoliday, 0, OverflowTo::kFlow, "holiday", ""},
                {OverflowWhen::kClosed, 0, OverflowTo::kQueue, "night", ""}});
    for (int i = 0; i < 50; ++i) {
        centre.Arrive("c" + std::to_string(i), "q");
    }
    SECTION("closed") {
        centre.Do(QueueHoursChanged{QueueId("q"), Hours::kClosed});
        centre.Tick();
        CHECK(centre.router.queues().at(QueueId("night")).waiting == 50);
        CHECK(centre.router.PlaceOf(centre.ContactAt("c7")) == 8);
    }
    SECTION("holiday") {
        centre.Do(QueueHoursChanged{QueueId("q"), Hours::kHoliday});
        centre.Tick();
        CHECK(centre.router.contacts().empty());
        CHECK(centre.LastRule() == "HOLIDAY");
    }
    CHECK(centre.router.queues().at(QueueId("q")).waiting == 0);
}

TEST_CASE("overflow: when the last agent logs out those who wait go", "[acd][overflow]") {
    OverflowFixture centre;
    centre.Put({{OverflowWhen::kNobodyLoggedIn, 0, OverflowTo::kFlow, "later", ""}});
    centre.AddAgent("ann");
    centre.AddAgent("bob");
    centre.Arrive("c1", "q");
    centre.Do(AgentLoggedOut{AgentId("ann")});
    centre.Tick();
    CHECK(centre.Waits("c1"));
    centre.Do(AgentLoggedOut{AgentId("bob")});
    centre.Tick();
    CHECK(centre.router.contacts().empty());
}

TEST_CASE("overflow: by ratio of waiting to agents, and by expected wait", "[acd][overflow]") {
    OverflowFixture centre;
    centre.Put({{OverflowWhen::kRatio, 200, OverflowTo::kFlow, "busy", ""}});
    centre.AddAgent("ann");
    centre.Arrive("c1", "q");
    centre.Arrive("c2", "q");
    CHECK(centre.Waits("c2"));
    centre.Arrive("c3", "q");
    CHECK_FALSE(centre.Waits("c3"));
    QueueView view{3, 0, 1, Hours::kOpen, seconds(90)};
    const std::vector<OverflowRule> rules{{OverflowWhen::kExpectedWait, 90, OverflowTo::kFlow, "busy", ""}};
    CHECK(RuleOnEntry(rules, view) != nullptr);
    view.expected_wait = seconds(89);
    CHECK(RuleOnEntry(rules, view) == nullptr);
    view.expected_wait = Duration{-1};
    CHECK(RuleOnEntry(rules, view) == nullptr);
}

TEST_CASE("overflow: by wait one rule after the other, and a missing target is passed over", "[acd][overflow]") {
    OverflowFixture centre;
    centre.Put({{OverflowWhen::kWaited, 10, OverflowTo::kQueue, "nowhere", ""},
                {OverflowWhen::kWaited, 30, OverflowTo::kFlow, "sorry", ""}});
    centre.Arrive("c1", "q");
    centre.SetTime(10);
    centre.Tick();
    CHECK(centre.Waits("c1"));
    centre.SetTime(30);
    centre.Tick();
    CHECK(centre.LastRule() == "WAITED");
    CHECK(centre.router.contacts().empty());
}

TEST_CASE("overflow: queues that point at each other do not send a caller round for ever", "[acd][overflow]") {
    OverflowFixture centre;
    centre.Put({{OverflowWhen::kNobodyReady, 0, OverflowTo::kQueue, "b", ""}}, "a");
    centre.Put({{OverflowWhen::kNobodyReady, 0, OverflowTo::kQueue, "a", ""}}, "b");
    centre.Arrive("c1", "a");
    CHECK(centre.Waits("c1"));
    CHECK(centre.Facts<ContactQueued>().size() == 9);
}

TEST_CASE("keys: a waiting caller leaves for the menu or a message, other keys do nothing", "[acd][waiting]") {
    OverflowFixture centre;
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.keys = {{'9', {KeyAction::kFlow, "menu"}}, {'1', {KeyAction::kMessage, "box"}}};
    centre.Do(QueuePut{queue});
    centre.Arrive("c1", "q");
    centre.Arrive("c2", "q");
    centre.Do(KeyPressed{ContactId("c1"), '5'});
    CHECK(centre.Waits("c1"));
    centre.Do(KeyPressed{ContactId("c1"), '9'});
    CHECK(centre.Commands<HandBack>()[0].flow == "menu");
    centre.Do(KeyPressed{ContactId("c2"), '1'});
    CHECK(centre.Commands<HandBack>()[0].data.at("voicemail_box") == "box");
    CHECK(centre.LastRule() == "KEY");
}

TEST_CASE("resume: a caller who calls again in time gets his old place, once", "[acd][waiting]") {
    OverflowFixture centre;
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.resume_within = seconds(300);
    centre.Do(QueuePut{queue});
    centre.Arrive("c1", "q");
    centre.SetTime(10);
    centre.ArriveFrom("other", "q", "13900139000");
    centre.SetTime(20);
    centre.Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    centre.SetTime(200);
    centre.Arrive("c2", "q");
    CHECK(centre.router.PlaceOf(centre.ContactAt("c2")) == 1);
    CHECK(centre.ContactAt("c2").queued == RouterFixture::At(200));
    centre.Arrive("c3", "q");
    CHECK(centre.router.PlaceOf(centre.ContactAt("c3")) == 3);
    centre.Do(ContactGone{ContactId("c2"), GoneReason::kCustomerLeft});
    centre.SetTime(600);
    centre.Arrive("c4", "q");
    CHECK(centre.router.PlaceOf(centre.ContactAt("c4")) == 3);
}

TEST_CASE("complaint asterisk announcements: the told wait does not grow while the caller moves forward",
          "[acd][complaint]") {
    OverflowFixture centre;
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.announcement_interval = seconds(30);
    queue.wrap_up_limit = {};
    centre.Do(QueuePut{queue});
    centre.AddReady("ann");
    double time = 0;
    // The present talk ends after so many seconds, and the next begins.
    const auto serve = [&](const std::string& contact, const std::string& next, double talk) {
        time += talk;
        centre.SetTime(time);
        centre.Do(ContactGone{ContactId(contact), GoneReason::kCustomerLeft});
        centre.Connect(next);
    };
    const auto told = [&]() {
        centre.SetTime(time += 30);
        centre.Tick();
        for (const Announce& announce : centre.Commands<Announce>()) {
            if (announce.contact == ContactId("last")) {
                return announce.expected_wait;
            }
        }
        return std::optional<Duration>();
    };
    for (int i = 0; i < 10; ++i) {
        centre.Arrive("c" + std::to_string(i), "q");
    }
    centre.Arrive("last", "q");
    centre.Connect("c0");
    CHECK_FALSE(told());  // not enough data
    for (int i = 0; i < 5; ++i) {
        serve("c" + std::to_string(i), "c" + std::to_string(i + 1), 60);
    }
    const auto first = told();
    REQUIRE(first);
    serve("c5", "c6", 900);  // one very long talk
    const auto second = told();
    REQUIRE(second);
    CHECK(*second <= *first);
}

TEST_CASE("expected wait: place, serving agents and recent handling times decide", "[acd][waiting]") {
    HandlingTimes times;
    CHECK_FALSE(ExpectedWait(3, 2, times));
    for (int i = 0; i < 5; ++i) {
        times.Add(seconds(100));
    }
    CHECK(ExpectedWait(3, 2, times) == seconds(150));
    CHECK(ExpectedWait(6, 2, times) == seconds(300));
    CHECK(ExpectedWait(6, 4, times) == seconds(150));
    CHECK_FALSE(ExpectedWait(1, 0, times));
    for (size_t i = 0; i < HandlingTimes::kKept; ++i) {
        times.Add(seconds(10));
    }
    CHECK(ExpectedWait(1, 1, times) == seconds(10));
}

}  // namespace trunkline::acd
