// Files as people export them from spreadsheets, whole and in pieces.
#include <catch2/catch.hpp>
#include <random>

#include "customer/domain/import_row.hpp"

namespace trunkline::customer {
namespace {

using Strings = std::vector<std::string>;

std::vector<Strings> Read(const std::string& text, size_t part) {
    CsvReader reader;
    std::vector<Strings> all;
    for (size_t i = 0; i < text.size(); i += part) {
        // A reader that is made again between parts goes on where the last one stopped.
        reader = CsvReader(reader.rest(), reader.line());
        for (const CsvRecord& record : reader.Feed(text.substr(i, part), i + part >= text.size())) {
            all.push_back(record.fields);
        }
    }
    return all;
}

TEST_CASE("csv: quotes, commas, line breaks and Windows endings, in parts of any size", "[customer][import]") {
    const std::string text = "a,\"b,1\",\"say \"\"hi\"\"\"\r\n\r\n\"two\nlines\",,x\nlast,1,2";
    const std::vector<Strings> expected{{"a", "b,1", "say \"hi\""}, {"two\nlines", "", "x"}, {"last", "1", "2"}};
    for (size_t part = 1; part <= text.size(); ++part) {
        INFO(part);
        CHECK(Read(text, part) == expected);
    }
}

TEST_CASE("csv: what was written is read back", "[customer][import]") {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        Strings fields(1 + random() % 4);
        for (std::string& field : fields) {
            for (size_t i = random() % 8; i > 0; --i) {
                field += "ab,\"\n"[random() % 5];
            }
        }
        fields.back() += "x";
        CHECK(Read(CsvLine(fields), 3) == std::vector<Strings>{fields});
    }
}

TEST_CASE("csv: an open quote spoils its line, not the file", "[customer][import]") {
    CsvReader reader;
    const auto records = reader.Feed("a,\"open\nb,c\n", true);
    REQUIRE(records.size() == 2);
    CHECK(records[0].fault == "UNTERMINATED_QUOTE");
    CHECK(records[1].fields == Strings{"b", "c"});
    CHECK(records[1].line == 2);
}

TEST_CASE("csv: an endless record does not fill the memory", "[customer][import]") {
    CsvReader reader;
    size_t faults = 0;
    for (int i = 0; i < 40; ++i) {
        for (const auto& record : reader.Feed(std::string(10'000, 'x'), false)) {
            faults += record.fault == "RECORD_TOO_LONG" ? 1 : 0;
        }
        REQUIRE(reader.rest().size() < 80'000);
    }
    CHECK(faults > 0);
}

TEST_CASE("csv: a field that looks like a formula is made harmless and comes back", "[customer][import]") {
    CHECK(CsvLine({"=cmd()", "+1 415", "a"}) == "\"'=cmd()\",\"'+1 415\",\"a\"\r\n");
    std::vector<ImportFault> faults;
    CHECK(ReadImportRow({"name", "number"}, {2, {"张伟", "'+1 415 555 2671"}, ""}, faults).numbers[0] ==
          "+1 415 555 2671");
}

TEST_CASE("import: columns are named by the first line, in any order and case", "[customer][import]") {
    CHECK(ImportColumns({1, {"\xef\xbb\xbfName", " NUMBER "}, ""}).value() == Strings{"name", "number"});
    CHECK(ImportColumns({1, {"number"}, ""}).error().reason == "NAME_COLUMN_MISSING");
    CHECK(ImportColumns({1, {"name", "birthday"}, ""}).error().reason == "UNKNOWN_COLUMN");
    CHECK(ImportColumns({1, {"name", "name"}, ""}).error().reason == "COLUMN_TWICE");
}

TEST_CASE("import: a line becomes a record, or every fault of it is told without its content", "[customer][import]") {
    const Strings columns{"name", "number", "vip_level", "tags", "address"};
    std::vector<ImportFault> faults;
    const ImportRow row =
        ReadImportRow(columns, {2, {"张伟", "13800138000; 0755-12345678", "3", "学生;月票", "人民路12号"}, ""}, faults);
    CHECK(faults.empty());
    CHECK(row.numbers == Strings{"13800138000", "0755-12345678"});
    CHECK(row.profile.tags == Strings{"学生", "月票"});
    CHECK(row.profile.vip_level == 3);
    ReadImportRow(columns, {3, {"", "secret", "99", "", ""}, ""}, faults);
    REQUIRE(faults.size() == 2);
    CHECK(faults[0].reason == "VIP_LEVEL_OUT_OF_RANGE");
    CHECK(faults[1].reason == "NAME_MISSING");
    CHECK(faults[1].message.find("secret") == std::string::npos);
    faults.clear();
    ReadImportRow(columns, {4, {"only one"}, ""}, faults);
    ReadImportRow(columns, {5, {"\xd5\xc5\xce\xb0", "", "", "", ""}, ""}, faults);  // 张伟 in GBK
    REQUIRE(faults.size() == 2);
    CHECK(faults[0].reason == "WRONG_NUMBER_OF_FIELDS");
    CHECK(faults[1].reason == "NOT_UTF8");
}

}  // namespace
}  // namespace trunkline::customer
