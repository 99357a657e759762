// Messages to customers: leased to a gateway, and what it reports kept as proof.
#include "trunkline/workorder/v1/events.pb.h"
#include "workorder/adapters/notice_codec.hpp"
#include "workorder/adapters/service_store.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

// State 6 waits for the ways before it and is nobody's business yet.
const std::string kList =
    std::string("SELECT ") + kNoticeColumns +
    " FROM notice WHERE state <> 6 AND ($1 = '' OR order_id = NULLIF($1, '')::uuid) AND ($2 = 0 OR state = $2)"
    " AND ($3 = 0 OR medium = $3) AND ($4 = '' OR notice_id < NULLIF($4, '')::uuid) AND ($6 = '{}' OR EXISTS (SELECT"
    " FROM work_order WHERE work_order.order_id = notice.order_id AND units && $6::text[]))"
    " ORDER BY notice_id DESC LIMIT $5";
// A lease ends after five minutes: a gateway that died with it did not send it, or sends it twice rather than never.
const std::string kTake =
    std::string(
        "UPDATE notice SET state = 2, tries = tries + 1, change_time = to_timestamp($3::bigint / 1000.0)"
        " WHERE notice_id IN (SELECT notice_id FROM notice WHERE medium = $1 AND (state = 1 OR state = 2 AND"
        " change_time < to_timestamp($3::bigint / 1000.0) - interval '5 minutes') ORDER BY notice_id LIMIT $2"
        " FOR UPDATE SKIP LOCKED) RETURNING ") +
    kNoticeColumns;
constexpr const char* kFind = "SELECT origin_id FROM notice WHERE notice_id::text = $1";
// Always in this order, so that two reports about one message never wait for each other.
constexpr const char* kLock =
    "SELECT notice_id, state, tries FROM notice WHERE origin_id = $1 ORDER BY attempt FOR UPDATE";
const std::string kReport =
    std::string(
        "UPDATE notice SET state = $2::smallint, proof = CASE WHEN $3 = '' THEN proof ELSE $3 END,"
        " failure = $5, change_time = to_timestamp($4::bigint / 1000.0), proof_time ="
        " CASE WHEN $2::smallint IN (4, 5, 7) THEN NULL ELSE proof_time END"
        " WHERE notice_id = $1 RETURNING ") +
    kNoticeColumns;
const std::string kNextWay =
    std::string(
        "UPDATE notice SET state = 1, change_time = to_timestamp($2::bigint / 1000.0),"
        " proof_time = to_timestamp(($2::bigint + $3::bigint) / 1000.0) WHERE notice_id = (SELECT notice_id"
        " FROM notice WHERE origin_id = $1 AND state = 6 ORDER BY attempt LIMIT 1) RETURNING ") +
    kNoticeColumns;
// What a crew was sent (step 33) is nothing for the customer. The last way that was tried stands for the message that
// arrived nowhere.
constexpr const char* kUnreached =
    "UPDATE notice SET unreached = true WHERE notice_id = (SELECT notice_id FROM notice WHERE origin_id = $1"
    " ORDER BY attempt DESC LIMIT 1) AND task_number = '' AND step <> 33 AND NOT EXISTS (SELECT FROM notice WHERE "
    "origin_id = $1"
    " AND state IN (1, 2, 3, 4, 6))";
// Proof that came late: nobody needs to call any more.
constexpr const char* kReached = "UPDATE notice SET unreached = false WHERE origin_id = $1 AND unreached";
constexpr const char* kSpare = "DELETE FROM notice WHERE origin_id = $1 AND state = 6";
constexpr const char* kExpired =
    "SELECT notice_id, origin_id FROM notice WHERE proof_time <= to_timestamp($1::bigint / 1000.0)"
    " ORDER BY proof_time LIMIT $2 FOR UPDATE SKIP LOCKED";
constexpr int kTries = 4;  // the first and three more

struct Report {
    std::string notice_id;
    int state = 0;
    std::string proof;
    std::string failure;
};

// Writes what became of a way, and tells it.
v1::Notice Keep(pqxx::work& transaction, const Report& report, TimePoint now) {
    const v1::Notice notice = ReadNotice(transaction.exec_params1(kReport, report.notice_id, report.state, report.proof,
                                                                  ToUnixMillis(now), report.failure));
    v1::NoticeReported event;
    event.set_notice_id(notice.notice_id());
    event.set_order_id(notice.order_id());
    event.set_number(notice.number());
    event.set_medium(notice.medium());
    event.set_state(notice.state());
    const std::string identity =
        notice.notice_id() + "/" + std::to_string(report.state) + "/" + std::to_string(notice.tries());
    bus::Append(transaction, {bus::MakeEvent(event, notice.order_id(), identity, now)});
    return notice;
}

// A way has ended without proof.
void GoOn(pqxx::work& transaction, const std::string& origin, TimePoint now, std::chrono::milliseconds wait) {
    const auto next = transaction.exec_params(kNextWay, origin, ToUnixMillis(now), wait.count());
    if (next.empty()) {
        transaction.exec_params(kUnreached, origin);
        return;
    }
    const v1::Notice notice = ReadNotice(next[0]);
    v1::NoticeRequested event;
    event.set_notice_id(notice.notice_id());
    event.set_order_id(notice.order_id());
    event.set_number(notice.number());
    event.set_medium(notice.medium());
    event.set_step(notice.step());
    bus::Append(transaction, {bus::MakeEvent(event, notice.order_id(), notice.notice_id(), now)});
}

// What a report makes of a way: a receipt may overtake "sent", what was delivered stays so, and a way whose time is
// over is not taken again, though proof of it is welcome.
int StateAfter(int before, int tries, int reported) {
    if (before == v1::DELIVERED || reported == v1::DELIVERED) {
        return v1::DELIVERED;
    }
    if (before == v1::EXPIRED || before == v1::FAILED) {
        return before;
    }
    return reported == v1::FAILED && tries < kTries ? static_cast<int>(v1::PENDING) : reported;
}

}  // namespace

Result<v1::ListNoticesResponse> ServiceStore::ListNotices(const v1::ListNoticesRequest& request, const Scope& scope) {
    const int limit = request.page_size() == 0 ? 100 : static_cast<int>(std::min<uint32_t>(request.page_size(), 500));
    return parts_.pool.Run([&](pqxx::work& transaction) {
        v1::ListNoticesResponse page;
        for (const auto& row : transaction.exec_params(kList, request.order_id(), static_cast<int>(request.state()),
                                                       static_cast<int>(request.medium()), request.page_token(),
                                                       limit + 1, ArrayLiteral(scope))) {
            if (page.notices_size() == limit) {
                page.set_next_page_token(page.notices(limit - 1).notice_id());
                break;
            }
            *page.add_notices() = ReadNotice(row);
        }
        return page;
    });
}

Result<v1::ListNoticesResponse> ServiceStore::TakeNotices(v1::Medium medium, uint32_t limit) {
    if (medium == v1::MEDIUM_UNSPECIFIED) {
        return Error{Code::kInvalidArgument, "BAD_FIELD", "medium must be the gateway's own"};
    }
    return parts_.pool.Run([&](pqxx::work& transaction) {
        v1::ListNoticesResponse taken;
        const int count = static_cast<int>(std::clamp<uint32_t>(limit, 1, 500));
        for (const auto& row : transaction.exec_params(kTake, static_cast<int>(medium), count, Now())) {
            *taken.add_notices() = ReadNotice(row);
        }
        return taken;
    });
}

Result<v1::Notice> ServiceStore::ReportNotice(const v1::ReportNoticeRequest& request) {
    if (request.state() < v1::SENT || request.state() > v1::FAILED || request.proof().size() > 2000) {
        return Error{Code::kInvalidArgument, "BAD_FIELD",
                     "state must be SENT, DELIVERED or FAILED; proof up to 2000 bytes"};
    }
    const TimePoint now = parts_.clock.Now();
    auto reported = parts_.pool.Run([&](pqxx::work& transaction) {
        const auto found = transaction.exec_params(kFind, request.notice_id());
        if (found.empty()) {
            throw db::Rollback{{Code::kNotFound, "NOTICE_NOT_FOUND", "there is no notice " + request.notice_id()}};
        }
        const auto origin = found[0][0].as<std::string>();
        int before = 0;
        int after = 0;
        for (const auto& way : transaction.exec_params(kLock, origin)) {
            if (way[0].as<std::string>() == request.notice_id()) {
                before = way[1].as<int>();
                after = StateAfter(before, way[2].as<int>(), request.state());
            }
        }
        const std::string failure = after == v1::FAILED ? "NOT_SENT" : after == v1::EXPIRED ? "NO_PROOF" : "";
        v1::Notice notice = Keep(transaction, {request.notice_id(), after, request.proof(), failure}, now);
        if (after == v1::DELIVERED) {
            transaction.exec_params(kSpare, origin);
            transaction.exec_params(kReached, origin);
        } else if (after == v1::FAILED && before != v1::FAILED) {
            GoOn(transaction, origin, now, parts_.proof_wait);
        }
        return notice;
    });
    parts_.committed();
    return reported;
}

Result<int> ServiceStore::ExpireNotices(int limit) {
    const TimePoint now = parts_.clock.Now();
    auto expired = parts_.pool.Run([&](pqxx::work& transaction) {
        int count = 0;
        for (const auto& row : transaction.exec_params(kExpired, ToUnixMillis(now), limit)) {
            Keep(transaction, {row[0].as<std::string>(), v1::EXPIRED, "", "NO_PROOF"}, now);
            GoOn(transaction, row[1].as<std::string>(), now, parts_.proof_wait);
            ++count;
        }
        return count;
    });
    if (expired.ok() && *expired > 0) {
        parts_.committed();
    }
    return expired;
}

}  // namespace trunkline::workorder
