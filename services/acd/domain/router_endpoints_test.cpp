// Agents with several phones and numbers.
#include "acd/domain/conversation_fixture.hpp"

namespace trunkline::acd {
namespace {

// eve has a desk phone and a mobile that has to be confirmed; she is the only one in her queue.
class Endpoints : public RouterFixture {
 public:
    Endpoints() {
        QueueSettings queue;
        queue.id = QueueId("q");
        queue.outbound = {"carrier", "96166"};
        Do(QueuePut{queue});
        AgentSettings eve{AgentId("eve"), "", "phone-eve", {}};
        eve.endpoints = {{"phone-eve", "", false}, {"", "13900139000", true}};
        Do(AgentPut{eve});
        Do(AgentLoggedIn{eve.id});
        SetReady("eve");
        Arrive("c1", "q");
    }
};

}  // namespace

TEST_CASE_METHOD(Endpoints, "endpoints: the next one rings when the first is not answered", "[acd][endpoints]") {
    CHECK(Commands<Ring>().at(0).phone == "phone-eve");
    const LegId first = OfferLeg("c1");
    EndOffer("c1", LegEnd::kUnreachable);
    REQUIRE(Commands<Ring>().size() == 1);
    CHECK(Commands<Ring>()[0].number == "13900139000");
    CHECK(Commands<Ring>()[0].phone.empty());
    CHECK(OfferLeg("c1") != first);
    CHECK(StateOf("eve") == AgentState::kReserved);
    CHECK(Facts<OfferEnded>().empty());
    EndOffer("c1", LegEnd::kNoAnswer);
    CHECK(StateOf("eve") == AgentState::kNotReady);
    CHECK(Facts<OfferEnded>().size() == 1);
}

TEST_CASE_METHOD(Endpoints, "endpoints: who declines is not rung elsewhere", "[acd][endpoints]") {
    EndOffer("c1", LegEnd::kRejected);
    CHECK(Commands<Ring>().empty());
    CHECK(StateOf("eve") == AgentState::kNotReady);
}

TEST_CASE_METHOD(Endpoints, "endpoints: a number takes the contact only when 1 is pressed", "[acd][endpoints]") {
    EndOffer("c1", LegEnd::kNoAnswer);
    const LegId mobile = OfferLeg("c1");
    Do(LegAnswered{ContactId("c1"), mobile});
    CHECK(Commands<AskToConfirm>().at(0).leg == mobile);
    CHECK(Commands<Bridge>().empty());
    Do(OfferConfirmed{ContactId("c1"), mobile, true});
    CHECK(Commands<Bridge>().at(0).leg == mobile);
    Do(Bridged{ContactId("c1"), mobile});
    CHECK(StateOf("eve") == AgentState::kTalking);
}

TEST_CASE_METHOD(Endpoints, "endpoints: a voicemail that answers gets no customer", "[acd][endpoints]") {
    EndOffer("c1", LegEnd::kNoAnswer);
    const LegId mobile = OfferLeg("c1");
    Do(LegAnswered{ContactId("c1"), mobile});
    Do(OfferConfirmed{ContactId("c1"), mobile, false});
    CHECK(Commands<DropLeg>().at(0).leg == mobile);
    CHECK(StateOf("eve") == AgentState::kNotReady);
    CHECK(StateOfContact("c1") == ContactState::kWaiting);
    // The key that comes too late changes nothing.
    Do(OfferConfirmed{ContactId("c1"), mobile, true});
    CHECK(StateOfContact("c1") == ContactState::kWaiting);
}

TEST_CASE_METHOD(Endpoints, "endpoints: nobody presses anything, and the router gives up by itself",
                 "[acd][endpoints]") {
    EndOffer("c1", LegEnd::kNoAnswer);
    Do(LegAnswered{ContactId("c1"), OfferLeg("c1")});
    SetTime(60);
    Tick();
    CHECK(StateOf("eve") == AgentState::kNotReady);
    CHECK(StateOfContact("c1") == ContactState::kWaiting);
}

TEST_CASE_METHOD(Endpoints, "endpoints: a desk phone that signs off leaves the mobile", "[acd][endpoints]") {
    Do(PhoneRegistrationChanged{"phone-eve", true});
    Do(PhoneRegistrationChanged{"phone-eve", false});
    CHECK(StateOf("eve") == AgentState::kReserved);
}

TEST_CASE("endpoints: an agent's endpoints are checked", "[acd][endpoints]") {
    AgentSettings agent{AgentId("eve"), "", "phone-eve", {}};
    agent.endpoints = {{"", "", false}};
    CHECK_FALSE(Validate(agent).ok());
    agent.endpoints = {{"phone", "139", false}};
    CHECK_FALSE(Validate(agent).ok());
    agent.endpoints = {{"", "sip:x", false}};
    CHECK_FALSE(Validate(agent).ok());
    agent.endpoints = std::vector<Endpoint>(5, {"phone", "", false});
    CHECK_FALSE(Validate(agent).ok());
    agent.endpoints = {{"phone", "", false}, {"", "13900139000", true}};
    CHECK(Validate(agent).ok());
}

}  // namespace trunkline::acd
