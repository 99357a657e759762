// Work orders through the API in a real PostgreSQL: one transaction for state and events, safe retries, two people at
// once, lists and search.
#include <thread>

#include "workorder/adapters/suite_for_tests.hpp"

namespace trunkline::workorder {
namespace {

using Suite = SuiteForTests;

TEST_CASE("orders: the way from creation to closing, with its events and messages", "[workorder][database]") {
    Suite suite;
    const v1::Order order = suite.Create(Suite::Complaint());
    REQUIRE(suite.refused.empty());
    REQUIRE(order.number() == "20260302-000001");
    REQUIRE(order.check_code().size() == 6);
    REQUIRE(order.owner() == "east");
    REQUIRE(order.line() == "12");
    REQUIRE(suite.Create(Suite::Complaint()).number() == "20260302-000002");
    const std::string id = order.order_id();
    suite.Take(id, v1::ACCEPT);
    suite.Take(id, v1::FEED_BACK, "司机已批评教育");
    suite.Take(id, v1::VERIFY);
    const v1::Order closed = suite.Take(id, v1::CLOSE);
    REQUIRE(closed.state() == v1::CLOSED);
    REQUIRE(closed.owner().empty());
    REQUIRE(closed.log_size() == 5);
    REQUIRE(closed.notices_size() == 4);
    REQUIRE(closed.notices(0).text().find(order.number()) != std::string::npos);
    REQUIRE(suite.Events().back() == "NoticeRequested");
    REQUIRE(suite.Told("OrderClosed"));
    REQUIRE(suite.Get(order.number()).order_id() == id);
    suite.Get("20260302-000009");
    REQUIRE(suite.refused == "ORDER_NOT_FOUND");
}

TEST_CASE("orders: the same request id does nothing twice, a refused one may come again", "[workorder][database]") {
    Suite suite;
    auto wanted = Suite::Complaint();
    wanted.set_request_id("r1");
    wanted.set_actor("1001");
    const auto first = suite.Call(*suite.orders, &v1::WorkOrders::Stub::CreateOrder, wanted);
    REQUIRE(suite.Call(*suite.orders, &v1::WorkOrders::Stub::CreateOrder, wanted).order_id() == first.order_id());
    v1::TakeStepRequest step;
    step.set_request_id("r2");
    step.set_order_id(first.order_id());
    step.set_step(v1::CLOSE);
    suite.Take(step);
    REQUIRE(suite.refused == "STEP_NOT_ALLOWED");
    step.set_step(v1::ACCEPT);
    REQUIRE(suite.Take(step).revision() == 2);
    REQUIRE(suite.Take(step).revision() == 2);
    REQUIRE(suite.Get(first.order_id()).log_size() == 2);
}

TEST_CASE("orders: of eight people saving at once one wins and the others are told by whom", "[workorder][database]") {
    Suite suite;
    const v1::Order order = suite.Create(Suite::Complaint());
    std::atomic<int> won = 0;
    std::atomic<int> told = 0;
    std::vector<std::thread> people;
    for (int i = 0; i < 8; ++i) {
        people.emplace_back([&, i] {
            v1::TakeStepRequest step;
            step.set_request_id("person" + std::to_string(i));
            step.set_actor("person" + std::to_string(i));
            step.set_order_id(order.order_id());
            step.set_step(v1::NOTE);
            step.set_text("x");
            step.set_revision(order.revision());
            grpc::ClientContext context;
            v1::Order answer;
            const auto status = suite.orders->TakeStep(&context, step, &answer);
            won += status.ok() ? 1 : 0;
            told += status.error_code() == grpc::StatusCode::ABORTED &&
                            status.error_message().find("by person") != std::string::npos
                        ? 1
                        : 0;
        });
    }
    for (auto& person : people) {
        person.join();
    }
    REQUIRE(won == 1);
    REQUIRE(told == 7);
}

TEST_CASE("orders: what is wrong with a form is told field by field", "[workorder][database]") {
    Suite suite;
    auto wanted = Suite::Complaint();
    wanted.set_type_id("lost_property");
    wanted.clear_fields();
    suite.Create(wanted);
    REQUIRE(suite.refused == "BAD_FIELDS");
    v1::CheckFormRequest check;
    check.set_type_id("lost_property");
    (*check.mutable_fields())["lost"] = "yesterday";
    const auto errors = suite.Call(*suite.orders, &v1::WorkOrders::Stub::CheckForm, check).errors();
    REQUIRE(errors.size() == 3);
    REQUIRE(errors[2].field_id() == "lost");
    REQUIRE(errors[2].reason() == "NOT_A_DATE");
}

TEST_CASE("orders: a branch sees its own and no other's, numbers are masked, and revealing is recorded",
          "[workorder][database]") {
    Suite suite;
    const v1::Order mine = suite.Create(Suite::Complaint("east-1"));
    const v1::Order other = suite.Create(Suite::Complaint("west"));
    suite.caller = {"zhang", "", "east", {"workorder.orders.step"}};
    REQUIRE(suite.Get(mine.order_id()).customer_number() == "138****8000");
    suite.Get(other.order_id());
    REQUIRE(suite.refused == "ORDER_NOT_FOUND");
    suite.Take(other.order_id(), v1::ACCEPT);
    REQUIRE(suite.refused == "ORDER_NOT_FOUND");
    v1::ListOrdersRequest all;
    REQUIRE(suite.Titles(all).size() == 1);
    // The actor is the signed-in user, whatever the request says.
    REQUIRE(suite.Take(mine.order_id(), v1::ACCEPT).log(1).actor() == "zhang");
    suite.caller = {"li", "", "east-1", {kClearRight}};
    REQUIRE(suite.Get(mine.order_id()).customer_number() == "138****8000");
    v1::RevealNumberRequest reveal;
    reveal.set_order_id(mine.order_id());
    suite.caller = {"wang", "", "centre", {}};
    reveal.set_reason("curious");
    suite.Call(*suite.orders, &v1::WorkOrders::Stub::RevealNumber, reveal);
    REQUIRE(suite.refused == "RIGHT_MISSING");
    suite.caller = {"wang", "", "centre", {kClearRight}};
    reveal.clear_reason();
    suite.Call(*suite.orders, &v1::WorkOrders::Stub::RevealNumber, reveal);
    REQUIRE(suite.refused == "FIELD_MISSING");
    reveal.set_reason("call back");
    REQUIRE_FALSE(suite.Told("OrderNumberRevealed"));
    REQUIRE(suite.Call(*suite.orders, &v1::WorkOrders::Stub::RevealNumber, reveal).customer_number() == "13800138000");
    REQUIRE(suite.Told("OrderNumberRevealed"));
}

TEST_CASE("orders: numbers in forms are masked too, in lists and whatever the right, and survive being sent back",
          "[workorder][database]") {
    Suite suite;
    auto wanted = Suite::Complaint();
    wanted.set_type(v1::CALLBACK);
    wanted.clear_fields();
    (*wanted.mutable_fields())["call_number"] = "13900139000";
    wanted.set_notice_medium(v1::MEDIUM_EMAIL);
    wanted.set_notice_address("li@example.org");
    const auto order = suite.Create(wanted);
    suite.caller = {"wang", "", "centre", {kClearRight}};
    const auto shown = suite.Get(order.order_id());
    REQUIRE(shown.fields().at("call_number") == "139****9000");
    REQUIRE(shown.notice_address() == "l***@example.org");
    REQUIRE(shown.notice_ways(0).address() == "138****8000");
    REQUIRE(shown.ShortDebugString().find("13800138000") == std::string::npos);
    v1::ListOrdersRequest all;
    const auto page = suite.Call(*suite.orders, &v1::WorkOrders::Stub::ListOrders, all);
    REQUIRE(page.orders(0).fields().at("call_number") == "139****9000");
    REQUIRE(page.ShortDebugString().find("13800138000") == std::string::npos);
    v1::TakeStepRequest edit;
    edit.set_order_id(order.order_id());
    edit.set_step(v1::EDIT);
    edit.set_title("改期");
    *edit.mutable_fields() = shown.fields();
    suite.Take(edit);
    REQUIRE(suite.refused.empty());
    v1::RevealNumberRequest reveal;
    reveal.set_order_id(order.order_id());
    reveal.set_reason("call back");
    const auto clear = suite.Call(*suite.orders, &v1::WorkOrders::Stub::RevealNumber, reveal);
    REQUIRE(clear.fields().at("call_number") == "13900139000");
    REQUIRE(clear.notice_address() == "li@example.org");
    for (const char* written : {"138-0013-8000", "+86 13800138000", "013800138000"}) {
        all.set_customer_number(written);
        REQUIRE(suite.Titles(all).size() == 1);
    }
}

TEST_CASE("orders: found by words, form, number, customer, line and time", "[workorder][database]") {
    Suite suite;
    for (const char* title : {"12路公交车未停靠", "司机态度恶劣", "Bus K12 was late"}) {
        auto wanted = Suite::Complaint(title[0] == 'B' ? "west" : "east");
        wanted.set_title(title);
        wanted.set_description("");
        if (title[0] == 'B') {
            (*wanted.mutable_fields())["line"] = "K'12\\";
            wanted.set_customer_number("010-1234 5678");
        }
        suite.Create(wanted);
    }
    using Titles = std::vector<std::string>;
    const auto find = [&](const auto& fill) {
        v1::ListOrdersRequest request;
        fill(request);
        return suite.Titles(request);
    };
    REQUIRE(find([](auto& r) { r.set_text("公交"); }) == Titles{"12路公交车未停靠"});
    REQUIRE(find([](auto& r) { r.set_text("态 恶劣"); }) == Titles{"司机态度恶劣"});
    REQUIRE(find([](auto& r) { r.set_text("K12"); }) == Titles{"Bus K12 was late"});
    REQUIRE(find([](auto& r) { r.set_text("?!"); }).empty());
    REQUIRE(find([](auto& r) { r.set_line("K'12\\"); }) == Titles{"Bus K12 was late"});
    REQUIRE(find([](auto& r) { (*r.mutable_fields())["line"] = "K'12\\"; }) == Titles{"Bus K12 was late"});
    REQUIRE(find([](auto& r) { r.set_customer_number("+86 10 1234 5678"); }) == Titles{"Bus K12 was late"});
    REQUIRE(find([](auto& r) { r.set_number("20260302-000002"); }) == Titles{"司机态度恶劣"});
    REQUIRE(find([](auto& r) { r.set_number("20260302"); }).size() == 3);
    REQUIRE(find([](auto& r) { r.set_branch("west"); }).size() == 1);
    REQUIRE(find([](auto& r) { r.set_state(v1::CLOSED); }).empty());
    REQUIRE(find([&](auto& r) {
                *r.mutable_created_from() = ToTimestamp(suite.clock.Now() + std::chrono::hours{1});
            }).empty());
    REQUIRE(find([](auto& r) { r.set_overdue_only(true); }).empty());
    suite.clock.Advance(std::chrono::hours{24 * 10});
    REQUIRE(find([](auto& r) { r.set_overdue_only(true); }).size() == 3);
    v1::ListOrdersRequest wild;
    wild.set_page_size(4'000'000'000);
    suite.Titles(wild);
    REQUIRE(suite.refused == "BAD_FIELD");
    wild.set_page_size(10);
    wild.set_page_token("'; DROP TABLE work_order; --");
    suite.Titles(wild);
    REQUIRE(suite.refused == "BAD_FIELD");
}

TEST_CASE("orders: pages follow each other without hole or repetition in both orders", "[workorder][database]") {
    Suite suite;
    for (int i = 0; i < 7; ++i) {
        auto wanted = Suite::Complaint();
        wanted.set_title(std::to_string(i));
        wanted.set_type_id(i % 2 == 0 ? "complaint" : "suggestion");
        wanted.clear_fields();
        suite.Create(wanted);
    }
    for (const auto sort : {v1::ListOrdersRequest::NEWEST, v1::ListOrdersRequest::DUE}) {
        v1::ListOrdersRequest request;
        request.set_page_size(3);
        request.set_sort(sort);
        std::set<std::string> seen;
        std::string before;
        do {
            const auto page = suite.Call(*suite.orders, &v1::WorkOrders::Stub::ListOrders, request);
            for (const auto& order : page.orders()) {
                REQUIRE(seen.insert(order.title()).second);
                const auto due = google::protobuf::util::TimeUtil::ToString(order.due_time());
                REQUIRE((sort == v1::ListOrdersRequest::NEWEST || due >= before));
                before = due;
            }
            request.set_page_token(page.next_page_token());
        } while (!request.page_token().empty());
        REQUIRE(seen.size() == 7);
    }
}

TEST_CASE("orders: files are known by their content, belong to one order, and come with a step",
          "[workorder][database]") {
    Suite suite;
    const v1::Order order = suite.Create(Suite::Complaint());
    v1::AddAttachmentRequest add;
    add.set_request_id("photo");
    add.set_actor("zhang");
    add.set_name("photo.jpg");
    add.set_content("<script>");
    suite.Call(*suite.orders, &v1::WorkOrders::Stub::AddAttachment, add);
    REQUIRE(suite.refused == "BAD_TYPE");
    add.set_content(std::string("\xFF\xD8\xFF") + std::string(3'000'000, 'x'));
    suite.Call(*suite.orders, &v1::WorkOrders::Stub::AddAttachment, add);
    REQUIRE(suite.refused == "BAD_SIZE");
    add.set_content(std::string("\xFF\xD8\xFF") + std::string(1000, '\0'));
    const auto photo = suite.Call(*suite.orders, &v1::WorkOrders::Stub::AddAttachment, add);
    REQUIRE(photo.content_type() == "image/jpeg");
    REQUIRE(suite.Call(*suite.orders, &v1::WorkOrders::Stub::AddAttachment, add).attachment_id() ==
            photo.attachment_id());
    v1::TakeStepRequest step;
    step.set_order_id(order.order_id());
    step.set_step(v1::ACCEPT);
    step.add_attachment_ids(photo.attachment_id());
    REQUIRE(suite.Take(step).attachments_size() == 1);
    step.set_order_id(suite.Create(Suite::Complaint()).order_id());
    suite.Take(step);
    REQUIRE(suite.refused == "ATTACHMENT_USED");
    v1::GetAttachmentRequest get;
    get.set_attachment_id(photo.attachment_id());
    REQUIRE(suite.Call(*suite.orders, &v1::WorkOrders::Stub::GetAttachment, get).content() == add.content());
    suite.caller = {"liu", "", "west", {}};
    suite.Call(*suite.orders, &v1::WorkOrders::Stub::GetAttachment, get);
    REQUIRE(suite.refused == "ATTACHMENT_NOT_FOUND");
}

TEST_CASE("orders: likely duplicates are suggested with the reason", "[workorder][database]") {
    Suite suite;
    suite.Create(Suite::Complaint());
    v1::SuggestDuplicatesRequest request;
    request.set_type_id("complaint");
    request.set_customer_number("+8613800138000");
    request.set_title("公交车未停靠");
    *request.mutable_fields() = Suite::Complaint().fields();
    const auto found = suite.Call(*suite.orders, &v1::WorkOrders::Stub::SuggestDuplicates, request);
    REQUIRE(found.duplicates_size() == 1);
    REQUIRE(found.duplicates(0).reasons_size() == 4);
    suite.clock.Advance(std::chrono::hours{24 * 8});
    REQUIRE(suite.Call(*suite.orders, &v1::WorkOrders::Stub::SuggestDuplicates, request).duplicates_size() == 0);
}

TEST_CASE("orders: the printed form is a PDF that carries its Chinese font", "[workorder][database]") {
    Suite suite;
    v1::PrintOrderRequest request;
    request.set_order_id(suite.Create(Suite::Complaint()).order_id());
    const auto printed = suite.Call(*suite.orders, &v1::WorkOrders::Stub::PrintOrder, request);
    REQUIRE(printed.content().rfind("%PDF-", 0) == 0);
    REQUIRE(printed.content().find("NotoSansCJK") != std::string::npos);
    REQUIRE(printed.content().find("/FontFile") != std::string::npos);
    REQUIRE(printed.content().size() < 300'000);
}

}  // namespace
}  // namespace trunkline::workorder
