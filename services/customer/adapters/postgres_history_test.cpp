// One timeline from events of four services; what an agent and the router get to know from it.
#include <google/protobuf/util/time_util.h>

#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/postgres_office.hpp"
#include "trunkline/acd/v1/events.pb.h"
#include "trunkline/recording/v1/events.pb.h"
#include "trunkline/trunk/v1/events.pb.h"
#include "trunkline/workorder/v1/events.pb.h"

namespace trunkline::customer {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct Caller : Office {
    void Call(const std::string& contact, const std::string& number, TimePoint at) {
        trunk::v1::CallStarted started;
        started.set_contact_id(contact);
        started.set_direction(trunk::v1::INBOUND);
        started.set_from_number(number);
        started.set_to_number("96166");
        *started.mutable_start_time() = ToTimestamp(at);
        Tell("trunk", started, at);
    }
    void Answer(const std::string& contact, const std::string& agent, TimePoint at) {
        acd::v1::ContactDequeued dequeued;
        dequeued.set_contact_id(contact);
        dequeued.set_queue_id("complaints");
        dequeued.set_outcome(acd::v1::ContactDequeued::ANSWERED);
        dequeued.set_agent_id(agent);
        Tell("acd", dequeued, at);
    }
    void HangUp(const std::string& contact, TimePoint at) {
        trunk::v1::CallEnded ended;
        ended.set_contact_id(contact);
        Tell("trunk", ended, at);
    }
    void OpenOrder(const std::string& order, const std::string& contact, TimePoint at) {
        workorder::v1::OrderCreated created;
        created.set_order_id(order);
        created.set_number("20260302-000001");
        created.set_type(workorder::v1::COMPLAINT);
        created.set_contact_id(contact);
        Tell("workorder", created, at);
    }
    v1::ScreenPop Pop(const std::string& number, const std::string& contact = "") {
        return history.ScreenPop(number, contact, clock.Now()).value();
    }
};

TEST_CASE("history: a call, its order and its recording make one timeline, newest first", "[customer][database]") {
    Caller office;
    const Customer zhang = office.Make("张伟", {"13800138000"});
    const TimePoint now = office.clock.Now();
    office.Call("c1", "13800138000", now);
    office.Answer("c1", "1001", now + minutes(1));
    acd::v1::AgentSegmentEnded segment;
    segment.set_contact_id("c1");
    segment.set_agent_id("1002");
    office.Tell("acd", segment, now + minutes(4));
    office.OpenOrder("o1", "c1", now + minutes(2));
    workorder::v1::OrderStepTaken step;
    step.set_order_id("o1");
    step.set_contact_id("c1");
    step.set_number("20260302-000001");
    step.set_state(workorder::v1::ACCEPTED);
    office.Tell("workorder", step, now + minutes(3));
    recording::v1::RecordingStored stored;
    stored.set_contact_id("c1");
    stored.set_recording_id("rec1");
    office.Tell("recording", stored, now + minutes(5));
    office.HangUp("c1", now + minutes(4));
    REQUIRE(office.history.AddNote({"n", "1001", now + minutes(9)}, zhang.id.str(), office.ids.New(), "likes line 12")
                .ok());

    const auto timeline = office.history.Timeline(zhang.id.str(), 10, "").value();
    REQUIRE(timeline.entries_size() == 3);
    CHECK(timeline.entries(0).kind() == v1::NOTE);
    CHECK(timeline.entries(1).order_state() == "ACCEPTED");
    CHECK(timeline.entries(1).open());
    const v1::TimelineEntry& call = timeline.entries(2);
    CHECK(call.medium() == v1::VOICE);
    CHECK(call.queue_id() == "complaints");
    CHECK(call.outcome() == "ANSWERED");
    CHECK(call.own_number() == "96166");
    CHECK(call.agent_ids_size() == 2);
    CHECK(call.recording_ids(0) == "rec1");
    CHECK_FALSE(call.open());
    const auto first = office.history.Timeline(zhang.id.str(), 1, "").value();
    const auto second = office.history.Timeline(zhang.id.str(), 2, first.next_page_token()).value();
    CHECK(second.entries(0).order_id() == "o1");
    CHECK(second.entries(1).contact_id() == "c1");
    CHECK(office.history.Timeline(zhang.id.str(), 1, "x/y").error().reason == "BAD_PAGE_TOKEN");
}

TEST_CASE("history: a contact without a call is known by its address and ends when it is closed",
          "[customer][database]") {
    Caller office;
    const Customer zhang = office.Make("张伟", {"13800138000"});
    const TimePoint now = office.clock.Now();
    acd::v1::ContactQueued queued;
    queued.set_contact_id("c1");
    queued.set_queue_id("complaints");
    queued.set_medium("sms");
    queued.set_from_address("13800138000");
    office.Tell("acd", queued, now);
    office.Answer("c1", "1001", now + minutes(1));
    const auto open = office.history.Timeline(zhang.id.str(), 10, "").value();
    REQUIRE(open.entries_size() == 1);
    CHECK(open.entries(0).medium() == v1::SMS);
    CHECK(open.entries(0).open());
    acd::v1::ContactClosed closed;
    closed.set_contact_id("c1");
    *closed.mutable_closed_time() = ToTimestamp(now + minutes(2));
    office.Tell("acd", closed, now + minutes(2));
    const auto timeline = office.history.Timeline(zhang.id.str(), 10, "").value();
    CHECK_FALSE(timeline.entries(0).open());
    CHECK(timeline.entries(0).agent_ids(0) == "1001");
    CHECK(FromTimestamp(timeline.entries(0).end_time()) == now + minutes(2));
}

TEST_CASE("history: events may come in any order", "[customer][database]") {
    Caller office;
    const Customer zhang = office.Make("张伟", {"13800138000"});
    const TimePoint now = office.clock.Now();
    office.HangUp("c1", now + minutes(2));
    office.Answer("c1", "1001", now + minutes(1));
    office.Call("c1", "13800138000", now);
    const auto timeline = office.history.Timeline(zhang.id.str(), 10, "").value();
    REQUIRE(timeline.entries_size() == 1);
    CHECK(timeline.entries(0).outcome() == "ANSWERED");
    CHECK(FromTimestamp(timeline.entries(0).time()) == now);
    CHECK_FALSE(timeline.entries(0).open());
}

TEST_CASE("history: a caller who was never queued served himself", "[customer][database]") {
    Caller office;
    const Customer zhang = office.Make("张伟", {"13800138000"});
    office.Call("c1", "+8613800138000", office.clock.Now());
    office.HangUp("c1", office.clock.Now());
    CHECK(office.history.Timeline(zhang.id.str(), 1, "").value().entries(0).outcome() == "SELF_SERVICE");
}

TEST_CASE("screen pop: one call answers who, how important, what happened and what is open", "[customer][database]") {
    Caller office;
    Customer zhang = office.Make("张伟", {"13800138000", "0755-12345678"});
    zhang.profile.vip_level = 4;
    zhang.profile.tags = {"月票"};
    REQUIRE(office.customers.Update("1001", office.Request(), zhang).ok());
    REQUIRE(office.accounts.Open("1001", office.Request(), {"", zhang.id, "8888", 1, false, {}, {}}).ok());
    const TimePoint now = office.clock.Now();
    office.Call("old", "13800138000", now - hours(30));
    office.Call("c1", "13800138000", now - hours(2));
    office.Answer("c1", "1002", now - hours(2));
    office.OpenOrder("o1", "c1", now - hours(2));
    office.Call("live", "075512345678", now);

    const v1::ScreenPop pop = office.Pop("", "live");
    CHECK(pop.caller().masked() == "0755****5678");
    CHECK_FALSE(pop.caller().region().empty());
    REQUIRE(pop.cards_size() == 1);
    const v1::CustomerCard& card = pop.cards(0);
    CHECK(card.customer().name() == "张伟");
    CHECK(card.customer().vip_level() == 4);
    CHECK(card.customer().tags(0) == "月票");
    REQUIRE(card.last_contacts_size() == 2);
    CHECK(card.last_contacts(0).contact_id() == "c1");
    REQUIRE(card.open_orders_size() == 1);
    CHECK(card.open_orders(0).order_number() == "20260302-000001");
    CHECK(card.contacts_in_24_hours() == 1);
    CHECK(card.accounts(0).card_number() == "8888");
    CHECK(pop.number_contacts_size() == 0);
    CHECK(pop.confirmed_customer_id().empty());
    CHECK(office.Pop("(0755)1234 5678").cards_size() == 1);
}

TEST_CASE("screen pop: a newcomer has the history of his number, and an anonymous caller has nothing",
          "[customer][database]") {
    Caller office;
    office.Call("c1", "13700137000", office.clock.Now() - minutes(5));
    const v1::ScreenPop pop = office.Pop("13700137000");
    CHECK(pop.cards_size() == 0);
    CHECK(pop.number_contacts_size() == 1);
    CHECK(pop.number_contacts_in_24_hours() == 1);
    office.Call("c2", "anonymous", office.clock.Now());
    CHECK(office.Pop("", "c2").cards_size() == 0);
    CHECK(office.history.ScreenPop("", "", office.clock.Now()).error().reason == "NUMBER_MISSING");
    CHECK(office.history.ScreenPop("", "no such contact", office.clock.Now()).error().reason == "CONTACT_NOT_FOUND");
}

TEST_CASE("screen pop: the record made for a newcomer takes over what his number did before", "[customer][database]") {
    Caller office;
    office.Call("c1", "13700137000", office.clock.Now());
    office.OpenOrder("o1", "c1", office.clock.Now());
    const Customer li = office.Make("李娜", {"13700137000"});
    CHECK(office.history.Timeline(li.id.str(), 10, "").value().entries_size() == 2);
}

TEST_CASE("screen pop: a shared number shows all its owners until one is confirmed", "[customer][database]") {
    Caller office;
    const Customer first = office.Make("张伟", {"0755-12345678"});
    const Customer second = office.Make("王芳", {"0755-12345678"});
    office.Call("c1", "0755-12345678", office.clock.Now());
    CHECK(office.Pop("", "c1").cards_size() == 2);
    CHECK(office.history.Routing("0755-12345678").value().customer_id().empty());
    v1::ConfirmCallerRequest request;
    request.set_contact_id("c1");
    request.set_customer_id(second.id.str());
    REQUIRE(office.history.Confirm({"", "1001", office.clock.Now()}, request, office.ids).ok());
    const v1::ScreenPop pop = office.Pop("", "c1");
    REQUIRE(pop.cards_size() == 1);
    CHECK(pop.confirmed_customer_id() == second.id.str());
    CHECK(office.history.Timeline(second.id.str(), 10, "").value().entries_size() == 1);
    CHECK(office.history.Timeline(first.id.str(), 10, "").value().entries_size() == 0);
    CHECK(office.Events().back() == "CallerConfirmed");
}

TEST_CASE("screen pop: a caller on a new number is confirmed, and the number is remembered", "[customer][database]") {
    Caller office;
    const Customer zhang = office.Make("张伟", {"13800138000"});
    office.Call("c1", "13500135000", office.clock.Now());
    v1::ConfirmCallerRequest request;
    request.set_contact_id("c1");
    request.set_customer_id(zhang.id.str());
    request.set_remember_number(true);
    const Customer more = office.history.Confirm({"", "1001", office.clock.Now()}, request, office.ids).value();
    REQUIRE(more.numbers.size() == 2);
    CHECK(office.customers.Reveal("1001", zhang.id, more.numbers[1].number_id, "check").value().second ==
          "135 0013 5000");
    CHECK(office.Pop("13500135000").cards(0).customer().name() == "张伟");
}

TEST_CASE("routing: level, manager, language and last agent are there for the router", "[customer][database]") {
    Caller office;
    Customer zhang = office.Make("张伟", {"13800138000"});
    zhang.profile.vip_level = 2;
    zhang.profile.manager = AgentId{"1003"};
    zhang.profile.language = "en";
    REQUIRE(office.customers.Update("1001", office.Request(), zhang).ok());
    office.Call("c1", "13800138000", office.clock.Now());
    office.Answer("c1", "1002", office.clock.Now());
    const v1::RoutingFacts facts = office.history.Routing("+86 138 0013 8000").value();
    CHECK(facts.vip_level() == 2);
    CHECK(facts.manager_agent_id() == "1003");
    CHECK(facts.last_agent_id() == "1002");
    CHECK(facts.language() == "en");
    CHECK(office.history.Routing("anonymous").value().customer_id().empty());
    office.Call("c2", "13700137000", office.clock.Now());
    office.Answer("c2", "1001", office.clock.Now());
    CHECK(office.history.Routing("13700137000").value().last_agent_id() == "1001");
}

TEST_CASE("history: merging and undoing move no contact", "[customer][database]") {
    Caller office;
    const Customer keep = office.Make("张伟", {"13800138000"});
    const Customer gone = office.Make("张先生", {"13900139000"});
    office.Call("c1", "13800138000", office.clock.Now());
    office.Call("c2", "13900139000", office.clock.Now());
    REQUIRE(office.customers.Merge("1001", office.Request(), keep.id, gone.id, "same").ok());
    CHECK(office.history.Timeline(keep.id.str(), 10, "").value().entries_size() == 2);
    REQUIRE(office.customers.UndoMerge("1001", office.Request(), gone.id, "not the same").ok());
    CHECK(office.history.Timeline(keep.id.str(), 10, "").value().entries_size() == 1);
    CHECK(office.history.Timeline(gone.id.str(), 10, "").value().entries_size() == 1);
}

}  // namespace
}  // namespace trunkline::customer
