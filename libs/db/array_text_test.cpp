// Arrays as text, and what PostgreSQL reads from it.
#include "db/array_text.hpp"

#include <catch2/catch.hpp>

#include "db/pool.hpp"
#include "db/prepared.hpp"
#include "testing/database/throwaway_postgres.hpp"

namespace trunkline::db {

TEST_CASE("array text: quotes, backslashes, bytes, numbers and nulls") {
    ArrayText text;
    text.Add("plain");
    text.Add("a\"b\\c,{}");
    text.Add("");
    text.AddNull();
    CHECK(text.Text() == R"({"plain","a\"b\\c,{}","",NULL})");
    ArrayText bytes;
    bytes.AddBytes(std::string_view("\x00\xff", 2));
    CHECK(bytes.Text() == R"({"\\x00ff"})");
    ArrayText numbers;
    numbers.Add(int64_t{-7});
    numbers.Add(uint32_t{42});
    CHECK(numbers.Text() == "{-7,42}");
    CHECK(ArrayText().Text() == "{}");
}

TEST_CASE("array text: PostgreSQL reads back what was written, also by a prepared statement", "[database]") {
    const auto pool = testing::ThrowawayPostgres::Shared().NewSchema("arrays");
    constexpr const char* kRead = "SELECT text, bytes FROM unnest($1::text[], $2::bytea[]) AS given (text, bytes)";
    for (int round = 0; round < 3; ++round) {
        ArrayText texts;
        ArrayText bytes;
        texts.Add("他说\"\\\n,{}");
        texts.AddNull();
        bytes.AddBytes(std::string_view("\x00\\\xff", 3));
        bytes.AddBytes("");
        const Status done = pool->Run([&](pqxx::work& transaction) {
            const pqxx::result rows = ExecPrepared(transaction, kRead, texts.Text(), bytes.Text());
            REQUIRE(rows.size() == 2);
            CHECK(rows[0][0].as<std::string>() == "他说\"\\\n,{}");
            CHECK(rows[1][0].is_null());
            CHECK(pqxx::binarystring(rows[0][1]).str() == std::string("\x00\\\xff", 3));
            CHECK(pqxx::binarystring(rows[1][1]).str().empty());
        });
        REQUIRE(done.ok());
    }
}

}  // namespace trunkline::db
