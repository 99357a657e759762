// A crew on the road gets an order by SMS and moves it on by SMS; nobody else does.
#include "workorder/adapters/suite_for_tests.hpp"

namespace trunkline::workorder {
namespace {

using Suite = SuiteForTests;

struct OnTheRoad : Suite {
    explicit OnTheRoad(const std::string& operator_kind = "bus") : Suite(operator_kind) {
        Put("crew-1", "13700137001");
        order = Send();
    }
    v1::Crew Put(const std::string& id, const std::string& number, const std::string& unit = "east") {
        v1::PutCrewRequest put;
        put.mutable_crew()->set_crew_id(id);
        put.mutable_crew()->set_name("抢修一班");
        put.mutable_crew()->set_unit_id(unit);
        put.mutable_crew()->set_number(number);
        return Call(*settings, &v1::WorkOrderSettings::Stub::PutCrew, put);
    }
    v1::Order Send(const std::string& crew = "crew-1") {
        v1::TakeStepRequest send;
        send.set_order_id(Create(Complaint()).order_id());
        send.set_step(v1::SEND_CREW);
        send.set_crew_id(crew);
        send.set_text("带梯子");
        return Take(send);
    }
    v1::ReceiveCrewMessageResponse Sms(const std::string& text, const std::string& from = "+86 137 0013 7001",
                                       const std::string& request_id = "") {
        v1::ReceiveCrewMessageRequest message;
        message.set_request_id(request_id.empty() ? ids.New() : request_id);
        message.set_from_number(from);
        message.set_text(text);
        return Call(*notices, &v1::Notices::Stub::ReceiveCrewMessage, message);
    }
    v1::Order order;
};

TEST_CASE("crews: the order goes out by SMS, and the answers move it on as the crew's steps", "[workorder][database]") {
    OnTheRoad suite;
    REQUIRE(suite.refused.empty());
    REQUIRE(suite.order.crew_id() == "crew-1");
    v1::TakeNoticesRequest take;
    take.set_medium(v1::MEDIUM_SMS);
    take.set_limit(10);
    const auto sent = suite.Call(*suite.notices, &v1::Notices::Stub::TakeNotices, take);
    REQUIRE(sent.notices_size() == 2);  // the customer's, then the crew's
    const auto& out = sent.notices(0).step() == v1::SEND_CREW ? sent.notices(0) : sent.notices(1);
    REQUIRE(out.address() == "13700137001");
    REQUIRE(out.text().find(suite.order.number()) != std::string::npos);
    REQUIRE(out.text().find("带梯子") != std::string::npos);
    const std::string id = suite.order.order_id();
    REQUIRE(suite.Sms("1").outcome() == "TAKEN");
    REQUIRE(suite.Get(id).state() == v1::ACCEPTED);
    REQUIRE(suite.Get(id).handler() == "crew-1");
    REQUIRE(suite.Sms("2").outcome() == "TAKEN");
    const auto done = suite.Sms("3 站牌已修好", "013700137001", "sms-3");
    REQUIRE(done.reply().find(suite.order.number()) != std::string::npos);
    const auto kept = suite.Get(id);
    REQUIRE(kept.state() == v1::FED_BACK);
    REQUIRE(kept.answer() == "站牌已修好");
    REQUIRE(kept.log(kept.log_size() - 1).actor() == "crew-1");
    REQUIRE(kept.log(kept.log_size() - 1).unit_id() == "east");
    // The carrier delivers twice.
    REQUIRE(suite.Sms("3 站牌已修好", "013700137001", "sms-3").outcome() == "TAKEN");
    REQUIRE(suite.Get(id).log_size() == kept.log_size());
    REQUIRE(suite.Sms("3").outcome() == "REFUSED");  // it is the centre's turn now
}

TEST_CASE("crews: only 'done' takes every step before it, also where the flow has an arrival",
          "[workorder][database]") {
    OnTheRoad suite("gas");
    auto wanted = Suite::Complaint("repair");
    wanted.set_type_id("leak");
    v1::GetTypeRequest get;
    get.set_type_id("leak");
    wanted.clear_fields();
    const auto type = suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::GetType, get);
    REQUIRE(type.flow_id() == "repair");
    for (const auto& field : type.fields()) {
        if (field.required()) {
            (*wanted.mutable_fields())[field.field_id()] = field.choices_size() > 0               ? field.choices(0)
                                                           : field.kind() == v1::Field::PHONE     ? "13800138000"
                                                           : field.kind() == v1::Field::DATE_TIME ? "2026-03-02 08:00"
                                                           : field.kind() == v1::Field::YES_NO    ? "true"
                                                                                                  : "1";
        }
    }
    suite.Put("crew-2", "13700137002", "repair");
    v1::TakeStepRequest send;
    send.set_order_id(suite.Create(wanted).order_id());
    INFO(suite.message);
    REQUIRE(suite.refused.empty());
    send.set_step(v1::SEND_CREW);
    send.set_crew_id("crew-2");
    suite.Take(send);
    REQUIRE(suite.Sms("完成 阀门已更换", "13700137002").outcome() == "TAKEN");
    const auto done = suite.Get(send.order_id());
    REQUIRE(done.state() == v1::FED_BACK);
    REQUIRE(done.answer() == "阀门已更换");
}

TEST_CASE("crews: unknown senders, unclear words and several orders change nothing", "[workorder][database]") {
    OnTheRoad suite;
    const std::string id = suite.order.order_id();
    REQUIRE(suite.Sms("1", "13600136000").outcome() == "UNKNOWN_SENDER");
    REQUIRE(suite.Sms("1", "13600136000").reply().empty());
    REQUIRE(suite.Sms("1", "anonymous").outcome() == "UNKNOWN_SENDER");
    REQUIRE(suite.Sms("明天去").outcome() == "NOT_UNDERSTOOD");
    REQUIRE(suite.Sms("1 20260302-000999").outcome() == "NO_ORDER");
    REQUIRE(suite.Get(id).log_size() == 2);
    const auto second = suite.Send();
    const auto which = suite.Sms("1");
    REQUIRE(which.outcome() == "WHICH_ORDER");
    REQUIRE(which.reply().find(second.number()) != std::string::npos);
    REQUIRE(suite.Get(id).log_size() == 2);
    REQUIRE(suite.Sms("1 " + second.number()).outcome() == "TAKEN");
    REQUIRE(suite.Sms("1 1").number() == suite.order.number());
    REQUIRE(suite.Get(id).state() == v1::ACCEPTED);
    // A crew that was sent away answers for nothing any more.
    v1::TakeStepRequest forward;
    forward.set_order_id(id);
    forward.set_step(v1::FORWARD);
    forward.set_branch("west");
    forward.set_text("x");
    suite.Take(forward);
    REQUIRE(suite.Sms("2 1").outcome() == "TAKEN");  // "1" is text now, and the one order left is meant
    REQUIRE(suite.Get(id).state() == v1::DISPATCHED);
}

TEST_CASE("crews: a unit sends its own, a number is one crew's, and is masked for users", "[workorder][database]") {
    OnTheRoad suite;
    suite.Put("crew-west", "13700137009", "west");
    suite.Send("crew-west");
    REQUIRE(suite.refused == "UNKNOWN_CREW");
    suite.Put("crew-3", "137-0013-7001");
    REQUIRE(suite.refused == "NUMBER_TAKEN");
    suite.Put("crew-3", "12345");
    REQUIRE(suite.refused == "BAD_FIELD");
    suite.caller = {"wang", "", "centre", {"workorder.settings.write"}};
    const auto list = suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::ListCrews, {});
    REQUIRE(list.crews(0).number() == "137****7001");
    v1::PutCrewRequest put;
    *put.mutable_crew() = list.crews(0);
    put.mutable_crew()->set_retired(true);
    suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::PutCrew, put);
    REQUIRE(suite.refused.empty());
    suite.caller = {};
    REQUIRE(suite.Sms("1").outcome() == "UNKNOWN_SENDER");
    put.mutable_crew()->set_retired(false);
    suite.Call(*suite.settings, &v1::WorkOrderSettings::Stub::PutCrew, put);
    REQUIRE(suite.Sms("1").outcome() == "TAKEN");  // the number was kept
}

}  // namespace
}  // namespace trunkline::workorder
