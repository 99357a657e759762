// Messages to customers: leased to a gateway, and what it reports kept as proof.
#include "trunkline/workorder/v1/events.pb.h"
#include "workorder/adapters/notice_codec.hpp"
#include "workorder/adapters/service_store.hpp"

namespace trunkline::workorder {
namespace {

#define NOTICE_COLUMNS                                                               \
    "notice_id, order_id, number, step, medium, address, text, state, tries, proof," \
    " round(extract(epoch FROM create_time) * 1000)::bigint, round(extract(epoch FROM change_time) * 1000)::bigint"

constexpr const char* kList =
    "SELECT " NOTICE_COLUMNS
    " FROM notice WHERE ($1 = '' OR order_id = NULLIF($1, '')::uuid) AND ($2 = 0 OR state = $2)"
    " AND ($3 = 0 OR medium = $3) AND ($4 = '' OR notice_id < NULLIF($4, '')::uuid) ORDER BY notice_id DESC LIMIT $5";
// A lease ends after five minutes: a gateway that died with it did not send it, or sends it twice rather than never.
constexpr const char* kTake =
    "UPDATE notice SET state = 2, tries = tries + 1, change_time = to_timestamp($3::bigint / 1000.0)"
    " WHERE notice_id IN (SELECT notice_id FROM notice WHERE medium = $1 AND (state = 1 OR state = 2 AND change_time <"
    " to_timestamp($3::bigint / 1000.0) - interval '5 minutes') ORDER BY notice_id LIMIT $2 FOR UPDATE SKIP LOCKED)"
    " RETURNING " NOTICE_COLUMNS;
constexpr const char* kLock = "SELECT state, tries FROM notice WHERE notice_id = $1 FOR UPDATE";
constexpr const char* kReport =
    "UPDATE notice SET state = $2, proof = CASE WHEN $3 = '' THEN proof ELSE $3 END,"
    " change_time = to_timestamp($4::bigint / 1000.0) WHERE notice_id = $1 RETURNING " NOTICE_COLUMNS;
constexpr int kTries = 4;  // the first and three more
#undef NOTICE_COLUMNS

}  // namespace

Result<v1::ListNoticesResponse> ServiceStore::ListNotices(const v1::ListNoticesRequest& request) {
    const int limit = request.page_size() == 0 ? 100 : static_cast<int>(std::min<uint32_t>(request.page_size(), 500));
    return parts_.pool.Run([&](pqxx::work& transaction) {
        v1::ListNoticesResponse page;
        for (const auto& row :
             transaction.exec_params(kList, request.order_id(), static_cast<int>(request.state()),
                                     static_cast<int>(request.medium()), request.page_token(), limit + 1)) {
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
    auto reported = parts_.pool.Run([&](pqxx::work& transaction) {
        const auto rows = transaction.exec_params(kLock, request.notice_id());
        if (rows.empty()) {
            throw db::Rollback{{Code::kNotFound, "NOTICE_NOT_FOUND", "there is no notice " + request.notice_id()}};
        }
        int state = request.state();
        // A receipt may overtake "sent", and what was delivered stays so.
        if (rows[0][0].as<int>() == v1::DELIVERED) {
            state = v1::DELIVERED;
        } else if (state == v1::FAILED && rows[0][1].as<int>() < kTries) {
            state = v1::PENDING;
        }
        const v1::Notice notice =
            ReadNotice(transaction.exec_params1(kReport, request.notice_id(), state, request.proof(), Now()));
        v1::NoticeReported event;
        event.set_notice_id(notice.notice_id());
        event.set_order_id(notice.order_id());
        event.set_number(notice.number());
        event.set_medium(notice.medium());
        event.set_state(notice.state());
        const std::string identity =
            notice.notice_id() + "/" + std::to_string(state) + "/" + std::to_string(notice.tries());
        bus::Append(transaction, {bus::MakeEvent(event, notice.order_id(), identity, parts_.clock.Now())});
        return notice;
    });
    parts_.committed();
    return reported;
}

}  // namespace trunkline::workorder
