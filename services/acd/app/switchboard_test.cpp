// Announcements, music, dialling, refusals: the desk between router and calls.
#include "acd/app/switchboard.hpp"

#include <catch2/catch.hpp>

#include "acd/app/announcement.hpp"
#include "acd/app/checkpoint.hpp"
#include "acd/app/fake_world.hpp"
#include "acd/app/mailbox.hpp"

namespace trunkline::acd {
namespace {

class Scene : public FakeWorld {
 public:
    Scene() {
        QueueSettings queue;
        queue.id = QueueId("q");
        queue.announcement_interval = std::chrono::seconds(30);
        settings.queues = {queue};
        settings.agents = {{AgentId("ann"), "", "1001", {}}};
        Start();
    }
    void ReadyAnn() {
        REQUIRE(Request(AgentLoggedIn{AgentId("ann")}).ok());
        REQUIRE(Request(AgentStateRequested{AgentId("ann"), AgentState::kReady, "", "agent"}).ok());
    }
    template <class Action>
    std::vector<Action> Orders() const {
        std::vector<Action> found;
        for (const calls::Order& order : trunk.orders) {
            if (const auto* action = std::get_if<Action>(&order.action)) {
                found.push_back(*action);
            }
        }
        return found;
    }
};

}  // namespace

TEST_CASE_METHOD(Scene, "desk: the place is announced, then the music goes on", "[acd][desk]") {
    trunk.Arrive("c1", "q");
    trunk.Arrive("c2", "q");
    Settle();
    CHECK(prompts.texts == std::vector<std::string>{"您是下一位，请稍候", "您前面还有1位，请稍候"});
    REQUIRE(Orders<calls::PlayPrompt>().size() == 2);
    const size_t music = Orders<calls::PlayMusic>().size();
    const calls::Order announcement = trunk.orders.back();
    desk->OnCall({announcement.call, clock.Now(), calls::PlayFinished{announcement.command_id, false}});
    CHECK(Orders<calls::PlayMusic>().size() == music + 1);
    // Somebody else's prompt, or one that a later order stopped, changes nothing.
    desk->OnCall({announcement.call, clock.Now(), calls::PlayFinished{announcement.command_id, false}});
    CHECK(Orders<calls::PlayMusic>().size() == music + 1);
}

TEST_CASE_METHOD(Scene, "desk: a number that is answered late rings until the agent has answered", "[acd][desk]") {
    trunk.Arrive("c1", "q", {{"answer", "late"}});
    Settle();
    CHECK(Orders<calls::Answer>().empty());
    CHECK(Orders<calls::PlayMusic>().empty());
    CHECK(Orders<calls::PlayPrompt>().empty());
    ReadyAnn();
    Settle();
    REQUIRE(Orders<calls::Dial>().size() == 1);
    trunk.Answer("1001");
    Settle();
    REQUIRE(Orders<calls::Answer>().size() == 1);
    REQUIRE(Orders<calls::Bridge>().size() == 1);
}

TEST_CASE_METHOD(Scene, "desk: without self service the announcement is left out", "[acd][desk]") {
    prompts.away = true;
    trunk.Arrive("c1", "q");
    Settle();
    CHECK(Orders<calls::PlayPrompt>().empty());
    CHECK(Orders<calls::PlayMusic>().size() == 1);
}

TEST_CASE_METHOD(Scene, "desk: a prompt that the telephone side lost is spoken anew, with music meanwhile",
                 "[acd][desk]") {
    trunk.Arrive("c1", "q");
    Settle();
    const calls::Order announcement = trunk.orders.back();
    desk->OnCall({announcement.call, clock.Now(), calls::CommandFailed{announcement.command_id, "PROMPT_MISSING", ""}});
    CHECK(prompts.forgotten == 1);
    CHECK(std::holds_alternative<calls::PlayMusic>(trunk.orders.back().action));
}

TEST_CASE_METHOD(Scene, "desk: a phone that cannot be reached sets its agent not ready", "[acd][desk]") {
    trunk.dead_phones.insert("1001");
    ReadyAnn();
    trunk.Arrive("c1", "q");
    Settle();
    const AgentStatus& status = desk->router().agents().at(AgentId("ann")).status;
    CHECK(status.state == AgentState::kNotReady);
    CHECK(status.reason == "PHONE_UNREACHABLE");
    CHECK(desk->router().contacts().at(ContactId("c1")).state == ContactState::kWaiting);
}

TEST_CASE_METHOD(Scene, "desk: what an heir needs is kept before the phone is dialled", "[acd][desk]") {
    ReadyAnn();
    trunk.Arrive("c1", "q");
    Settle();
    size_t kept = trunk.orders.size();
    size_t dialled = trunk.orders.size();
    for (size_t i = 0; i < trunk.orders.size(); ++i) {
        const auto* data = std::get_if<calls::SetData>(&trunk.orders[i].action);
        kept = data != nullptr && data->data.contains(kContactKey) ? i : kept;
        dialled = std::holds_alternative<calls::Dial>(trunk.orders[i].action) ? i : dialled;
    }
    CHECK(kept < dialled);
    CHECK(dialled < trunk.orders.size());
    CHECK(Orders<calls::Dial>()[0].headers.at("X-Trunkline-language") == "zh");
    CHECK(Orders<calls::Dial>()[0].headers.count("X-Trunkline-acd.contact") == 0);
}

TEST_CASE_METHOD(Scene, "desk: while the link is down nobody is offered to anybody", "[acd][desk]") {
    trunk.Arrive("c1", "q");
    Settle();
    desk->OnLinkDown();
    CHECK_FALSE(observer.link_up);
    ReadyAnn();
    CHECK(Orders<calls::Dial>().empty());
    desk->OnCall(trunk.Snapshot());
    Settle();
    CHECK(observer.link_up);
    CHECK(Orders<calls::Dial>().size() == 1);
}

TEST_CASE("announcement: own texts, built-in texts, both languages", "[acd][desk]") {
    QueueSettings queue;
    CHECK(AnnouncementFor(queue, 4) == "您前面还有3位，请稍候");
    queue.language = "en-GB";
    CHECK(AnnouncementFor(queue, 2) == "Callers ahead of you: 1. Please hold the line");
    CHECK(AnnouncementFor(queue, 1) == "You are next, please hold the line");
    queue.announcement_text = "{ahead}, really {ahead}";
    CHECK(AnnouncementFor(queue, 8) == "7, really 7");
}

TEST_CASE("mailbox: jobs run in order, questions are answered, and none after the stop", "[acd][desk]") {
    const SystemClock clock;
    Mailbox mailbox(clock);
    int woken = 0;
    mailbox.Start([] { return std::nullopt; }, [&woken] { ++woken; });
    std::vector<int> order;
    for (int i = 0; i < 3; ++i) {
        mailbox.Post([&order, i] { order.push_back(i); });
    }
    const auto seen = mailbox.Ask([&order] { return order; });
    REQUIRE(seen.ok());
    CHECK(*seen == std::vector<int>{0, 1, 2});
    mailbox.Stop();
    CHECK(woken > 0);
    const auto late = mailbox.Ask([] { return 1; });
    REQUIRE_FALSE(late.ok());
    CHECK(late.error().reason == "STOPPING");
}

TEST_CASE_METHOD(Scene, "desk: overflow hands the call to the flow of the rule with what it needs", "[acd][desk]") {
    QueueSettings queue = desk->router().queues().at(QueueId("q")).settings;
    queue.keys = {{'1', {KeyAction::kMessage, "box"}}};
    REQUIRE(Request(QueuePut{queue}).ok());
    trunk.Arrive("c1", "q");
    Settle();
    calls::Call& call = trunk.calls.at(ContactId("c1"));
    // A key of somebody else's leg is not the caller's.
    desk->OnCall({call.id, clock.Now(), calls::DigitPressed{LegId("other"), "1"}});
    CHECK(Orders<calls::HandOver>().empty());
    desk->OnCall({call.id, clock.Now(), calls::DigitPressed{call.legs[0].id, "1"}});
    REQUIRE(Orders<calls::HandOver>().size() == 1);
    const calls::Data data = Orders<calls::HandOver>()[0].data;
    CHECK(data.at("flow") == "voicemail");
    CHECK(data.at("voicemail_box") == "box");
    CHECK(data.at("queue_rule") == "KEY");
    CHECK(data.at("ivr.flow").empty());
    CHECK_FALSE(data.contains("queue_result"));
    // Should the call come back, its segments go on counting.
    const auto kept = UnpackContact(data.at(kContactKey));
    REQUIRE(kept.ok());
    CHECK(kept->state == ContactState::kDone);
    CHECK(kept->segment == 1);
}

TEST_CASE_METHOD(Scene, "desk: a hang-up says its announcement first, and hangs up when it cannot", "[acd][desk]") {
    QueueSettings queue = desk->router().queues().at(QueueId("q")).settings;
    queue.overflow_rules = {{OverflowWhen::kNobodyLoggedIn, 0, OverflowTo::kHangUp, "", "goodbye"}};
    REQUIRE(Request(QueuePut{queue}).ok());
    SECTION("spoken") {
        trunk.Arrive("c1", "q");
        Settle();
        CHECK(prompts.texts.back() == "goodbye");
        CHECK(Orders<calls::HangUp>().empty());
        const calls::Order goodbye = trunk.orders.back();
        desk->OnCall({goodbye.call, clock.Now(), calls::PlayFinished{goodbye.command_id, false}});
        CHECK(Orders<calls::HangUp>().size() == 1);
    }
    SECTION("nobody can speak") {
        prompts.away = true;
        trunk.Arrive("c1", "q");
        Settle();
        CHECK(Orders<calls::HangUp>().size() == 1);
    }
    SECTION("the desk dies while it is spoken") {
        trunk.Arrive("c1", "q");
        Settle();
        Kill();
        Start();
        CHECK(Orders<calls::HangUp>().size() == 1);
    }
    Settle();
    CHECK(desk->router().contacts().empty());
}

TEST_CASE_METHOD(Scene, "desk: opening hours are told to the router", "[acd][desk]") {
    QueueSettings queue = desk->router().queues().at(QueueId("q")).settings;
    queue.opening_hours = OpeningHours{};
    REQUIRE(Request(QueuePut{queue}).ok());
    CHECK(desk->router().queues().at(QueueId("q")).hours == Hours::kClosed);
    queue.opening_hours.reset();
    REQUIRE(Request(QueuePut{queue}).ok());
    CHECK(desk->router().queues().at(QueueId("q")).hours == Hours::kOpen);
}

}  // namespace trunkline::acd
