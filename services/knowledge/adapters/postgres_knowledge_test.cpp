// Knowledge in a real PostgreSQL: from the draft to what a reader finds, and what he thinks of it.
#include <catch2/catch.hpp>

#include "bus/outbox.hpp"
#include "knowledge/adapters/knowledge_codec.hpp"
#include "knowledge/adapters/postgres_articles.hpp"
#include "knowledge/adapters/postgres_office.hpp"
#include "knowledge/app/editing_desk.hpp"
#include "knowledge/app/search_book.hpp"
#include "knowledge/migrations.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "testing/manual_clock.hpp"
#include "trunkline/knowledge/v1/events.pb.h"

namespace trunkline::knowledge {
namespace {

struct Library {
    Library() {
        REQUIRE(pool->Migrate({bus::OutboxMigration()}).ok());
        REQUIRE(pool->Migrate(kMigrations).ok());
    }

    static Content Text(const std::string& title, const std::string& body = "正文") {
        Content content;
        content.title = title;
        content.body = body;
        return content;
    }
    std::string Request() { return "r" + std::to_string(++requests); }
    Stamp By(const std::string& actor) { return {Request(), actor, clock.Now()}; }
    // Written by ann, published by bob.
    std::string Publish(const Content& content) {
        const Article draft = editing.Create("ann", Request(), content).value();
        REQUIRE(editing.Submit("ann", draft.id).ok());
        REQUIRE(editing.Review("bob", draft.id, true, "").ok());
        REQUIRE(book.Refresh().ok());
        return draft.id;
    }
    std::vector<std::string> Find(const std::string& text, const std::string& category = "") {
        std::vector<std::string> titles;
        const auto hits = reading.Hits(book.Search({text, {}, "", "", 10, 0.3}, category), "1001", text).value();
        for (const auto& hit : hits.hits()) {
            titles.push_back(hit.article().title());
        }
        return titles;
    }
    std::vector<bus::Event> Events(const std::string& type) {
        return pool
            ->Run([&](pqxx::work& transaction) {
                std::vector<bus::Event> events;
                for (const auto& row :
                     transaction.exec_params("SELECT payload FROM outbox WHERE type = $1 ORDER BY sequence",
                                             "trunkline.knowledge.v1." + type)) {
                    events.push_back({"", "", type, {}, pqxx::binarystring(row[0]).str()});
                }
                return events;
            })
            .value();
    }

    std::unique_ptr<db::Pool> pool = testing::ThrowawayPostgres::Shared().NewSchema("knowledge");
    testing::ManualClock clock;
    UuidGenerator ids;
    int requests = 0;
    PostgresArticleStore articles{*pool, [] {}};
    PostgresReading reading{*pool, ids, [] {}};
    PostgresOffice office{*pool, ids, [] {}};
    EditingDesk editing{articles, clock, ids};
    SearchBook book{articles, clock};
};

using Strings = std::vector<std::string>;

TEST_CASE("knowledge: an article is found once it is published, and no longer when withdrawn",
          "[knowledge][database]") {
    Library library;
    const Article draft = library.editing.Create("ann", "r", Library::Text("退票手续费")).value();
    CHECK(library.editing.Create("ann", "r", Library::Text("退票手续费")).value().id == draft.id);
    REQUIRE(library.book.Refresh().ok());
    CHECK(library.Find("退票").empty());
    CHECK(library.reading.Open(library.By("1001"), draft.id, "").error().reason == "ARTICLE_NOT_FOUND");
    REQUIRE(library.editing.Submit("ann", draft.id).ok());
    CHECK(library.editing.Review("ann", draft.id, true, "").error().reason == "SELF_REVIEW");
    REQUIRE(library.editing.Review("bob", draft.id, true, "").ok());
    REQUIRE(library.book.Refresh().ok());
    CHECK(library.Find("退票") == Strings{"退票手续费"});
    CHECK(library.Find("tuipiao") == Strings{"退票手续费"});
    REQUIRE(library.editing.Withdraw("bob", draft.id).ok());
    REQUIRE(library.book.Refresh().ok());
    CHECK(library.Find("退票").empty());
    CHECK(library.Events("ArticleStateChanged").size() == 4);
}

TEST_CASE("knowledge: readers keep the published version while the next one is written", "[knowledge][database]") {
    Library library;
    const std::string id = library.Publish(Library::Text("退票手续费", "百分之十\n说明"));
    Article next;
    next.id = id;
    next.version = 1;
    next.content = Library::Text("退票新规", "百分之五\n说明");
    next.note = "new price";
    REQUIRE(library.editing.Save("ann", library.Request(), next).value().version == 2);
    CHECK(library.editing.Save("cid", library.Request(), next).error().reason == "ARTICLE_CHANGED");
    REQUIRE(library.book.Refresh().ok());
    CHECK(library.Find("退票") == Strings{"退票手续费"});
    CHECK(library.reading.Open(library.By("1001"), id, "c1").value().body() == "百分之十\n说明");
    const auto lines = library.editing.CompareVersions(id, 1, 2).value();
    CHECK(std::count(lines.begin(), lines.end(), DiffLine{Change::kRemoved, "百分之十"}) == 1);
    CHECK(std::count(lines.begin(), lines.end(), DiffLine{Change::kSame, "说明"}) == 1);
    REQUIRE(library.editing.Submit("ann", id).ok());
    REQUIRE(library.editing.Review("bob", id, true, "").ok());
    REQUIRE(library.book.Refresh().ok());
    CHECK(library.Find("退票") == Strings{"退票新规"});
    const auto versions = library.reading.Versions(id).value();
    REQUIRE(versions.versions_size() == 2);
    CHECK(versions.versions(0).note() == "new price");
    CHECK(versions.versions(1).published());
}

TEST_CASE("knowledge: what is not valid now is neither found nor opened", "[knowledge][database]") {
    Library library;
    Content content = Library::Text("春运退票");
    content.valid_from = library.clock.Now() + std::chrono::hours(1);
    content.valid_to = library.clock.Now() + std::chrono::hours(2);
    const std::string id = library.Publish(content);
    CHECK(library.Find("退票").empty());
    CHECK(library.reading.Open(library.By("1001"), id, "").error().reason == "NOT_VALID_NOW");
    library.clock.Advance(std::chrono::hours(1));
    CHECK(library.Find("退票").size() == 1);
    library.clock.Advance(std::chrono::hours(1));
    CHECK(library.Find("退票").empty());
}

TEST_CASE("knowledge: search within a category takes in everything below it", "[knowledge][database]") {
    Library library;
    const auto put = [&](const std::string& title, const std::string& parent) {
        v1::PutCategoryRequest request;
        request.mutable_category()->set_title(title);
        request.mutable_category()->set_parent_id(parent);
        return library.reading.PutCategory(request).value().category_id();
    };
    const std::string tickets = put("票务", ""), refunds = put("退票", tickets), lines = put("线路", "");
    Content content = Library::Text("退票手续费");
    content.category_id = refunds;
    library.Publish(content);
    CHECK(library.Find("退票", tickets).size() == 1);
    CHECK(library.Find("退票", refunds).size() == 1);
    CHECK(library.Find("退票", lines).empty());
    const auto tree = library.reading.Categories().value();
    REQUIRE(tree.categories_size() == 3);
    CHECK(library.reading.DeleteCategory(tickets).error().reason == "CATEGORY_NOT_EMPTY");
    CHECK(library.reading.DeleteCategory(lines).ok());
    v1::PutCategoryRequest loop;
    loop.mutable_category()->set_category_id(tickets);
    loop.mutable_category()->set_title("票务");
    loop.mutable_category()->set_parent_id(refunds);
    CHECK(library.reading.PutCategory(loop).error().reason == "BAD_PARENT");
}

TEST_CASE("knowledge: use and votes move an article up, 'not helpful' becomes the author's task",
          "[knowledge][database]") {
    Library library;
    library.Publish(Library::Text("退票办法一"));
    const std::string second = library.Publish(Library::Text("退票办法二"));
    for (int i = 0; i < 5; ++i) {
        REQUIRE(library.reading.Open(library.By("1001"), second, "c1").ok());
    }
    REQUIRE(library.book.Refresh().ok());
    CHECK(library.Find("退票")[0] == "退票办法二");
    CHECK(library.Find("")[0] == "退票办法二");
    CHECK(library.Events("ArticleUsed").size() == 5);
    v1::RateArticleRequest vote;
    vote.set_article_id(second);
    vote.set_comment("价格不对");
    for (const char* reader : {"1001", "1002", "1002", "1003"}) {
        REQUIRE(library.reading.Rate(library.By(reader), vote).ok());
        library.clock.Advance(std::chrono::seconds(1));
    }
    CHECK(library.reading.View(second, 0).value().not_helpful() == 3);
    v1::ListTasksRequest tasks;
    tasks.set_owner("ann");
    const auto open = library.office.Tasks(tasks).value();
    REQUIRE(open.tasks_size() == 4);
    CHECK(open.tasks(0).text() == "价格不对");
    CHECK(open.tasks(0).article_id() == second);
    REQUIRE(library.book.Refresh().ok());
    CHECK(library.Find("退票")[0] == "退票办法一");
}

TEST_CASE("knowledge: what belongs with an article is told by its title, as long as readers can open it",
          "[knowledge][database]") {
    Library library;
    const std::string refund = library.Publish(Library::Text("退票手续费"));
    const std::string draft = library.editing.Create("ann", library.Request(), Library::Text("草稿")).value().id;
    Content content = Library::Text("退票");
    content.related_ids = {draft, refund};
    const std::string id = library.Publish(content);
    const v1::Article opened = library.reading.Open(library.By("1001"), id, "").value();
    REQUIRE(opened.related_size() == 1);
    CHECK(opened.related(0).article_id() == refund);
    CHECK(opened.related(0).title() == "退票手续费");
    CHECK(library.reading.View(refund, 0).value().uses() == 0);
}

TEST_CASE("knowledge: favourites belong to their reader", "[knowledge][database]") {
    Library library;
    const std::string id = library.Publish(Library::Text("退票"));
    REQUIRE(library.reading.SetFavourite("1001", id, true).ok());
    REQUIRE(library.reading.SetFavourite("1001", id, true).ok());
    CHECK(library.reading.Favourites("1001").value().size() == 1);
    CHECK(library.reading.Favourites("1002").value().empty());
    CHECK(library.reading.Open(library.By("1001"), id, "").value().favourite());
    REQUIRE(library.reading.SetFavourite("1001", id, false).ok());
    CHECK(library.reading.Favourites("1001").value().empty());
}

TEST_CASE("knowledge: sending asks the gateways once, with the text that fits the channel", "[knowledge][database]") {
    Library library;
    Content content = Library::Text("退票", "很长的正文");
    content.summary = "退票收百分之十";
    const std::string id = library.Publish(content);
    v1::SendArticleRequest request;
    request.set_article_id(id);
    request.set_channel(v1::SMS);
    const Stamp stamp{"once", "1001", library.clock.Now()};
    const std::string send_id = library.reading.Send(stamp, request, "+8613800138000").value();
    CHECK(library.reading.Send(stamp, request, "+8613800138000").value() == send_id);
    const auto events = library.Events("ArticleSendRequested");
    REQUIRE(events.size() == 1);
    v1::ArticleSendRequested event;
    REQUIRE(event.ParseFromString(events[0].payload));
    CHECK(event.text() == "退票收百分之十");
    CHECK(event.recipient() == "+8613800138000");
    request.set_channel(v1::EMAIL);
    REQUIRE(library.reading.Send({"other", "1001", library.clock.Now()}, request, "a@b.cn").ok());
    REQUIRE(event.ParseFromString(library.Events("ArticleSendRequested")[1].payload));
    CHECK(event.text() == "很长的正文");
}

TEST_CASE("knowledge: attachments come back byte by byte", "[knowledge][database]") {
    Library library;
    const std::string id = library.Publish(Library::Text("退票"));
    v1::AddAttachmentRequest request;
    request.set_article_id(id);
    request.set_name("fares.pdf");
    request.set_data(std::string("%PDF-1.7\0\xff", 10));
    const v1::Article article = library.reading.AddAttachment(request, "application/pdf", "abc").value();
    REQUIRE(article.attachments_size() == 1);
    CHECK(article.attachments(0).size() == 10);
    const std::string attachment = article.attachments(0).attachment_id();
    CHECK(library.reading.Attachment(id, attachment).value().data() == request.data());
    REQUIRE(library.reading.RemoveAttachment(id, attachment).value().attachments_size() == 0);
    CHECK(library.reading.Attachment(id, attachment).error().reason == "ATTACHMENT_NOT_FOUND");
}

TEST_CASE("office: a bulletin reaches whom it is for, until read, and tells who has read it", "[knowledge][database]") {
    Library library;
    v1::Bulletin bulletin;
    bulletin.set_title("12路改道");
    bulletin.add_audience("east");
    const v1::Bulletin published = library.office.Publish(library.By("boss"), bulletin).value();
    bulletin.clear_audience();
    bulletin.set_urgent(true);
    bulletin.set_title("台风");
    *bulletin.mutable_expire_time() = ToTimestamp(library.clock.Now() + std::chrono::hours(1));
    REQUIRE(library.office.Publish(library.By("boss"), bulletin).ok());
    const Reader east{"1001", {"1001", "east"}}, west{"1002", {"1002", "west"}};
    const auto seen = [&](const Reader& reader, bool with_read = false) {
        return library.office.Bulletins(reader, with_read, library.clock.Now()).value();
    };
    REQUIRE(seen(east).bulletins_size() == 2);
    CHECK(seen(east).bulletins(0).title() == "台风");
    CHECK(seen(west).bulletins_size() == 1);
    REQUIRE(library.office.Confirm(east, published.bulletin_id(), library.clock.Now()).value().read());
    REQUIRE(library.office.Confirm(east, published.bulletin_id(), library.clock.Now()).ok());
    CHECK(seen(east).bulletins_size() == 1);
    CHECK(seen(east, true).bulletins_size() == 2);
    CHECK(library.office.Receipts(published.bulletin_id()).value().receipts(0).reader() == "1001");
    CHECK(library.Events("BulletinRead").size() == 1);
    library.clock.Advance(std::chrono::hours(2));
    CHECK(seen(west).bulletins_size() == 0);
    REQUIRE(library.office.Withdraw(library.By("boss"), published.bulletin_id()).ok());
    CHECK(seen(east, true).bulletins_size() == 0);
}

TEST_CASE("office: tasks belong to their owner, appointments are found by their time", "[knowledge][database]") {
    Library library;
    v1::Task task;
    task.set_owner("1001");
    task.set_title("培训");
    *task.mutable_start_time() = ToTimestamp(library.clock.Now() + std::chrono::hours(24));
    *task.mutable_end_time() = ToTimestamp(library.clock.Now() + std::chrono::hours(26));
    v1::Task stored = library.office.PutTask(library.By("boss"), task).value();
    CHECK(stored.creator() == "boss");
    v1::ListTasksRequest today;
    today.set_owner("1001");
    *today.mutable_from_time() = ToTimestamp(library.clock.Now());
    *today.mutable_to_time() = ToTimestamp(library.clock.Now() + std::chrono::hours(12));
    CHECK(library.office.Tasks(today).value().tasks_size() == 0);
    *today.mutable_to_time() = ToTimestamp(library.clock.Now() + std::chrono::hours(25));
    CHECK(library.office.Tasks(today).value().tasks_size() == 1);
    v1::Task foreign = stored;
    foreign.set_owner("1002");
    CHECK(library.office.PutTask(library.By("1002"), foreign).error().reason == "TASK_NOT_FOUND");
    CHECK(library.office.DeleteTask(library.By("1002"), "1002", stored.task_id()).error().reason == "TASK_NOT_FOUND");
    library.clock.Advance(std::chrono::seconds(1));
    stored.set_done(true);
    REQUIRE(library.office.PutTask(library.By("1001"), stored).ok());
    v1::ListTasksRequest all;
    all.set_owner("1001");
    CHECK(library.office.Tasks(all).value().tasks_size() == 0);
    all.set_with_done(true);
    CHECK(library.office.Tasks(all).value().tasks(0).creator() == "boss");
    REQUIRE(library.office.DeleteTask(library.By("1001"), "1001", stored.task_id()).ok());
    CHECK(library.Events("TaskChanged").size() == 3);
}

TEST_CASE("office: a message reaches each of its recipients once", "[knowledge][database]") {
    Library library;
    v1::SendMessageRequest request;
    request.add_recipients("1002");
    request.add_recipients("1003");
    request.set_text("请看公告");
    const Stamp stamp{"once", "1001", library.clock.Now()};
    REQUIRE(library.office.SendMessage(stamp, request).ok());
    REQUIRE(library.office.SendMessage(stamp, request).ok());
    const auto messages = library.office.Messages("1002", true).value();
    REQUIRE(messages.messages_size() == 1);
    CHECK_FALSE(messages.messages(0).read());
    CHECK(library.office.Messages("1002", false).value().messages(0).read());
    CHECK(library.office.Messages("1001", false).value().messages_size() == 0);
}

}  // namespace
}  // namespace trunkline::knowledge
