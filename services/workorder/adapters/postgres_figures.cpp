// One grouped query for each question.
#include "workorder/adapters/figures_reader.hpp"

#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

// '%' is the dimension. $1 from, $2 to, $3 now in milliseconds, $4 branch, $5 type. An order belongs to the period of
// the fact that is counted: it may be created in one and due in another.
constexpr const char* kStatistics =
    "WITH period AS (SELECT to_timestamp($1::bigint / 1000.0) AS a, to_timestamp($2::bigint / 1000.0) AS b,"
    " to_timestamp($3::bigint / 1000.0) AS now), chosen AS (SELECT work_order.*, now,"
    " create_time >= a AND create_time < b AS created, coalesce(close_time >= a AND close_time < b, false) AS ended,"
    " due_time >= a AND due_time < b AND phase NOT IN (8, 9) AS falls_due,"
    " coalesce(response_due >= a AND response_due < b, false) AS response_falls_due FROM work_order, period"
    " WHERE (create_time >= a AND create_time < b OR close_time >= a AND close_time < b OR due_time >= a AND due_time "
    "< b"
    " OR response_due >= a AND response_due < b) AND ($4 = '' OR branch = $4) AND ($5 = '' OR type_id = $5)"
    " AND ($6 = '{}' OR units && $6::text[]))"
    " SELECT %, count(*) FILTER (WHERE created), count(*) FILTER (WHERE ended AND phase = 5),"
    " count(*) FILTER (WHERE created AND open), count(*) FILTER (WHERE falls_due),"
    " count(*) FILTER (WHERE falls_due AND close_time <= due_time),"
    " count(*) FILTER (WHERE open AND NOT suspended AND due_time < now), count(*) FILTER (WHERE response_falls_due),"
    " count(*) FILTER (WHERE response_falls_due AND response_time <= response_due),"
    " count(*) FILTER (WHERE created AND score IS NOT NULL), count(*) FILTER (WHERE created AND score >= 4),"
    " count(*) FILTER (WHERE created AND reopen_count > 0), count(*) FILTER (WHERE created AND urge_count > 0),"
    " count(*) FILTER (WHERE created AND extended),"
    " coalesce(avg(extract(epoch FROM close_time - create_time) / 3600) FILTER (WHERE ended AND phase = 5), 0)::float8"
    " FROM chosen GROUP BY % ORDER BY 2 DESC, 1 LIMIT 1000";
constexpr const char* kHotSpots =
    "SELECT %, count(*) FILTER (WHERE create_time >= to_timestamp($1::bigint / 1000.0)) AS orders,"
    " count(*) FILTER (WHERE create_time < to_timestamp($1::bigint / 1000.0)),"
    " coalesce(mode() WITHIN GROUP (ORDER BY cause) FILTER (WHERE cause <> ''), '') FROM work_order"
    " WHERE create_time >= to_timestamp($1::bigint / 1000.0) - (to_timestamp($2::bigint / 1000.0) -"
    " to_timestamp($1::bigint / 1000.0)) AND create_time < to_timestamp($2::bigint / 1000.0) AND % <> ''"
    " AND ($3 = 0 OR kind = $3) AND ($5 = '{}' OR units && $5::text[]) GROUP BY % ORDER BY orders DESC, 1 LIMIT $4";

std::string Column(v1::Dimension dimension) {
    switch (dimension) {
        case v1::BY_AREA:
            return "area";
        case v1::BY_LINE:
            return "line";
        case v1::BY_BRANCH:
            return "branch";
        case v1::BY_CAUSE:
            return "cause";
        case v1::BY_SOURCE:
            return "source::text";
        case v1::BY_DAY:
            return "to_char(create_time AT TIME ZONE 'ZONE', 'YYYY-MM-DD')";
        default:
            return "type_id";
    }
}

std::string With(std::string sql, const std::string& column) {
    for (size_t at = sql.find('%'); at != std::string::npos; at = sql.find('%', at + column.size())) {
        sql.replace(at, 1, column);
    }
    return sql;
}

v1::StatisticsRow Read(const pqxx::row& row) {
    v1::StatisticsRow read;
    read.set_key(row[0].as<std::string>());
    read.set_created(row[1].as<uint32_t>());
    read.set_closed(row[2].as<uint32_t>());
    read.set_open(row[3].as<uint32_t>());
    read.set_due(row[4].as<uint32_t>());
    read.set_on_time(row[5].as<uint32_t>());
    read.set_overdue(row[6].as<uint32_t>());
    read.set_response_due(row[7].as<uint32_t>());
    read.set_response_on_time(row[8].as<uint32_t>());
    read.set_rated(row[9].as<uint32_t>());
    read.set_satisfied(row[10].as<uint32_t>());
    read.set_reopened(row[11].as<uint32_t>());
    read.set_urged(row[12].as<uint32_t>());
    read.set_extended(row[13].as<uint32_t>());
    read.set_average_hours(row[14].as<double>());
    return read;
}

void AddTo(v1::StatisticsRow& total, const v1::StatisticsRow& row) {
    const double closed = total.closed() + row.closed();
    if (closed > 0) {
        total.set_average_hours((total.average_hours() * total.closed() + row.average_hours() * row.closed()) / closed);
    }
    total.set_created(total.created() + row.created());
    total.set_closed(total.closed() + row.closed());
    total.set_open(total.open() + row.open());
    total.set_due(total.due() + row.due());
    total.set_on_time(total.on_time() + row.on_time());
    total.set_overdue(total.overdue() + row.overdue());
    total.set_response_due(total.response_due() + row.response_due());
    total.set_response_on_time(total.response_on_time() + row.response_on_time());
    total.set_rated(total.rated() + row.rated());
    total.set_satisfied(total.satisfied() + row.satisfied());
    total.set_reopened(total.reopened() + row.reopened());
    total.set_urged(total.urged() + row.urged());
    total.set_extended(total.extended() + row.extended());
}

template <class Request>
Status CheckPeriod(const Request& request) {
    const auto from = FromTimestamp(request.from_time());
    const auto to = FromTimestamp(request.to_time());
    if (!request.has_from_time() || !request.has_to_time() || from >= to || to - from > std::chrono::days{1100}) {
        return Error{Code::kInvalidArgument, "BAD_PERIOD", "from_time must be before to_time, at most three years"};
    }
    return {};
}

}  // namespace

Result<v1::GetStatisticsResponse> FiguresReader::Statistics(const v1::GetStatisticsRequest& request,
                                                            const Scope& scope) {
    if (Status sound = CheckPeriod(request); !sound.ok()) {
        return sound.error();
    }
    std::string column = Column(request.by());
    if (const size_t at = column.find("ZONE'"); request.by() == v1::BY_DAY) {
        column.replace(at, 4, time_zone_);  // an IANA name that was checked at the start
    }
    return pool_.Run([&](pqxx::work& transaction) {
        v1::GetStatisticsResponse response;
        for (const auto& row :
             transaction.exec_params(With(kStatistics, column), ToUnixMillis(FromTimestamp(request.from_time())),
                                     ToUnixMillis(FromTimestamp(request.to_time())), ToUnixMillis(clock_.Now()),
                                     request.branch(), request.type_id(), ArrayLiteral(scope))) {
            *response.add_rows() = Read(row);
            AddTo(*response.mutable_total(), response.rows(response.rows_size() - 1));
        }
        return response;
    });
}

Result<v1::GetHotSpotsResponse> FiguresReader::HotSpots(const v1::GetHotSpotsRequest& request, const Scope& scope) {
    if (Status sound = CheckPeriod(request); !sound.ok()) {
        return sound.error();
    }
    const auto by = request.by();
    if (by != v1::DIMENSION_UNSPECIFIED && by != v1::BY_LINE && by != v1::BY_AREA && by != v1::BY_CAUSE &&
        by != v1::BY_BRANCH) {
        return Error{Code::kInvalidArgument, "BAD_FIELD", "hot spots are lines, areas, causes or branches"};
    }
    const std::string sql = With(kHotSpots, Column(by == v1::DIMENSION_UNSPECIFIED ? v1::BY_LINE : by));
    return pool_.Run([&](pqxx::work& transaction) {
        v1::GetHotSpotsResponse response;
        const int limit = request.limit() == 0 ? 20 : static_cast<int>(std::min<uint32_t>(request.limit(), 500));
        for (const auto& row : transaction.exec_params(sql, ToUnixMillis(FromTimestamp(request.from_time())),
                                                       ToUnixMillis(FromTimestamp(request.to_time())),
                                                       static_cast<int>(request.type()), limit, ArrayLiteral(scope))) {
            auto& spot = *response.add_spots();
            spot.set_key(row[0].as<std::string>());
            spot.set_orders(row[1].as<uint32_t>());
            spot.set_orders_before(row[2].as<uint32_t>());
            spot.set_main_cause(row[3].as<std::string>());
        }
        return response;
    });
}

}  // namespace trunkline::workorder
