// Records in a real PostgreSQL: found, changed by two at once, merged, apart again.
#include <thread>

#include "customer/adapters/postgres_office.hpp"

namespace trunkline::customer {
namespace {

std::vector<std::string> Names(const Result<CustomerPage>& page) {
    std::vector<std::string> names;
    for (const Customer& customer : page.value().customers) {
        names.push_back(customer.profile.name);
    }
    return names;
}

TEST_CASE("customer store: a record comes back as it was written, with masked numbers", "[customer][database]") {
    Office office;
    Profile profile = Office::Named("张伟");
    profile.salutation = "先生";
    profile.vip_level = 3;
    profile.manager = AgentId{"1001"};
    profile.tags = {"学生", "quote\" back\\slash"};
    profile.addresses = {{"home", "人民路12号", "518000", "meter 17"}};
    profile.preferences = {{"usual_line", "12"}};
    profile.consents = {{"marketing", true, office.clock.Now(), "paper form 17"}};
    const Customer made =
        office.customers
            .Create("1001", "r", profile,
                    {{"13800138000", "mobile"}, {"0755-12345678-8001", "work"}, {"+8613800138000", ""}})
            .value();
    const Customer found = office.customers.Find(made.id).value();
    CHECK(found.profile == profile);
    REQUIRE(found.numbers.size() == 2);
    CHECK(found.numbers[0].masked == "138****8000");
    CHECK(found.numbers[0].primary);
    CHECK(found.numbers[1].masked == "0755****5678-****");
    CHECK(found.created == office.clock.Now());
    CHECK(office.customers.Find(CustomerId{"no uuid'"}).error().reason == "CUSTOMER_NOT_FOUND");
    CHECK(office.customers.Find(CustomerId{office.ids.New()}).error().code == Code::kNotFound);
}

TEST_CASE("customer store: no number rests in clear, in no table and in no event", "[customer][database]") {
    Office office;
    const Customer made = office.Make("张伟", {"13800138000"});
    REQUIRE(office.customers.Reveal("1001", made.id, made.numbers[0].number_id, "callback").ok());
    CHECK(office.Count("SELECT count(*) FROM customer_number WHERE customer_number::text LIKE '%0013800%'"
                       " OR position('38001380'::bytea IN sealed) > 0") == 0);
    CHECK(office.Count("SELECT count(*) FROM outbox WHERE position('1380013'::bytea IN payload) > 0") == 0);
    CHECK(office.Count("SELECT count(*) FROM audit WHERE audit::text LIKE '%1380013%'") == 0);
}

TEST_CASE("customer store: the same request id does nothing twice", "[customer][database]") {
    Office office;
    const auto first = office.customers.Create("1001", "same", Office::Named("张伟"), {{"13800138000", ""}});
    CHECK(office.customers.Create("1001", "same", Office::Named("张伟"), {{"13800138000", ""}}).value().id ==
          first.value().id);
    CHECK(office.Count("SELECT count(*) FROM customer") == 1);
    CHECK(office.customers.Create("1001", "", Office::Named("张伟"), {}).error().reason == "REQUEST_ID_MISSING");
    Customer wanted = first.value();
    wanted.profile.vip_level = 5;
    REQUIRE(office.customers.Update("1001", "again", wanted).value().revision == 2);
    CHECK(office.customers.Update("1001", "again", wanted).value().revision == 2);
    CHECK(office.Events() == std::vector<std::string>{"CustomerCreated", "CustomerChanged"});
}

TEST_CASE("customer store: of two who save at once one is told", "[customer][database]") {
    Office office;
    const Customer made = office.Make("张伟");
    std::vector<std::string> outcomes(2);
    std::vector<std::thread> people;
    for (size_t i = 0; i < 2; ++i) {
        people.emplace_back([&, i] {
            Customer wanted = made;
            wanted.profile.note = "note " + std::to_string(i);
            const auto done = office.customers.Update("1001", "save" + std::to_string(i), wanted);
            outcomes[i] = done.ok() ? "saved" : done.error().reason;
        });
    }
    for (auto& person : people) {
        person.join();
    }
    std::sort(outcomes.begin(), outcomes.end());
    CHECK(outcomes == std::vector<std::string>{"CUSTOMER_CHANGED", "saved"});
}

TEST_CASE("customer store: found by any number, however it is written, by name, pinyin, initials and tag",
          "[customer][database]") {
    Office office;
    office.Make("张伟", {"13800138000", "0755-12345678"});
    office.Make("张小明", {"13900139000"});
    office.Make("王芳");
    const auto by = [&](const std::string& text) { return Names(office.customers.Search({text, "", "", 10, ""})); };
    using Strings = std::vector<std::string>;
    CHECK(by("138 0013 8000") == Strings{"张伟"});
    CHECK(by("+86 755 12345678") == Strings{"张伟"});
    CHECK(by("13800138001").empty());
    CHECK(by("王芳") == Strings{"王芳"});
    CHECK(by("张").size() == 2);
    CHECK(by("zhangwei") == Strings{"张伟"});
    CHECK(by("ZXM") == Strings{"张小明"});
    CHECK(by("' OR true --").empty());
    CHECK(by("").size() == 3);
    Customer tagged = office.Make("李娜");
    tagged.profile.tags = {"月票"};
    REQUIRE(office.customers.Update("1001", "tag", tagged).ok());
    CHECK(Names(office.customers.Search({"", "", "月票", 10, ""})) == Strings{"李娜"});
}

TEST_CASE("customer store: a search is paged without holes and repeats", "[customer][database]") {
    Office office;
    for (int i = 0; i < 7; ++i) {
        office.Make("张" + std::string(i % 2 == 0 ? "三" : "四"));
    }
    for (const char* text : {"张", "zhang", "zs", ""}) {
        INFO(text);
        std::set<std::string> seen;
        size_t pages = 0, rows = 0;
        std::string after;
        do {
            const CustomerPage page = office.customers.Search({text, "", "", 2, after}).value();
            for (const Customer& customer : page.customers) {
                seen.insert(customer.id.str());
                ++rows;
            }
            after = page.next;
        } while (!after.empty() && ++pages < 10);
        CHECK(rows == seen.size());
        CHECK(seen.size() == (std::string(text) == "zs" ? 7U : 7U));
    }
    CHECK(office.customers.Search({"张", "", "", 2, "bad"}).error().reason == "BAD_PAGE_TOKEN");
}

TEST_CASE("customer store: a number is added, becomes the primary one, is removed", "[customer][database]") {
    Office office;
    const Customer made = office.Make("张伟", {"13800138000"});
    const Customer more =
        office.customers.AddNumber("1001", office.Request(), made.id, {"13900139000", "home"}, true).value();
    REQUIRE(more.numbers.size() == 2);
    CHECK(more.numbers[0].label == "home");
    CHECK_FALSE(more.numbers[1].primary);
    for (const char* written : {"anonymous", "", "139****9000"}) {
        CHECK(office.customers.AddNumber("1001", office.Request(), made.id, {written, ""}, false).error().reason ==
              "BAD_NUMBER");
    }
    const Customer less =
        office.customers.RemoveNumber("1001", office.Request(), made.id, more.numbers[0].number_id).value();
    CHECK(less.numbers.size() == 1);
    CHECK(office.customers.RemoveNumber("1001", office.Request(), made.id, more.numbers[0].number_id).error().reason ==
          "NUMBER_NOT_FOUND");
}

TEST_CASE("customer store: a number is shown in clear with a reason, and that is told and audited",
          "[customer][database]") {
    Office office;
    const Customer made = office.Make("张伟", {"13800138000"});
    const std::string& number = made.numbers[0].number_id;
    CHECK(office.customers.Reveal("1001", made.id, number, " ").error().reason == "REASON_MISSING");
    CHECK(office.Count("SELECT count(*) FROM audit") == 0);
    CHECK(office.customers.Reveal("1001", made.id, number, "callback").value().second == "138 0013 8000");
    CHECK(office.Count("SELECT count(*) FROM audit WHERE actor = '1001' AND reason = 'callback'") == 1);
    CHECK(office.Events().back() == "NumberRevealed");
    CHECK(office.customers.Reveal("1001", office.Make("王芳").id, number, "not his").error().reason ==
          "NUMBER_NOT_FOUND");
}

TEST_CASE("customer store: merging shows two records as one, undoing makes them as they were", "[customer][database]") {
    Office office;
    const Customer keep = office.Make("张伟", {"13800138000"});
    const Customer gone = office.Make("张先生", {"13900139000"});
    const Customer third = office.Make("老张", {"13700137000"});
    REQUIRE(office.customers.Merge("1001", office.Request(), gone.id, third.id, "same voice").ok());
    const Customer one = office.customers.Merge("1001", office.Request(), keep.id, gone.id, "same person").value();
    CHECK(one.numbers.size() == 3);
    CHECK(one.merged_ids.size() == 2);
    for (const char* number : {"13800138000", "13900139000", "13700137000"}) {
        CHECK(Names(office.customers.Search({number, "", "", 10, ""})) == std::vector<std::string>{"张伟"});
    }
    CHECK(office.customers.Find(gone.id).value().merged_into == keep.id);
    CHECK(office.customers.Update("1001", office.Request(), gone).error().reason == "CUSTOMER_MERGED");
    CHECK(office.customers.Merge("1001", office.Request(), keep.id, gone.id, "again").error().reason ==
          "CUSTOMER_MERGED");
    CHECK(office.customers.Merge("1001", office.Request(), keep.id, keep.id, "x").error().reason == "SAME_CUSTOMER");
    const Customer apart = office.customers.UndoMerge("1001", office.Request(), gone.id, "two people").value();
    CHECK(apart.numbers.size() == 2);  // the third record was his before
    CHECK(apart.merged_into.empty());
    CHECK(office.customers.Find(keep.id).value().numbers.size() == 1);
    CHECK(office.customers.UndoMerge("1001", office.Request(), gone.id, "again").error().reason == "NOT_MERGED");
    CHECK(office.Events().back() == "MergeUndone");
}

TEST_CASE("customer store: who may be the same person is suggested until merged or dismissed", "[customer][database]") {
    Office office;
    const Customer first = office.Make("张伟", {"13800138000"});
    const Customer second = office.Make("张小伟", {"13800138000"});
    Profile home = Office::Named("王芳");
    home.addresses = {{"", "深圳市人民路 12号", "", ""}};
    REQUIRE(office.customers.Create("1001", office.Request(), home, {}).ok());
    home.addresses[0].text = "深圳市人民路12号";
    REQUIRE(office.customers.Create("1001", office.Request(), home, {}).ok());
    const auto all = office.customers.Duplicates({}, 10, "").value().pairs;
    REQUIRE(all.size() == 2);
    CHECK(
        office.customers.Duplicates({}, 1, office.customers.Duplicates({}, 1, "").value().next).value().pairs.size() ==
        1);
    const auto his = office.customers.Duplicates(first.id, 10, "").value().pairs;
    REQUIRE(his.size() == 1);
    CHECK(his[0].reason == "SAME_NUMBER");
    REQUIRE(office.customers.Merge("1001", office.Request(), first.id, second.id, "same").ok());
    CHECK(office.customers.Duplicates(first.id, 10, "").value().pairs.empty());
    const auto rest = office.customers.Duplicates({}, 10, "").value().pairs;
    REQUIRE(rest.size() == 1);
    CHECK(rest[0].reason == "SAME_NAME_AND_ADDRESS");
    REQUIRE(office.customers.Dismiss("1001", rest[0].second.id, rest[0].first.id).ok());
    CHECK(office.customers.Duplicates({}, 10, "").value().pairs.empty());
}

}  // namespace
}  // namespace trunkline::customer
