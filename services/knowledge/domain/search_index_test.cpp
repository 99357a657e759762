// What people type and what they must find.
#include "knowledge/domain/search_index.hpp"

#include <catch2/catch.hpp>

namespace trunkline::knowledge {
namespace {

const TimePoint kNow = FromUnixMillis(1772413200000);

Document Make(const std::string& id, const std::string& title, const std::string& body = "") {
    Document document;
    document.id = id;
    document.content.title = title;
    document.content.body = body;
    return document;
}

// A small hotline's shelf, among a few hundred other articles.
SearchIndex Shelf() {
    SearchIndex index;
    index.Put(Make("refund", "退票手续费", "开车前办理退票，收取票价百分之十的手续费。"));
    index.Put(Make("rebook", "改签规定", "每张车票可以改签一次。退票请看另文。"));
    index.Put(Make("lost", "失物招领", "乘客遗失物品请拨打热线登记。"));
    index.Put(Make("last", "12路末班车时间", "末班车二十二点三十分发车。"));
    index.Put(Make("card", "老年卡办理", "年满六十周岁可以办理。"));
    index.Put(Make("english", "Lost property", "Call the hotline to report lost luggage."));
    const std::string filler[] = {"线路", "站点", "调整", "通知", "施工", "绕行", "票价", "时刻"};
    for (int i = 0; i < 300; ++i) {
        index.Put(Make("filler" + std::to_string(i), filler[i % 8] + filler[i / 8 % 8] + std::to_string(i) + "号公告"));
    }
    return index;
}

std::string First(const SearchIndex& index, const std::string& text) {
    const auto found = index.Search({text, {}, "", "", 5, 0.3}, kNow);
    return found.empty() ? "" : found[0].id;
}

TEST_CASE("search: Chinese words are found in title and body, titles first", "[knowledge][search]") {
    const SearchIndex index = Shelf();
    CHECK(First(index, "退票") == "refund");
    CHECK(First(index, "改签") == "rebook");
    CHECK(First(index, "遗失物品") == "lost");
    CHECK(First(index, "12路末班车") == "last");
    const auto both = index.Search({"退票", {}, "", "", 5, 0.3}, kNow);
    REQUIRE(both.size() == 2);
    CHECK(both[1].id == "rebook");
}

TEST_CASE("search: pinyin, first letters and wrong characters of the same sound find it", "[knowledge][search]") {
    const SearchIndex index = Shelf();
    CHECK(First(index, "tuipiao") == "refund");
    CHECK(First(index, "tui piao shou xu fei") == "refund");
    CHECK(First(index, "swzl") == "lost");
    CHECK(First(index, "TP") == "refund");
    CHECK(First(index, "推票手续费") == "refund");
    CHECK(First(index, "失物召领") == "lost");
    CHECK(First(index, "laonianka") == "card");
}

TEST_CASE("search: typing errors are forgiven", "[knowledge][search]") {
    const SearchIndex index = Shelf();
    CHECK(First(index, "tuipiaoshouxfei") == "refund");
    CHECK(First(index, "laoniaka") == "card");
    CHECK(First(index, "lost propperty") == "english");
    CHECK(First(index, "退标手续费") == "refund");
    CHECK(First(index, "ＬＯＳＴ") == "english");
}

TEST_CASE("search: what nobody wrote about finds nothing", "[knowledge][search]") {
    const SearchIndex index = Shelf();
    CHECK(First(index, "航班延误").empty());
    CHECK(First(index, "qqqq").empty());
    CHECK(First(index, "?!").empty());
    CHECK(First(index, "\xff\xfe\xfd").empty());
}

TEST_CASE("search: among equals the more used and better liked one comes first", "[knowledge][search]") {
    SearchIndex index;
    index.Put(Make("a", "退票办法"));
    index.Put(Make("b", "退票办法"));
    CHECK(First(index, "退票") == "a");
    index.SetPopularity("b", 50, 0, 0);
    CHECK(First(index, "退票") == "b");
    index.SetPopularity("b", 50, 0, 40);
    index.SetPopularity("a", 50, 40, 0);
    CHECK(First(index, "退票") == "a");
    CHECK(index.Search({"", {}, "", "", 5, 0.3}, kNow).size() == 2);
}

TEST_CASE("search: only what is valid now, in the category, with the tag and the language", "[knowledge][search]") {
    SearchIndex index;
    Document document = Make("a", "退票办法");
    document.content.valid_from = kNow;
    document.content.valid_to = kNow + std::chrono::hours(1);
    document.content.category_id = "tickets";
    document.content.tags = {"客运"};
    document.content.language = "zh";
    index.Put(document);
    const auto count = [&](const Query& query, TimePoint now) { return index.Search(query, now).size(); };
    CHECK(count({"退票", {}, "", "", 5, 0.3}, kNow) == 1);
    CHECK(count({"退票", {}, "", "", 5, 0.3}, kNow - Duration(1)) == 0);
    CHECK(count({"退票", {}, "", "", 5, 0.3}, kNow + std::chrono::hours(1)) == 0);
    CHECK(count({"退票", {"tickets"}, "客运", "zh", 5, 0.3}, kNow) == 1);
    CHECK(count({"退票", {"other"}, "", "", 5, 0.3}, kNow) == 0);
    CHECK(count({"退票", {}, "公交", "", 5, 0.3}, kNow) == 0);
    CHECK(count({"退票", {}, "", "en", 5, 0.3}, kNow) == 0);
}

TEST_CASE("search: a whole sentence of a form suggests what it is about", "[knowledge][search]") {
    const SearchIndex index = Shelf();
    const auto found = index.Search({"乘客来电说他昨天买的车票想退票，问手续费是多少", {}, "", "", 3, 0.05}, kNow);
    REQUIRE_FALSE(found.empty());
    CHECK(found[0].id == "refund");
}

TEST_CASE("search: replaced and removed articles leave nothing behind", "[knowledge][search]") {
    SearchIndex index;
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 1500; ++i) {
            index.Put(Make("a" + std::to_string(i), (round % 2 == 0 ? "退票" : "改签") + std::to_string(i)));
        }
    }
    CHECK(index.size() == 1500);
    CHECK(index.Search({"退票", {}, "", "", 5000, 0.3}, kNow).size() == 1500);
    CHECK(First(index, "改签").empty());
    for (int i = 0; i < 1500; ++i) {
        index.Remove("a" + std::to_string(i));
    }
    CHECK(index.size() == 0);
    CHECK(First(index, "退票").empty());
}

}  // namespace
}  // namespace trunkline::knowledge
