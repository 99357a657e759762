// One statement for each ten thousand.
#include "fill.hpp"

#include <stdexcept>

namespace trunkline::workorder {
namespace {

constexpr int64_t kBatch = 10'000;
constexpr const char* kCount = "SELECT count(*) FROM work_order";
// Ids are time-ordered as real ones are (UUIDv7): 48 bits of milliseconds, then the number. Words: three pairs out of
// two thousand, of which low numbers come often, and one that only this order has.
constexpr const char* kCopy = R"__(
WITH made AS (
    SELECT n, now() - interval '730 days' * (1 - n / $3::float8) AS at, n % 50 = 0 AS is_open FROM generate_series($1::bigint, $2::bigint) AS n
), template AS (
    SELECT row_number() OVER () - 1 AS place, work_order.* FROM (SELECT * FROM work_order WHERE check_code <> '' ORDER BY order_id LIMIT 20) AS work_order
)
INSERT INTO work_order
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid,
    'L-' || n, '', type_id, kind, CASE WHEN is_open THEN 1 ELSE 5 END, is_open,
    b.unit, CASE WHEN is_open THEN b.unit ELSE '' END, handler, creator, ARRAY[b.unit, 'centre'], '', 'customer-' || n % 300000,
    '139' || lpad((n * 7919 % 100000000)::text, 8, '0'), (n % 200)::text, 'area-' || n % 5, 'cause-' || n % 8, source, priority, '',
    at, at + interval '5 days', CASE WHEN is_open THEN NULL ELSE at + interval '3 days' END, at + interval '4 hours',
    CASE WHEN is_open THEN NULL ELSE at + interval '2 hours' END, NULL, false, false, 0, 0, false, NULL, 1,
    array_to_tsvector(ARRAY['投诉', 'w' || floor(2000 * power(random(), 3)), 'w' || floor(2000 * power(random(), 3)),
        'w' || floor(2000 * power(random(), 3)), 'only' || n, 'f:line=' || n % 200]), body
FROM made JOIN template ON template.place = made.n % (SELECT count(*) FROM template),
    LATERAL (SELECT (ARRAY['east', 'west', 'south', 'north', 'east-1', 'operations', 'safety', 'technology'])[1 + n % 8] AS unit) AS b
)__";

}  // namespace

void FillOrders(db::Pool& pool, int64_t rows) {
    int64_t have = pool.Run([](pqxx::work& transaction) { return transaction.exec1(kCount)[0].as<int64_t>(); }).value();
    while (have < rows) {
        const int64_t last = std::min(have + kBatch, rows);
        const auto filled =
            pool.Run([&](pqxx::work& transaction) { transaction.exec_params(kCopy, have + 1, last, rows); });
        if (!filled.ok()) {
            throw std::runtime_error(filled.error().message);
        }
        have = last;
    }
    // What filling has left for later, in the full-text index above all, is not a cost of the calls that are measured.
    const auto settled = pool.RunOne(
        [](pqxx::nontransaction& statement) { return statement.exec("VACUUM ANALYZE work_order").affected_rows(); });
    if (!settled.ok()) {
        throw std::runtime_error(settled.error().message);
    }
}

}  // namespace trunkline::workorder
