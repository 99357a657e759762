// The books in a real PostgreSQL: they add up whatever happens, also when many post at once.
#include <random>
#include <thread>

#include "customer/adapters/housekeeper.hpp"
#include "customer/adapters/postgres_office.hpp"

namespace trunkline::customer {
namespace {

using std::chrono::hours;

struct Books : Office {
    Account OpenCard(const std::string& card = "") {
        Account wanted;
        wanted.customer = Make("张伟").id;
        wanted.card_number = card;
        return accounts.Open("1001", Request(), wanted).value();
    }
    Result<PostedLine> Post(const std::string& request, const std::string& account, PostingKind kind, int64_t amount,
                            std::optional<TimePoint> expires = {}) {
        StatementLine texts;
        texts.reason = "test";
        return accounts.Post("1001", request, account, {kind, amount, expires}, texts);
    }
    // Every promise of the ledger, asked of the tables themselves.
    void Verify() {
        CHECK(Count("SELECT coalesce(sum(amount), 0) FROM posting") == 0);
        CHECK(Count("SELECT count(*) FROM (SELECT movement_id FROM posting GROUP BY 1 HAVING sum(amount) <> 0"
                    " OR count(*) <> 2) AS bad") == 0);
        CHECK(Count("SELECT count(*) FROM account WHERE balance < 0") == 0);
        CHECK(Count("SELECT count(*) FROM account WHERE balance <>"
                    " coalesce((SELECT sum(amount) FROM posting WHERE posting.account_id = account.account_id), 0)") ==
              0);
        CHECK(Count("SELECT count(*) FROM account WHERE balance <>"
                    " coalesce((SELECT sum(remaining) FROM lot WHERE lot.account_id = account.account_id), 0)") == 0);
        CHECK(Count("SELECT count(*) FROM account WHERE lines <>"
                    " (SELECT count(*) FROM posting WHERE posting.account_id = account.account_id)") == 0);
        CHECK(Count("SELECT count(*) FROM posting AS p WHERE account_id IS NOT NULL AND balance <> (SELECT sum(amount)"
                    " FROM posting AS q WHERE q.account_id = p.account_id AND q.line <= p.line)") == 0);
    }
};

TEST_CASE("accounts: earned, redeemed, corrected, and all of it on the statement", "[customer][ledger][database]") {
    Books books;
    const Account account = books.OpenCard("8888");
    REQUIRE(books.Post("e", "8888", PostingKind::kEarn, 100).value().account.purse.balance == 100);
    REQUIRE(books.Post("r", account.id, PostingKind::kRedeem, 30).value().line.line.balance == 70);
    REQUIRE(books.Post("c", account.id, PostingKind::kCorrect, -20).value().line.line.balance == 50);
    CHECK(books.Post("too much", account.id, PostingKind::kRedeem, 51).error().reason == "BALANCE_TOO_LOW");
    const Statement statement = books.account_store.Lines("8888", 2, 0).value();
    REQUIRE(statement.lines.size() == 2);
    CHECK(statement.lines[0].line.amount == -20);
    CHECK(statement.lines[0].actor == "1001");
    CHECK(books.account_store.Lines("8888", 2, statement.next).value().lines[0].line.amount == 100);
    CHECK(books.Events().back() == "AccountPosted");
    books.Verify();
}

TEST_CASE("accounts: the same request id moves nothing twice and gives the same line", "[customer][ledger][database]") {
    Books books;
    const Account account = books.OpenCard();
    const auto first = books.Post("same", account.id, PostingKind::kEarn, 100).value();
    REQUIRE(books.Post("other", account.id, PostingKind::kEarn, 1).ok());
    const auto again = books.Post("same", account.id, PostingKind::kEarn, 100).value();
    CHECK(again.line.line.number == first.line.line.number);
    CHECK(again.line.line.balance == 100);
    CHECK(again.account.purse.balance == 101);
    books.Verify();
}

TEST_CASE("accounts: a card has one account, a closed account takes nothing", "[customer][ledger][database]") {
    Books books;
    const Account account = books.OpenCard("8888");
    Account wanted;
    wanted.customer = account.customer;
    wanted.card_number = "8888";
    CHECK(books.accounts.Open("1001", books.Request(), wanted).error().reason == "CARD_IN_USE");
    CHECK(books.account_store.Find("9999").error().reason == "ACCOUNT_NOT_FOUND");
    REQUIRE(books.Post("e", "8888", PostingKind::kEarn, 1).ok());
    CHECK(books.accounts.Close("1001", books.Request(), account.id).error().reason == "BALANCE_NOT_ZERO");
    REQUIRE(books.Post("r", "8888", PostingKind::kRedeem, 1).ok());
    REQUIRE(books.accounts.Close("1001", books.Request(), account.id).ok());
    CHECK(books.Post("e2", "8888", PostingKind::kEarn, 1).error().reason == "ACCOUNT_CLOSED");
    CHECK(books.account_store.Of(account.customer).value().size() == 1);
}

TEST_CASE("accounts: what has expired is taken by housekeeping, and cannot be spent before that either",
          "[customer][ledger][database]") {
    Books books;
    const Account first = books.OpenCard(), second = books.OpenCard();
    REQUIRE(books.Post("a", first.id, PostingKind::kEarn, 50, books.clock.Now() + hours(1)).ok());
    REQUIRE(books.Post("b", second.id, PostingKind::kEarn, 50, books.clock.Now() + hours(1)).ok());
    REQUIRE(books.Post("c", second.id, PostingKind::kEarn, 10).ok());
    books.clock.Advance(hours(2));
    CHECK(books.Post("d", second.id, PostingKind::kRedeem, 11).error().reason == "BALANCE_TOO_LOW");
    CHECK(books.Post("e", second.id, PostingKind::kRedeem, 10).value().account.purse.balance == 0);
    Housekeeper housekeeper(books.account_store, *books.pool, books.clock);
    CHECK_FALSE(housekeeper.Round());
    CHECK(books.account_store.Find(first.id).value().purse.balance == 0);
    CHECK(books.account_store.Lines(first.id, 10, 0).value().lines[0].line.kind == PostingKind::kExpire);
    books.Verify();
}

TEST_CASE("accounts: the database itself refuses what does not add up", "[customer][ledger][database]") {
    Books books;
    const Account account = books.OpenCard();
    REQUIRE(books.Post("e", account.id, PostingKind::kEarn, 100).ok());
    const auto run = [&](const std::string& sql) {
        return books.pool->Run([&](pqxx::work& transaction) { transaction.exec0(sql); }).ok();
    };
    CHECK_FALSE(
        run("INSERT INTO posting (movement_id, house, amount) SELECT movement_id, 'points.issued', 5 FROM movement"));
    CHECK_FALSE(run("UPDATE posting SET amount = 101 WHERE account_id IS NOT NULL"));
    CHECK_FALSE(run("UPDATE account SET balance = -1"));
    books.Verify();
}

TEST_CASE("accounts: many at once lose nothing, double nothing and never go below zero",
          "[customer][ledger][property][database]") {
    Books books;
    std::vector<Account> cards;
    for (int i = 0; i < 3; ++i) {
        cards.push_back(books.OpenCard());
    }
    constexpr int kPeople = 8, kSteps = 40;
    std::vector<std::thread> people;
    std::atomic<int> surprises{0};
    for (int person = 0; person < kPeople; ++person) {
        people.emplace_back([&, person] {
            std::mt19937 random(static_cast<unsigned>(person));
            for (int step = 0; step < kSteps; ++step) {
                const std::string& account = cards[random() % cards.size()].id;
                auto kind = static_cast<PostingKind>(random() % 4 + 1);
                kind = kind == PostingKind::kExpire ? PostingKind::kRedeem : kind;
                const int64_t amount = static_cast<int64_t>(random() % 50) + 1;
                const bool down = kind == PostingKind::kCorrect && random() % 2 == 0;
                const std::string request = std::to_string(person) + "/" + std::to_string(step);
                // A retry at the same moment, as an impatient client makes it.
                for (int attempt = 0; attempt < 2; ++attempt) {
                    const auto done = books.Post(request, account, kind, down ? -amount : amount);
                    surprises += done.ok() || done.error().reason == "BALANCE_TOO_LOW" ? 0 : 1;
                }
            }
        });
    }
    for (auto& person : people) {
        person.join();
    }
    CHECK(surprises == 0);
    CHECK(books.Count("SELECT count(*) FROM movement") > 100);
    CHECK(books.Count("SELECT count(*) FROM movement") <= kPeople * kSteps);
    books.Verify();
}

}  // namespace
}  // namespace trunkline::customer
