// Files in, files out, and a person taken out for good.
#include "customer/adapters/postgres_office.hpp"
#include "trunkline/trunk/v1/events.pb.h"

namespace trunkline::customer {
namespace {

const std::string kFile =
    "name,number,vip_level,tags,card\n"
    "张伟,13800138000;0755-12345678,3,学生;月票,8888\n"
    ",13700137000,0,,\n"
    "王芳,unknown,0,,\n"
    "李娜,13900139000,x,,\n"
    "\"赵,敏\",13600136000,,,\n";

ImportState Bring(Office& office, const std::string& file, size_t part, bool dry_run = false) {
    ImportState state = office.imports.Start("1001", office.Request(), "customers.csv", dry_run).value();
    for (size_t i = 0; i < file.size(); i += part) {
        state = office.imports.Add("1001", state.id, i, file.substr(i, part), i + part >= file.size()).value();
    }
    return state;
}

TEST_CASE("import: sound lines become records, every bad line is told with its reason",
          "[customer][import][database]") {
    for (const size_t part : {size_t{7}, size_t{100'000}}) {
        Office office;
        const ImportState state = Bring(office, kFile, part);
        CHECK(state.created == 2);
        CHECK(state.refused == 3);
        CHECK(state.finished);
        const auto faults = office.import_store.Faults(state.id, 10, 0).value();
        REQUIRE(faults.size() == 3);
        CHECK(faults[0].line == 3);
        CHECK(faults[0].reason == "NAME_MISSING");
        CHECK(faults[1].line == 4);
        CHECK(faults[1].reason == "BAD_NUMBER");
        CHECK(faults[2].line == 5);
        CHECK(faults[2].column == "vip_level");
        const Customer zhang = office.customers.Search({"13800138000", "", "", 5, ""}).value().customers.at(0);
        CHECK(zhang.profile.tags == std::vector<std::string>{"学生", "月票"});
        CHECK(office.account_store.Find("8888").value().customer == zhang.id);
        CHECK(office.customers.Search({"赵", "", "", 5, ""}).value().customers.at(0).profile.name == "赵,敏");
        CHECK(office.Events().back() == "CustomersImported");
    }
}

TEST_CASE("import: the same file again changes records and makes no new ones", "[customer][import][database]") {
    Office office;
    Bring(office, kFile, 1000);
    const ImportState again = Bring(office, "name,number,note\n张伟,+86 138 0013 8000,regular\n", 1000);
    CHECK(again.created == 0);
    CHECK(again.updated == 1);
    const Customer zhang = office.customers.Search({"13800138000", "", "", 5, ""}).value().customers.at(0);
    CHECK(zhang.profile.note == "regular");
    CHECK(zhang.profile.vip_level == 3);
    CHECK(office.Count("SELECT count(*) FROM customer") == 2);
}

TEST_CASE("import: a dry run counts and tells the same and writes no record", "[customer][import][database]") {
    Office office;
    const ImportState state = Bring(office, kFile, 50, true);
    CHECK(state.created == 2);
    CHECK(state.refused == 3);
    CHECK(office.Count("SELECT count(*) FROM customer") == 0);
}

TEST_CASE("import: a part that is sent twice, or in the wrong place, changes nothing", "[customer][import][database]") {
    Office office;
    const ImportState state = office.imports.Start("1001", "r", "f", false).value();
    REQUIRE(office.imports.Add("1001", state.id, 0, kFile.substr(0, 80), false).ok());
    CHECK(office.imports.Add("1001", state.id, 0, kFile.substr(0, 80), false).error().reason == "IMPORT_OFFSET");
    CHECK(office.imports.Add("1001", state.id, 90, kFile.substr(90), true).error().reason == "IMPORT_OFFSET");
    REQUIRE(office.imports.Add("1001", state.id, 80, kFile.substr(80), true).value().created == 2);
    CHECK(office.imports.Add("1001", state.id, kFile.size(), "x", true).error().reason == "IMPORT_FINISHED");
    CHECK(office.imports.Add("1001", state.id, 0, std::string(2'000'000, 'x'), true).error().reason ==
          "PART_TOO_LARGE");
    const ImportState bad = office.imports.Start("1001", "r2", "f", false).value();
    CHECK(office.imports.Add("1001", bad.id, 0, "first,second\n", false).error().reason == "UNKNOWN_COLUMN");
}

TEST_CASE("erasure: nothing names the person any more, and a signed proof remains", "[customer][database]") {
    Office office;
    const Customer zhang = office.Make("张伟", {"13800138000"});
    const Customer part = office.Make("张先生", {"13900139000"});
    REQUIRE(office.customers.Merge("1001", office.Request(), zhang.id, part.id, "same").ok());
    REQUIRE(office.accounts.Open("1001", office.Request(), {"", zhang.id, "8888", 1, false, {}, {}}).ok());
    StatementLine texts;
    texts.reason = "bonus";
    REQUIRE(office.accounts.Post("1001", "p", "8888", {PostingKind::kEarn, 10, {}}, texts).ok());
    trunk::v1::CallStarted started;
    started.set_contact_id("c1");
    started.set_from_number("13900139000");
    office.Tell("trunk", started, office.clock.Now());
    REQUIRE(office.history.AddNote({"n", "1001", office.clock.Now()}, zhang.id.str(), office.ids.New(), "secret").ok());

    CHECK(office.erasures.Erase("1001", "e0", zhang.id, "").error().reason == "REASON_MISSING");
    const ErasureProof proof = office.erasures.Erase("1001", "e", zhang.id, "letter 17").value();
    CHECK(proof.removed ==
          std::map<std::string, uint32_t>{
              {"account", 1}, {"customer", 2}, {"customer_number", 2}, {"duplicate", 0}, {"entry", 1}, {"note", 1}});
    CHECK(office.erasures.Holds(proof));
    CHECK(office.customers.Find(zhang.id).error().reason == "CUSTOMER_NOT_FOUND");
    CHECK(office.customers.Search({"13900139000", "", "", 5, ""}).value().customers.empty());
    CHECK(office.history.ScreenPop("13900139000", "", office.clock.Now()).value().number_contacts_size() == 0);
    for (const char* table : {"customer", "customer_number", "entry", "account", "audit", "import_fault"}) {
        INFO(table);
        CHECK(office.Count("SELECT count(*) FROM " + std::string(table) + " AS t WHERE t::text ~ '张|secret|8888'") ==
              0);
    }
    CHECK(office.Count("SELECT coalesce(sum(amount), 0) FROM posting") == 0);
    CHECK(office.erasures.Erase("1001", "e", zhang.id, "letter 17").value().signature == proof.signature);

    // A proof that was written by hand, or a person who came back, is found out.
    ErasureProof forged = office.erasures.Proof(zhang.id).value();
    CHECK(office.erasures.Holds(forged));
    forged.ground = "another";
    CHECK_FALSE(office.erasures.Holds(forged));
    REQUIRE(office.pool
                ->Run([&](pqxx::work& transaction) {
                    transaction.exec0("UPDATE entry SET customer_id = " + transaction.quote(zhang.id.str()));
                })
                .ok());
    CHECK_FALSE(office.erasures.Holds(office.erasures.Proof(zhang.id).value()));
}

TEST_CASE("export: every customer once, in pages, with sealed numbers to be opened by right", "[customer][database]") {
    Office office;
    for (int i = 0; i < 5; ++i) {
        office.Make("张" + std::to_string(i), {"1380013800" + std::to_string(i)});
    }
    std::set<std::string> seen;
    std::string after;
    do {
        const auto page = ExportPage(*office.pool, "", after, 2).value();
        for (const ExportedCustomer& exported : page) {
            seen.insert(office.keeper.Clear(exported.sealed.at(0)).value());
        }
        after = page.size() == 2 ? page.back().customer.id.str() : "";
    } while (!after.empty());
    CHECK(seen.size() == 5);
    CHECK(seen.contains("138 0013 8003"));
}

}  // namespace
}  // namespace trunkline::customer
