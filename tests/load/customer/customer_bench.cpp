// How fast a customer is found as there are more of them, on a PostgreSQL of its own with generated customers.
// usage: customer_bench [--most MS] [COUNT ...], ascending; default 10000. Prints a table, then one line of JSON.
#include <algorithm>
#include <cstdio>
#include <random>

#include "bus/outbox.hpp"
#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/postgres_customer_store.hpp"
#include "customer/adapters/postgres_history.hpp"
#include "customer/app/customer_desk.hpp"
#include "customer/migrations.hpp"
#include "log/log.hpp"
#include "pinyin/pinyin.hpp"
#include "testing/database/throwaway_postgres.hpp"

namespace trunkline::customer {
namespace {

constexpr int kQuestions = 2000;
const char* const kFamilyNames[] = {"张", "王", "李", "赵", "陈", "刘", "杨", "黄", "周", "吴"};
const char* const kGivenNames[] = {"伟", "芳", "娜", "敏", "静", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明"};

// Of --most: the p99 that fails the run.
double most_ms = 1e9;
bool too_slow = false;

std::string Hex(const std::string& bytes) {
    std::string text = "\\x";
    char digits[3];
    for (const unsigned char byte : bytes) {
        std::snprintf(digits, sizeof digits, "%02x", byte);
        text += digits;
    }
    return text;
}

// The n-th customer's number.
std::string NumberOf(int64_t n) {
    char text[16];
    std::snprintf(text, sizeof text, "13%09lld", static_cast<long long>(n));
    return text;
}

class Bench {
 public:
    Bench() {
        for (const auto& migrations : {db::Migrations{bus::OutboxMigration()}, kMigrations}) {
            if (const Status done = pool_->Migrate(migrations); !done.ok()) {
                throw std::runtime_error(done.error().message);
            }
        }
        for (size_t i = 0; i < std::size(kFamilyNames) * std::size(kGivenNames) * std::size(kGivenNames); ++i) {
            const std::string name = Name(static_cast<int64_t>(i));
            sounds_.emplace_back(pinyin::Joined(name), pinyin::Initials(name));
        }
    }

    // As many as `count`. Many at once go in without indexes, which are made anew afterwards.
    void FillTo(int64_t& filled, int64_t count) {
        constexpr int64_t kStep = 250'000;
        const bool many = count - filled > 2 * kStep;
        const std::vector<std::string> indexes = many ? DropIndexes() : std::vector<std::string>{};
        while (filled < count) {
            const int64_t next = std::min(filled + kStep, count);
            Fill(filled, next);
            filled = next;
        }
        const auto connection = pool_->Connect();
        pqxx::nontransaction session(*connection);
        session.exec0("SET maintenance_work_mem = '512MB'");
        for (const std::string& index : indexes) {
            session.exec0(index);
        }
        session.exec0("ANALYZE customer, customer_number, entry");
    }

    // Customers first to last - 1.
    void Fill(int64_t first, int64_t last) {
        const auto done = pool_->Run([&](pqxx::work& transaction) {
            pqxx::stream_to customers(
                transaction, "customer",
                std::vector<std::string>{"customer_id", "root_id", "name", "name_pinyin", "name_initials",
                                         "address_key", "vip_level", "manager_agent_id", "language", "tags", "profile",
                                         "create_time", "update_time", "revision"});
            for (int64_t n = first; n < last; ++n) {
                const std::string id = Id(n, 0), name = Name(n);
                const auto& [joined, initials] = sounds_[static_cast<size_t>(n) % sounds_.size()];
                customers << std::make_tuple(id, id, name, joined, initials, "深圳市人民路" + std::to_string(n), n % 10,
                                             std::string("1001"), std::string("zh"), std::string("{}"),
                                             "{\"name\":\"" + name + "\"}", std::string("2026-01-01"),
                                             std::string("2026-01-01"), 1);
            }
            customers.complete();
            FillNumbers(transaction, first, last);
            FillContacts(transaction, first, last);
        });
        if (!done.ok()) {
            throw std::runtime_error(done.error().message);
        }
    }

    template <class Question>
    std::string Measure(int64_t count, const char* what, const Question& question) {
        std::mt19937_64 random(42);
        std::vector<double> took;
        for (int i = 0; i < kQuestions; ++i) {
            const auto n = static_cast<int64_t>(random() % static_cast<uint64_t>(count));
            const SteadyTime begin = clock_.SteadyNow();
            if (!question(n)) {
                throw std::runtime_error(std::string(what) + " found nobody for customer " + std::to_string(n));
            }
            took.push_back(std::chrono::duration<double, std::milli>(clock_.SteadyNow() - begin).count());
        }
        std::sort(took.begin(), took.end());
        const double half = took[took.size() / 2], most = took[took.size() * 99 / 100];
        too_slow = too_slow || most > most_ms;
        std::printf("%10lld  %-12s %8.2f %8.2f\n", static_cast<long long>(count), what, half, most);
        std::fflush(stdout);
        return "{\"customers\": " + std::to_string(count) + ", \"what\": \"" + what +
               "\", \"p50_ms\": " + std::to_string(half) + ", \"p99_ms\": " + std::to_string(most) + "}";
    }

    std::vector<std::string> Ask(int64_t count) {
        CustomerDesk desk(store_, merges_, {keeper_, clock_, ids_});
        return {
            Measure(count, "screen pop",
                    [&](int64_t n) { return history_.ScreenPop(NumberOf(n), "", clock_.Now())->cards_size() > 0; }),
            Measure(count, "routing", [&](int64_t n) { return !history_.Routing(NumberOf(n))->customer_id().empty(); }),
            Measure(count, "by number",
                    [&](int64_t n) {
                        return !desk.Search({NumberOf(n), "", "", 20, ""})->customers.empty();
                    }),
            Measure(count, "by name",
                    [&](int64_t n) {
                        return !desk.Search({Name(n), "", "", 20, ""})->customers.empty();
                    }),
            Measure(count, "by pinyin", [&](int64_t n) {
                const auto& sound = sounds_[static_cast<size_t>(n) % sounds_.size()].first;
                return !desk.Search({sound, "", "", 20, ""})->customers.empty();
            })};
    }

 private:
    // What makes them again; those of constraints stay.
    std::vector<std::string> DropIndexes() {
        std::vector<std::string> made;
        const auto connection = pool_->Connect();
        pqxx::nontransaction session(*connection);
        const auto found = session.exec(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename IN"
            " ('customer', 'customer_number', 'entry') AND NOT EXISTS (SELECT 1 FROM pg_constraint"
            " WHERE conname = indexname AND connamespace = current_schema()::regnamespace)");
        // References are right by the way they are made; checking each costs more than writing it.
        for (const auto& row :
             session.exec("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype ="
                          " 'f' AND connamespace = current_schema()::regnamespace")) {
            session.exec0("ALTER TABLE " + row[0].as<std::string>() + " DROP CONSTRAINT " +
                          session.quote_name(row[1].as<std::string>()));
        }
        // Nobody needs them after a crash.
        for (const char* table : {"customer", "customer_number", "entry"}) {
            session.exec0(std::string("ALTER TABLE ") + table + " SET UNLOGGED");
        }
        for (const auto& row : found) {
            made.push_back(row[1].as<std::string>());
            session.exec0("DROP INDEX " + session.quote_name(row[0].as<std::string>()));
        }
        return made;
    }

    static std::string Name(int64_t n) {
        const auto i = static_cast<size_t>(n);
        return std::string(kFamilyNames[i % std::size(kFamilyNames)]) +
               kGivenNames[i / std::size(kFamilyNames) % std::size(kGivenNames)] +
               kGivenNames[i / std::size(kFamilyNames) / std::size(kGivenNames) % std::size(kGivenNames)];
    }
    // A UUID of its own for the n-th customer; `kind` sets numbers apart.
    static std::string Id(int64_t n, int kind) {
        char text[40];
        const auto spread = static_cast<unsigned long long>(n) * 0x9E3779B97F4A7C15ULL;
        std::snprintf(text, sizeof text, "%08llx-%04llx-7%03d-8000-%012llx", spread >> 32, spread >> 16 & 0xffff, kind,
                      static_cast<unsigned long long>(n));
        return text;
    }

    void FillNumbers(pqxx::work& transaction, int64_t first, int64_t last) {
        pqxx::stream_to numbers(transaction, "customer_number",
                                std::vector<std::string>{"number_id", "customer_id", "hash", "sealed", "masked", "kind",
                                                         "label", "region", "mobile", "is_primary"});
        const phone::Vault vault(kKey);
        for (int64_t n = first; n < last; ++n) {
            for (int kind = 1; kind <= 1 + static_cast<int>(n % 2); ++kind) {
                phone::Number number;
                number.kind = phone::Kind::kE164;
                number.value = "+86" + NumberOf(n + (kind == 1 ? 0 : 500'000'000));
                numbers << std::make_tuple(Id(n, kind), Id(n, 0), Hex(vault.Hash(number)), Hex(std::string(41, 's')),
                                           std::string("138****0000"), 2, std::string("mobile"), std::string(""), true,
                                           kind == 1);
            }
        }
        numbers.complete();
    }

    void FillContacts(pqxx::work& transaction, int64_t first, int64_t last) {
        pqxx::stream_to entries(transaction, "entry",
                                std::vector<std::string>{"entry_id", "kind", "contact_id", "customer_id", "time",
                                                         "open", "last_agent_id", "detail"});
        for (int64_t n = first; n < last; n += 5) {
            entries << std::make_tuple(Id(n, 9), 1, Id(n, 9), Id(n, 0), std::string("2026-03-01"), false,
                                       std::string("1001"),
                                       std::string("{\"kind\":\"CONTACT\",\"queue_id\":\"complaints\"}"));
        }
        entries.complete();
    }

    static constexpr const char* kKey = "0123456789abcdef0123456789abcdef";
    SystemClock clock_;
    UuidGenerator ids_;
    std::unique_ptr<db::Pool> pool_ = testing::ThrowawayPostgres::Shared().NewSchema("customer");
    NumberKeeper keeper_{phone::Vault(kKey), {}};
    PostgresCustomerStore store_{*pool_, [] {}};
    PostgresMergeStore merges_{*pool_, [] {}};
    PostgresHistory history_{*pool_, keeper_, [] {}};
    std::vector<std::pair<std::string, std::string>> sounds_;
};

int Main(int argc, char** argv) {
    log::Configure("customer_bench", log::Level::kError);
    std::vector<int64_t> counts;
    for (int i = 1; i < argc; ++i) {
        if (std::string(argv[i]) == "--most" && i + 1 < argc) {
            most_ms = std::stod(argv[++i]);
        } else {
            counts.push_back(std::stoll(argv[i]));
        }
    }
    if (counts.empty()) {
        counts = {10'000};
    }
    Bench bench;
    std::printf(" customers  what           p50 ms   p99 ms\n");
    std::string rows;
    int64_t filled = 0;
    for (const int64_t count : counts) {
        bench.FillTo(filled, count);
        for (const std::string& row : bench.Ask(count)) {
            rows += (rows.empty() ? "" : ", ") + row;
        }
    }
    std::printf("{\"customer_bench\": [%s]}\n", rows.c_str());
    return too_slow ? 1 : 0;
}

}  // namespace
}  // namespace trunkline::customer

int main(int argc, char** argv) {
    return trunkline::service::Main("customer_bench", [&] { return trunkline::customer::Main(argc, argv); });
}
