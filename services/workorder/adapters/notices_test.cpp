// The customer is always told: by the next way when one fails or brings no proof, and by a call when none does.
#include <thread>

#include "workorder/adapters/suite_for_tests.hpp"

namespace trunkline::workorder {
namespace {

using Suite = SuiteForTests;
using std::chrono::hours;

// A customer who wants e-mail, then a fax, and called from a mobile.
struct Told : Suite {
    Told() {
        auto wanted = Complaint();
        wanted.set_notice_medium(v1::MEDIUM_EMAIL);
        wanted.set_notice_address("li@example.org");
        auto& fax = *wanted.add_notice_ways();
        fax.set_medium(v1::MEDIUM_FAX);
        fax.set_address("010-12345678");
        order = Create(wanted);
        id = order.order_id();
    }
    std::vector<v1::Notice> Take(v1::Medium medium) {
        v1::TakeNoticesRequest take;
        take.set_medium(medium);
        take.set_limit(10);
        const auto taken = Call(*notices, &v1::Notices::Stub::TakeNotices, take);
        return {taken.notices().begin(), taken.notices().end()};
    }
    v1::Notice Report(const v1::Notice& notice, v1::NoticeState state, const std::string& proof = "") {
        v1::ReportNoticeRequest report;
        report.set_notice_id(notice.notice_id());
        report.set_state(state);
        report.set_proof(proof);
        return Call(*notices, &v1::Notices::Stub::ReportNotice, report);
    }
    // Until it counts as failed.
    void Fail(v1::Medium medium) {
        for (int i = 0; i < 4; ++i) {
            const auto taken = Take(medium);
            REQUIRE(taken.size() == 1);
            Report(taken[0], v1::FAILED, "no route");
            REQUIRE(refused.empty());
        }
    }
    // Open orders that ask the centre to call.
    std::vector<v1::Order> Tasks() {
        v1::ListOrdersRequest request;
        request.set_type(v1::CALLBACK);
        request.set_open_only(true);
        const auto page = Call(*orders, &v1::WorkOrders::Stub::ListOrders, request);
        return {page.orders().begin(), page.orders().end()};
    }
    v1::Order order;
    std::string id;
};

TEST_CASE("notices: what cannot be sent goes the next way, and the order keeps each attempt", "[workorder][database]") {
    Told suite;
    REQUIRE(suite.Take(v1::MEDIUM_FAX).empty());  // not yet
    suite.Fail(v1::MEDIUM_EMAIL);
    REQUIRE(suite.Take(v1::MEDIUM_EMAIL).empty());
    const auto fax = suite.Take(v1::MEDIUM_FAX);
    REQUIRE(fax.size() == 1);
    REQUIRE(fax[0].address() == "010-12345678");
    suite.Report(fax[0], v1::DELIVERED, "OK 2 pages");
    REQUIRE(suite.Take(v1::MEDIUM_SMS).empty());
    suite.clock.Advance(hours{48});
    suite.worker.Round();
    const auto kept = suite.Get(suite.id);
    REQUIRE(kept.notices_size() == 2);
    REQUIRE(kept.notices(0).state() == v1::FAILED);
    REQUIRE(kept.notices(0).failure() == "NOT_SENT");
    REQUIRE(kept.notices(0).proof() == "no route");
    REQUIRE(kept.notices(0).tries() == 4);
    REQUIRE(kept.notices(1).state() == v1::DELIVERED);
    REQUIRE(kept.notices(1).proof() == "OK 2 pages");
    REQUIRE(kept.notices(1).origin_id() == kept.notices(0).notice_id());
    REQUIRE(kept.notices(1).attempt() == 2);
    REQUIRE(suite.Tasks().empty());
}

TEST_CASE("notices: without proof in time the next way is taken, and late proof is still kept",
          "[workorder][database]") {
    Told suite;
    const auto mail = suite.Take(v1::MEDIUM_EMAIL);
    suite.Report(mail[0], v1::SENT, "queued as 1");
    suite.clock.Advance(hours{1});
    suite.worker.Round();
    REQUIRE(suite.Take(v1::MEDIUM_FAX).empty());
    suite.clock.Advance(hours{1});
    suite.worker.Round();
    REQUIRE(suite.Get(suite.id).notices(0).state() == v1::EXPIRED);
    REQUIRE(suite.Get(suite.id).notices(0).failure() == "NO_PROOF");
    REQUIRE(suite.Take(v1::MEDIUM_FAX).size() == 1);
    REQUIRE(suite.Report(mail[0], v1::FAILED).state() == v1::EXPIRED);
    REQUIRE(suite.Report(mail[0], v1::DELIVERED, "read").state() == v1::DELIVERED);
    // The fax is under way; what comes after it is not needed any more.
    suite.clock.Advance(hours{3});
    suite.worker.Round();
    REQUIRE(suite.Take(v1::MEDIUM_SMS).empty());
    REQUIRE(suite.Tasks().empty());
}

TEST_CASE("notices: a customer whom no way reaches becomes one task for the centre to call him back",
          "[workorder][database]") {
    Told suite;
    suite.Fail(v1::MEDIUM_EMAIL);
    suite.Fail(v1::MEDIUM_FAX);
    REQUIRE(suite.Tasks().empty());
    suite.Fail(v1::MEDIUM_SMS);
    suite.worker.Round();
    suite.worker.Round();
    const auto tasks = suite.Tasks();
    REQUIRE(tasks.size() == 1);
    REQUIRE(tasks[0].owner() == "centre");
    REQUIRE(tasks[0].title().find(suite.order.number()) != std::string::npos);
    REQUIRE(tasks[0].description().find("已受理") != std::string::npos);
    REQUIRE(tasks[0].customer_number() == "13800138000");
    REQUIRE(tasks[0].related(0) == suite.id);
    const auto kept = suite.Get(suite.id);
    REQUIRE(kept.notices_size() == 3);
    REQUIRE(kept.notices(2).task_number() == tasks[0].number());
    REQUIRE(suite.Get(tasks[0].order_id()).notices_size() == 0);
    // The next message that does not arrive is told by the same call.
    suite.SuiteForTests::Take(suite.id, v1::ANSWER, "明天答复");
    suite.clock.Advance(hours{2});
    for (int way = 0; way < 4; ++way, suite.clock.Advance(hours{2})) {
        suite.worker.Round();
    }
    REQUIRE(suite.Tasks().size() == 1);
    REQUIRE(suite.Get(suite.id).notices(5).task_number() == tasks[0].number());
}

TEST_CASE("notices: who wants to hear nothing is told nothing, and a way that is none is refused",
          "[workorder][database]") {
    Suite suite;
    auto wanted = Suite::Complaint();
    wanted.set_notice_medium(v1::MEDIUM_NONE);
    REQUIRE(suite.Get(suite.Create(wanted).order_id()).notices_size() == 0);
    auto& way = *wanted.add_notice_ways();
    way.set_medium(v1::MEDIUM_SMS);
    suite.Create(wanted);
    REQUIRE(suite.refused == "BAD_FIELD");
}

TEST_CASE("notices: of two reports and an expiry at once each message still goes one way at a time",
          "[workorder][database]") {
    Told suite;
    const auto mail = suite.Take(v1::MEDIUM_EMAIL);
    suite.clock.Advance(hours{2});
    std::vector<std::thread> all;
    for (int i = 0; i < 4; ++i) {
        all.emplace_back([&, i] {
            v1::ReportNoticeRequest report;
            report.set_notice_id(mail[0].notice_id());
            report.set_state(i % 2 == 0 ? v1::SENT : v1::FAILED);
            if (i < 2) {
                (void)suite.store.ReportNotice(report);
            } else {
                (void)suite.store.ExpireNotices(10);
            }
        });
    }
    for (auto& thread : all) {
        thread.join();
    }
    (void)suite.store.ExpireNotices(10);
    const auto kept = suite.Get(suite.id);
    int under_way = 0;
    for (const auto& notice : kept.notices()) {
        under_way += notice.state() == v1::PENDING || notice.state() == v1::SENT ? 1 : 0;
    }
    REQUIRE(kept.notices_size() == 2);
    REQUIRE(under_way == 1);
}

}  // namespace
}  // namespace trunkline::workorder
