// Who may call what, and who sees which event.
#include "web/domain/access.hpp"

#include <catch2/catch.hpp>

namespace trunkline::web {
namespace {

SignedIn Agent() {
    SignedIn agent;
    agent.user = "user_1";
    agent.agent = "1001";
    agent.rights = {"desk.phone", "acd.queues.read"};
    return agent;
}

SignedIn Branch() {
    SignedIn branch;
    branch.user = "user_2";
    branch.rights = {"workorder.events.read"};
    branch.units_of = {{"workorder.events.read", {"east"}}};
    return branch;
}

TEST_CASE("access: whoever holds the right may, others may not, and are told which right it is") {
    CHECK(*Decide({"acd.queues.read", "", ""}, Agent()) == Reach::kAll);
    const auto refused = Decide({"acd.queues.write", "", ""}, Agent());
    CHECK(refused.error().code == Code::kPermissionDenied);
    CHECK(refused.error().message == "this needs the right acd.queues.write");
}

TEST_CASE("access: with the lesser right one may for oneself") {
    const Rule rule{"acd.agents.state", "agent_id", "desk.phone"};
    CHECK(*Decide(rule, Agent()) == Reach::kOwn);
    CHECK(*OwnValue("", Agent()) == "1001");
    CHECK(*OwnValue("1001", Agent()) == "1001");
    CHECK(OwnValue("1002", Agent()).error().reason == "NOT_YOUR_OWN");
    CHECK(OwnValue("", Branch()).error().reason == "NOT_AN_AGENT");
}

TEST_CASE("access: a method without a right, or for services only, is out of reach even for who holds everything") {
    SignedIn everything = Agent();
    everything.rights.insert("");
    everything.rights.insert("internal");
    CHECK_FALSE(Decide({"", "", ""}, everything).ok());
    CHECK_FALSE(Decide({"internal", "", ""}, everything).ok());
    CHECK_FALSE(Decide({"", "agent_id", "desk.phone"}, everything).ok());
}

TEST_CASE("access: while something is pending only one's own account can be reached") {
    SignedIn fresh = Agent();
    fresh.pending = "PASSWORD_CHANGE_REQUIRED";
    CHECK(Decide({"self", "", ""}, fresh).ok());
    CHECK(Decide({"acd.queues.read", "", ""}, fresh).error().reason == "PASSWORD_CHANGE_REQUIRED");
}

TEST_CASE("events: an agent sees what names him, and nothing else without the right") {
    CHECK(MaySee(Agent(), {"acd", {"1001"}, {}}));
    CHECK_FALSE(MaySee(Agent(), {"acd", {"1002"}, {}}));
    CHECK_FALSE(MaySee(Agent(), {"acd", {}, {}}));
    SignedIn nobody;
    CHECK_FALSE(MaySee(nobody, {"acd", {""}, {}}));
}

TEST_CASE("events: a right held in a unit shows the events of that unit only") {
    CHECK(MaySee(Branch(), {"workorder", {}, {"east"}}));
    CHECK_FALSE(MaySee(Branch(), {"workorder", {}, {"west"}}));
    CHECK_FALSE(MaySee(Branch(), {"workorder", {}, {}}));
    CHECK_FALSE(MaySee(Branch(), {"acd", {}, {"east"}}));
    SignedIn supervisor;
    supervisor.rights = {"workorder.events.read"};
    CHECK(MaySee(supervisor, {"workorder", {}, {"west"}}));
    CHECK(MaySee(supervisor, {"workorder", {}, {}}));
}

TEST_CASE("topics: in full, or everything that begins the same") {
    CHECK(TopicMatches("trunkline.acd.v1.AgentStateChanged", "trunkline.acd.v1.AgentStateChanged"));
    CHECK(TopicMatches("trunkline.acd.*", "trunkline.acd.v1.AgentStateChanged"));
    CHECK(TopicMatches("*", "trunkline.acd.v1.AgentStateChanged"));
    CHECK_FALSE(TopicMatches("trunkline.acd", "trunkline.acd.v1.AgentStateChanged"));
    CHECK_FALSE(TopicMatches("trunkline.trunk.*", "trunkline.acd.v1.AgentStateChanged"));
}

}  // namespace
}  // namespace trunkline::web
