// Search: by number and card exactly, by name, its pinyin and its first letters from the beginning. Each is a walk
// along one index, so a page costs the same with ten customers and with five million.
#include <algorithm>
#include <array>

#include "customer/adapters/postgres_customer_store.hpp"
#include "customer/adapters/postgres_rows.hpp"

namespace trunkline::customer {
namespace {

constexpr const char* kByCard =
    "SELECT customer.root_id FROM account JOIN customer USING (customer_id) WHERE account.card_number = $1";
constexpr const char* kByTag =
    "SELECT '' AS place, customer_id FROM customer WHERE tags @> ARRAY[$1] AND customer_id > $3::uuid"
    " AND merged_into IS NULL AND $2 = '' ORDER BY customer_id LIMIT $4";
constexpr const char* kAll =
    "SELECT '' AS place, customer_id FROM customer WHERE customer_id > $3::uuid AND merged_into IS NULL"
    " AND $1 = '' AND $2 = '' ORDER BY customer_id LIMIT $4";
// $1 first key, $2 key behind the last, ($5, $3) where the page before ended.
constexpr std::array<const char*, 3> kByPrefix{
    "SELECT name AS place, customer_id, root_id FROM customer WHERE name ~>=~ $1 AND name ~<~ $2"
    " AND (name ~>~ $5 OR (name = $5 AND customer_id > $3::uuid)) ORDER BY name USING ~<~, customer_id LIMIT $4",
    "SELECT name_pinyin AS place, customer_id, root_id FROM customer WHERE name_pinyin <> ''"
    " AND name_pinyin ~>=~ $1 AND name_pinyin ~<~ $2 AND (name_pinyin ~>~ $5 OR (name_pinyin = $5"
    " AND customer_id > $3::uuid)) ORDER BY name_pinyin USING ~<~, customer_id LIMIT $4",
    "SELECT name_initials AS place, customer_id, root_id FROM customer WHERE name_initials <> ''"
    " AND name_initials ~>=~ $1 AND name_initials ~<~ $2 AND (name_initials ~>~ $5 OR (name_initials = $5"
    " AND customer_id > $3::uuid)) ORDER BY name_initials USING ~<~, customer_id LIMIT $4"};
constexpr const char* kNil = "00000000-0000-0000-0000-000000000000";

// Where a page ended: which index, its key, the id; "0/key/id".
struct Place {
    size_t index = 0;
    std::string key;
    std::string id = kNil;
};

Place ParsePlace(const std::string& token) {
    Place place;
    if (token.empty()) {
        return place;
    }
    const size_t last = token.rfind('/');
    if (token.size() < 3 || token[0] < '0' || token[0] > '2' || token[1] != '/' || last < 1) {
        throw db::Rollback{{Code::kInvalidArgument, "BAD_PAGE_TOKEN", "this page token was not given by this service"}};
    }
    place.index = static_cast<size_t>(token[0] - '0');
    place.key = last > 1 ? token.substr(2, last - 2) : "";
    place.id = token.substr(last + 1);
    CheckUuid(place.id, "page");
    return place;
}

// The first text behind every text that begins with `prefix`.
std::string Behind(std::string prefix) { return prefix + "\xf4\x8f\xbf\xbf"; }

void Add(std::vector<std::string>& ids, const std::string& id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
        ids.push_back(id);
    }
}

void ByPrefix(pqxx::work& transaction, const SearchQuery& query, Place place, std::vector<std::string>& ids,
              std::string& next) {
    std::string letters;
    for (const char c : query.text) {
        letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    for (; place.index < kByPrefix.size() && static_cast<int>(ids.size()) < query.limit; ++place.index) {
        const std::string& prefix = place.index == 0 ? query.text : letters;
        const int left = query.limit - static_cast<int>(ids.size());
        const auto rows =
            transaction.exec_params(kByPrefix[place.index], prefix, Behind(prefix), place.id, left, place.key);
        for (const auto& row : rows) {
            Add(ids, row["root_id"].as<std::string>());
            next = std::to_string(place.index) + "/" + row["place"].as<std::string>() + "/" +
                   row["customer_id"].as<std::string>();
        }
        if (static_cast<int>(rows.size()) == left) {
            return;
        }
        place = {place.index, "", kNil};
    }
    next.clear();
}

}  // namespace

Result<CustomerPage> PostgresCustomerStore::Search(const SearchQuery& query) {
    return pool_.Run([&](pqxx::work& transaction) {
        CustomerPage page;
        std::vector<std::string> ids;
        const Place place = ParsePlace(query.after);
        if (!query.tag.empty() || query.text.empty()) {
            const auto rows =
                transaction.exec_params(query.tag.empty() ? kAll : kByTag, query.tag, "", place.id, query.limit);
            for (const auto& row : rows) {
                ids.push_back(row["customer_id"].as<std::string>());
            }
            page.next = static_cast<int>(ids.size()) == query.limit ? "0//" + ids.back() : "";
        } else {
            if (query.after.empty() && !query.number_hash.empty()) {
                ids = OwnersOf(transaction, query.number_hash);
            }
            for (const auto& row : transaction.exec_params(kByCard, query.text)) {
                Add(ids, row[0].as<std::string>());
            }
            if (ids.empty()) {
                ByPrefix(transaction, query, place, ids, page.next);
            }
        }
        page.customers = LoadCustomers(transaction, ids);
        return page;
    });
}

}  // namespace trunkline::customer
