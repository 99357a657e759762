// Identity's use cases on a real PostgreSQL, with libsodium at its cheapest.
#include <catch2/catch.hpp>
#include <thread>

#include "bus/outbox.hpp"
#include "identity/adapters/known_rights.hpp"
#include "identity/adapters/postgres_store.hpp"
#include "identity/adapters/sodium_secrets.hpp"
#include "identity/app/administration.hpp"
#include "identity/migrations.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "testing/manual_clock.hpp"
#include "versions/versions.hpp"

namespace trunkline::identity {
namespace {

constexpr HasherConfig kCheap{2, 32, 1, 8};

struct Office {
    Office() {
        REQUIRE(pool->Migrate({bus::OutboxMigration()}).ok());
        REQUIRE(pool->Migrate(versions::With(kMigrations)).ok());
        first_password = administration.PrepareFirstStart().value();
    }

    Result<Opened> LogIn(const std::string& name, const std::string& password, const std::string& code = "") {
        return door.Open({name, password, code, "10.0.0." + std::to_string(++address), "test"});
    }
    User Add(const std::string& name, std::vector<Assignment> roles = {}) {
        User user;
        user.login_name = name;
        user.roles = std::move(roles);
        return administration.Put({}, {user, "three red kites"}).value().user;
    }
    std::vector<std::string> Texts(const std::string& query) {
        return pool
            ->Run([&](pqxx::work& transaction) {
                std::vector<std::string> texts;
                for (const auto& row : transaction.exec(query)) {
                    texts.push_back(row[0].as<std::string>());
                }
                return texts;
            })
            .value();
    }

    std::unique_ptr<db::Pool> pool = testing::ThrowawayPostgres::Shared().NewSchema("identity", 8);
    testing::ManualClock clock;
    UuidGenerator ids;
    SodiumHasher hasher{kCheap};
    SodiumSecrets secrets;
    TotpVault vault{std::string(64, 'k')};
    PostgresStore store{*pool, vault, [] {}};
    Tools tools{store, hasher, secrets,
                clock, ids,    {"acd.agents.read", "identity.users.write", "workorder.orders.read"}};
    FrontDoor door{tools, {}, [](const std::string&) {}};
    OwnAccount account{tools};
    Administration administration{tools};
    std::string first_password;
    int address = 0;
};

TEST_CASE("identity: the first start makes an administrator who must change his password, once",
          "[identity][database]") {
    Office office;
    REQUIRE(office.first_password.size() == 19);
    REQUIRE(office.administration.PrepareFirstStart().value().empty());
    const auto opened = office.LogIn("Admin", office.first_password);
    REQUIRE(opened.ok());
    REQUIRE(opened->identified.pending == "PASSWORD_CHANGE_REQUIRED");
    REQUIRE(opened->identified.rights.contains("identity.users.write"));
    REQUIRE(opened->token.size() == 43);
}

TEST_CASE("identity: a session holds until it is unused too long, or for half a day", "[identity][database]") {
    Office office;
    office.Add("li");
    const std::string token = office.LogIn("li", "three red kites")->token;
    for (int i = 0; i < 25; ++i) {
        office.clock.Advance(std::chrono::minutes(28));
        REQUIRE(office.door.Check(token).ok());
    }
    office.clock.Advance(std::chrono::minutes(28));
    REQUIRE(office.door.Check(token).error().reason == "SESSION_ENDED");
    const std::string idle = office.LogIn("li", "three red kites")->token;
    office.clock.Advance(std::chrono::minutes(31));
    REQUIRE_FALSE(office.door.Check(idle).ok());
    REQUIRE_FALSE(office.door.Check("nonsense").ok());
}

TEST_CASE("identity: guesses made at the same time are all counted", "[identity][database]") {
    Office office;
    office.Add("li");
    std::vector<std::thread> guessers;
    for (int i = 0; i < 12; ++i) {
        guessers.emplace_back([&office, i] {
            (void)office.door.Open({"li", "guess " + std::to_string(i), "", "10.1.0." + std::to_string(i), ""});
        });
    }
    for (auto& guesser : guessers) {
        guesser.join();
    }
    REQUIRE(office.Texts("SELECT failures FROM attempt WHERE login_name = 'li'") == std::vector<std::string>{"5"});
    REQUIRE(office.LogIn("li", "three red kites").error().reason == "LOG_IN_DELAYED");
    office.clock.Advance(std::chrono::seconds(1));
    REQUIRE(office.LogIn("li", "three red kites").ok());
    REQUIRE(office.Texts("SELECT failures FROM attempt").empty());
}

TEST_CASE("identity: a name that nobody has is delayed like any other", "[identity][database]") {
    Office office;
    for (int i = 0; i < kFreeFailures; ++i) {
        REQUIRE(office.LogIn("ghost", "x").error().reason == "LOG_IN_REFUSED");
    }
    REQUIRE(office.LogIn("ghost", "x").error().reason == "LOG_IN_DELAYED");
}

TEST_CASE("identity: changing the password ends the other sessions and tells the bus", "[identity][database]") {
    Office office;
    const User user = office.Add("li");
    const auto here = office.LogIn("li", "three red kites").value();
    const std::string there = office.LogIn("li", "three red kites")->token;
    const Actor actor{user.id, "Li", here.identified.session.id, "10.0.0.1", {}};
    REQUIRE(office.account.ChangePassword(actor, "wrong", "four green kites").error().reason == "PASSWORD_WRONG");
    REQUIRE(office.account.ChangePassword(actor, "three red kites", "four green kites").ok());
    REQUIRE(office.door.Check(here.token).ok());
    REQUIRE_FALSE(office.door.Check(there).ok());
    REQUIRE(office.Texts("SELECT count(*) FROM outbox WHERE type LIKE '%SessionEnded'") ==
            std::vector<std::string>{"1"});
    REQUIRE_FALSE(office.LogIn("li", "three red kites").ok());
    REQUIRE(office.LogIn("li", "four green kites").ok());
}

TEST_CASE("identity: the last administrator can neither go nor be disabled", "[identity][database]") {
    Office office;
    REQUIRE(office.administration.DeleteUser({}, "admin").error().reason == "LAST_ADMINISTRATOR");
    office.Add("second", {{"administrator", ""}});
    REQUIRE(office.administration.DeleteUser({}, "admin").ok());
}

TEST_CASE("identity: two people cannot be one agent, nor share a name", "[identity][database]") {
    Office office;
    User user;
    user.login_name = "li";
    user.agent = "1001";
    REQUIRE(office.administration.Put({}, {user, ""}).ok());
    user.login_name = "wang";
    REQUIRE(office.administration.Put({}, {user, ""}).error().reason == "AGENT_TAKEN");
    user.agent.clear();
    user.id = office.administration.Put({}, {user, ""}).value().user.id;
    user.login_name = "li";
    REQUIRE(office.administration.Put({}, {user, ""}).error().reason == "LOGIN_NAME_TAKEN");
}

TEST_CASE("identity: the audit log refuses changes, and its chain shows one made behind its back",
          "[identity][database]") {
    Office office;
    office.Add("li");
    (void)office.LogIn("li", "wrong");
    const std::string broken =
        "SELECT number FROM (SELECT *, lag(chain, 1, '') OVER (ORDER BY number) AS before FROM audit) AS entry "
        "WHERE chain <> sha256(before || audit_text((SELECT audit FROM audit WHERE audit.number = entry.number)))";
    REQUIRE(office.Texts(broken).empty());
    REQUIRE_FALSE(office.pool->Run([](pqxx::work& t) { t.exec("UPDATE audit SET detail = 'x'"); }).ok());
    REQUIRE_FALSE(office.pool->Run([](pqxx::work& t) { t.exec("DELETE FROM audit"); }).ok());
    REQUIRE(office.pool
                ->Run([](pqxx::work& t) {
                    t.exec("ALTER TABLE audit DISABLE TRIGGER audit_keep");
                    t.exec("UPDATE audit SET actor_name = 'somebody else' WHERE number = 2");
                })
                .ok());
    REQUIRE(office.Texts(broken) == std::vector<std::string>{"2"});
}

TEST_CASE("secrets: codes are those of RFC 6238, tokens and passwords never the same") {
    SodiumSecrets secrets;
    const std::string key = "12345678901234567890";
    REQUIRE(TotpCode(key, 59 / 30, secrets.HmacSha1()) == "287082");
    REQUIRE(TotpCode(key, 1111111109 / 30, secrets.HmacSha1()) == "081804");
    REQUIRE(TotpCode(key, 20000000000 / 30, secrets.HmacSha1()) == "353130");
    REQUIRE(secrets.NewToken() != secrets.NewToken());
    REQUIRE(secrets.NewPassword() != secrets.NewPassword());
    REQUIRE(secrets.NewTotpKey().size() == 20);
    REQUIRE(CheckPassword(secrets.NewPassword(), "li").ok());
}

TEST_CASE("hasher: two at once, a bounded queue, and the one too many is told to come back") {
    SodiumHasher hasher{{1, 2, 3, 64}};
    const std::string hash = hasher.Hash("three red kites").value();
    REQUIRE(hasher.Verify(hash, "three red kites").value());
    REQUIRE_FALSE(hasher.Verify(hash, "three red kite").value());
    REQUIRE_FALSE(hasher.Verify("", "three red kites").value());
    std::atomic<int> busy{0};
    std::vector<std::thread> crowd;
    for (int i = 0; i < 12; ++i) {
        crowd.emplace_back([&] {
            const auto answer = hasher.Verify(hash, "x");
            busy += !answer.ok() && answer.error().reason == "LOG_IN_BUSY" ? 1 : 0;
        });
    }
    for (auto& one : crowd) {
        one.join();
    }
    REQUIRE(busy > 0);
    REQUIRE(busy <= 9);
}

TEST_CASE("known rights: methods give them, words that are no rights are left out") {
    const auto& rights = KnownRights();
    REQUIRE(rights.contains("identity.users.write"));
    REQUIRE(rights.contains("acd.events.read"));
    REQUIRE(rights.at("desk.phone").own);
    for (const char* word : {"public", "self", "internal", ""}) {
        REQUIRE_FALSE(rights.contains(word));
    }
}

}  // namespace
}  // namespace trunkline::identity
