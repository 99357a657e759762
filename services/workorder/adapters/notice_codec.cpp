// Column by column.
#include "workorder/adapters/notice_codec.hpp"

#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {

v1::Notice ReadNotice(const pqxx::row& row, int first) {
    const auto at = [&](int column) { return row[first + column]; };
    v1::Notice notice;
    notice.set_notice_id(at(0).as<std::string>());
    notice.set_order_id(at(1).as<std::string>());
    notice.set_number(at(2).as<std::string>());
    notice.set_step(static_cast<v1::Step>(at(3).as<int>()));
    notice.set_medium(static_cast<v1::Medium>(at(4).as<int>()));
    notice.set_address(at(5).as<std::string>());
    notice.set_text(at(6).as<std::string>());
    notice.set_state(static_cast<v1::NoticeState>(at(7).as<int>()));
    notice.set_tries(at(8).as<uint32_t>());
    notice.set_proof(at(9).as<std::string>());
    *notice.mutable_create_time() = ToTimestamp(FromUnixMillis(at(10).as<int64_t>()));
    *notice.mutable_change_time() = ToTimestamp(FromUnixMillis(at(11).as<int64_t>()));
    notice.set_origin_id(at(12).as<std::string>());
    notice.set_attempt(at(13).as<uint32_t>());
    notice.set_failure(at(14).as<std::string>());
    notice.set_task_number(at(15).as<std::string>());
    return notice;
}

}  // namespace trunkline::workorder
