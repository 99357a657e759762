// Column by column.
#include "workorder/adapters/notice_codec.hpp"

#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {

v1::Notice ReadNotice(const pqxx::row& row) {
    v1::Notice notice;
    notice.set_notice_id(row[0].as<std::string>());
    notice.set_order_id(row[1].as<std::string>());
    notice.set_number(row[2].as<std::string>());
    notice.set_step(static_cast<v1::Step>(row[3].as<int>()));
    notice.set_medium(static_cast<v1::Medium>(row[4].as<int>()));
    notice.set_address(row[5].as<std::string>());
    notice.set_text(row[6].as<std::string>());
    notice.set_state(static_cast<v1::NoticeState>(row[7].as<int>()));
    notice.set_tries(row[8].as<uint32_t>());
    notice.set_proof(row[9].as<std::string>());
    *notice.mutable_create_time() = ToTimestamp(FromUnixMillis(row[10].as<int64_t>()));
    *notice.mutable_change_time() = ToTimestamp(FromUnixMillis(row[11].as<int64_t>()));
    return notice;
}

}  // namespace trunkline::workorder
