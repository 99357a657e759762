// SQL of reading, votes, favourites and sending.
#include "knowledge/adapters/knowledge_codec.hpp"
#include "knowledge/adapters/postgres_articles.hpp"
#include "knowledge/adapters/postgres_rows.hpp"
#include "trunkline/knowledge/v1/events.pb.h"

namespace trunkline::knowledge {
namespace {

constexpr const char* kColumns =
    "SELECT article.article_id, article.category_id, state, article_version.version, published_version,"
    " article_version.author, reviewer, review_note, round(extract(epoch FROM update_time) * 1000)::bigint AS updated,"
    " uses, helpful, not_helpful, content,"
    " EXISTS (SELECT 1 FROM favourite WHERE favourite.article_id = article.article_id AND reader = $2) AS favourite"
    " FROM article JOIN article_version USING (article_id) ";
constexpr const char* kPublished =
    "WHERE article.article_id = ANY($1::uuid[]) AND article_version.version = published_version";
constexpr const char* kAnyVersion =
    "WHERE article.article_id = ANY($1::uuid[])"
    " AND article_version.version = CASE WHEN $3 = 0 THEN article.version ELSE $3 END";
constexpr const char* kPage =
    "WHERE ($1 = '' OR article.article_id < NULLIF($1, '')::uuid) AND $2 = '' AND article_version.version ="
    " article.version AND ($3 = 0 OR state = $3) AND ($4 = '' OR article.category_id = NULLIF($4, '')::uuid)"
    " ORDER BY article.article_id DESC LIMIT $5";
constexpr const char* kAttachments =
    "SELECT attachment_id, name, media_type, sha256, length(data) AS size FROM attachment WHERE article_id = $1"
    " ORDER BY attachment_id";
constexpr const char* kRelated =
    "SELECT article.article_id, content ->> 'title' AS title FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, "
    "place)"
    " JOIN article ON article_id = wanted.id JOIN article_version USING (article_id)"
    " WHERE article_version.version = published_version ORDER BY place";
constexpr const char* kVersions =
    "SELECT version, author, round(extract(epoch FROM time) * 1000)::bigint AS at, content ->> 'title' AS title, note,"
    " published FROM article_version WHERE article_id = $1 ORDER BY version DESC LIMIT 500";
constexpr const char* kUse = "UPDATE article SET uses = uses + 1, touched = clock_timestamp() WHERE article_id = $1";
constexpr const char* kAddFavourite =
    "INSERT INTO favourite (reader, article_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr const char* kDropFavourite = "DELETE FROM favourite WHERE reader = $1 AND article_id = $2";
constexpr const char* kFavourites =
    "SELECT article_id FROM favourite JOIN article USING (article_id) WHERE reader = $1 AND published_version > 0"
    " ORDER BY uses DESC LIMIT 100";
constexpr const char* kVote =
    "INSERT INTO vote (article_id, reader, helpful, comment, time)"
    " VALUES ($1, $2, $3, $4, to_timestamp($5::bigint / 1000.0)) ON CONFLICT (article_id, reader)"
    " DO UPDATE SET helpful = EXCLUDED.helpful, comment = EXCLUDED.comment, time = EXCLUDED.time";
constexpr const char* kCountVotes =
    "UPDATE article SET helpful = (SELECT count(*) FROM vote WHERE vote.article_id = $1 AND vote.helpful),"
    " not_helpful = (SELECT count(*) FROM vote WHERE vote.article_id = $1 AND NOT vote.helpful),"
    " touched = clock_timestamp() WHERE article_id = $1";

v1::Article ReadArticle(const pqxx::row& row) {
    v1::Article article;
    FromJson(row["content"].as<std::string>(), article);
    article.set_article_id(row["article_id"].as<std::string>());
    article.set_category_id(row["category_id"].as<std::string>(""));
    article.set_state(static_cast<v1::ArticleState>(row["state"].as<int>()));
    article.set_version(row["version"].as<uint32_t>());
    article.set_published_version(row["published_version"].as<uint32_t>());
    article.set_author(row["author"].as<std::string>());
    article.set_reviewer(row["reviewer"].as<std::string>());
    article.set_review_note(row["review_note"].as<std::string>());
    *article.mutable_update_time() = ToTimestamp(FromUnixMillis(row["updated"].as<int64_t>()));
    article.set_uses(row["uses"].as<uint64_t>());
    article.set_helpful(row["helpful"].as<uint32_t>());
    article.set_not_helpful(row["not_helpful"].as<uint32_t>());
    article.set_favourite(row["favourite"].as<bool>());
    return article;
}

void AddAttachments(pqxx::work& transaction, v1::Article& article) {
    for (const auto& row : transaction.exec_params(kAttachments, article.article_id())) {
        auto& attachment = *article.add_attachments();
        attachment.set_attachment_id(row["attachment_id"].as<std::string>());
        attachment.set_name(row["name"].as<std::string>());
        attachment.set_media_type(row["media_type"].as<std::string>());
        attachment.set_sha256(row["sha256"].as<std::string>());
        attachment.set_size(row["size"].as<uint64_t>());
    }
}

void AddRelated(pqxx::work& transaction, v1::Article& article) {
    const std::vector<std::string> ids(article.related_ids().begin(), article.related_ids().end());
    for (const auto& row : transaction.exec_params(kRelated, ToArray(ids))) {
        auto& related = *article.add_related();
        related.set_article_id(row["article_id"].as<std::string>());
        related.set_title(row["title"].as<std::string>(""));
    }
}

v1::Article Published(pqxx::work& transaction, const std::string& id, const std::string& reader, TimePoint now) {
    CheckUuid(id, "article");
    const auto rows = transaction.exec_params(std::string(kColumns) + kPublished, ToArray({id}), reader);
    if (rows.empty()) {
        ThrowNotFound(id, "article");
    }
    v1::Article article = ReadArticle(rows[0]);
    const bool early = article.has_valid_from() && now < FromTimestamp(article.valid_from());
    if (early || (article.has_valid_to() && now >= FromTimestamp(article.valid_to()))) {
        throw db::Rollback{{Code::kFailedPrecondition, "NOT_VALID_NOW", "this article is not valid at this time"}};
    }
    AddAttachments(transaction, article);
    AddRelated(transaction, article);
    return article;
}

// About 120 bytes around the first thing found, cut between characters.
std::string Excerpt(const v1::Article& article, const std::string& text) {
    const std::string& whole = article.summary().empty() ? article.body() : article.summary();
    const size_t found =
        text.empty() ? std::string::npos : whole.find(text.substr(0, std::min<size_t>(text.size(), 6)));
    size_t begin = found == std::string::npos || found < 60 ? 0 : found - 60;
    while (begin > 0 && (static_cast<unsigned char>(whole[begin]) & 0xc0) == 0x80) {
        --begin;
    }
    size_t end = std::min(whole.size(), begin + 180);
    while (end < whole.size() && (static_cast<unsigned char>(whole[end]) & 0xc0) == 0x80) {
        --end;
    }
    return whole.substr(begin, end - begin);
}

template <class Event>
bus::Event Told(Event& event, const std::string& article, const std::string& identity, const Stamp& stamp) {
    event.set_article_id(article);
    event.set_actor(stamp.actor);
    return bus::MakeEvent(event, article, identity, stamp.now);
}

}  // namespace

Result<v1::Article> PostgresReading::View(const std::string& id, int version) {
    return pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(id, "article");
        const auto rows = transaction.exec_params(std::string(kColumns) + kAnyVersion, ToArray({id}), "", version);
        if (rows.empty()) {
            ThrowNotFound(id, "article");
        }
        v1::Article article = ReadArticle(rows[0]);
        AddAttachments(transaction, article);
        return article;
    });
}

Result<v1::ListArticlesResponse> PostgresReading::List(const v1::ListArticlesRequest& request, int limit) {
    return pool_.Run([&](pqxx::work& transaction) {
        if (!request.page_token().empty()) {
            CheckUuid(request.page_token(), "page");
        }
        if (!request.category_id().empty()) {
            CheckUuid(request.category_id(), "category");
        }
        v1::ListArticlesResponse response;
        const auto rows = transaction.exec_params(std::string(kColumns) + kPage, request.page_token(), "",
                                                  static_cast<int>(request.state()), request.category_id(), limit);
        for (const auto& row : rows) {
            v1::Article article = ReadArticle(row);
            article.clear_body();
            *response.add_articles() = article;
        }
        if (response.articles_size() == limit) {
            response.set_next_page_token(response.articles().rbegin()->article_id());
        }
        return response;
    });
}

Result<v1::ListVersionsResponse> PostgresReading::Versions(const std::string& id) {
    return pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(id, "article");
        v1::ListVersionsResponse response;
        for (const auto& row : transaction.exec_params(kVersions, id)) {
            auto& version = *response.add_versions();
            version.set_version(row["version"].as<uint32_t>());
            version.set_author(row["author"].as<std::string>());
            *version.mutable_time() = ToTimestamp(FromUnixMillis(row["at"].as<int64_t>()));
            version.set_title(row["title"].as<std::string>(""));
            version.set_note(row["note"].as<std::string>());
            version.set_published(row["published"].as<bool>());
        }
        return response;
    });
}

Result<v1::SearchArticlesResponse> PostgresReading::Hits(const std::vector<Found>& found, const std::string& reader,
                                                         const std::string& text) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<std::string> ids;
        for (const Found& one : found) {
            ids.push_back(one.id);
        }
        std::map<std::string, v1::Article> articles;
        for (const auto& row : transaction.exec_params(std::string(kColumns) + kPublished, ToArray(ids), reader)) {
            v1::Article article = ReadArticle(row);
            articles[article.article_id()] = std::move(article);
        }
        v1::SearchArticlesResponse response;
        for (const Found& one : found) {
            const auto article = articles.find(one.id);
            if (article == articles.end()) {
                continue;  // withdrawn since the index was refreshed
            }
            auto& hit = *response.add_hits();
            hit.set_excerpt(Excerpt(article->second, text));
            hit.set_score(one.score);
            article->second.clear_body();
            *hit.mutable_article() = std::move(article->second);
        }
        return response;
    });
}

Result<v1::Article> PostgresReading::Open(const Stamp& stamp, const std::string& id, const std::string& contact_id) {
    auto opened = pool_.Run([&](pqxx::work& transaction) {
        v1::Article article = Published(transaction, id, stamp.actor, stamp.now);
        transaction.exec_params(kUse, id);
        article.set_uses(article.uses() + 1);
        v1::ArticleUsed event;
        event.set_contact_id(contact_id);
        bus::Append(transaction, {Told(event, id, id + "/" + ids_.New(), stamp)});
        return article;
    });
    committed_();
    return opened;
}

Status PostgresReading::SetFavourite(const std::string& reader, const std::string& id, bool favourite) {
    return pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(id, "article");
        transaction.exec_params(favourite ? kAddFavourite : kDropFavourite, reader, id);
    });
}

Result<std::vector<Found>> PostgresReading::Favourites(const std::string& reader) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<Found> found;
        for (const auto& row : transaction.exec_params(kFavourites, reader)) {
            found.push_back({row[0].as<std::string>(), 0});
        }
        return found;
    });
}

Result<v1::Article> PostgresReading::Rate(const Stamp& stamp, const v1::RateArticleRequest& request) {
    auto rated = pool_.Run([&](pqxx::work& transaction) {
        const std::string& id = request.article_id();
        const v1::Article before = Published(transaction, id, stamp.actor, stamp.now);
        transaction.exec_params(kVote, id, stamp.actor, request.helpful(), request.comment(), ToUnixMillis(stamp.now));
        transaction.exec_params(kCountVotes, id);
        v1::ArticleRated event;
        event.set_helpful(request.helpful());
        if (!request.helpful()) {
            v1::Task task;
            task.set_task_id(ids_.New());
            task.set_owner(before.author());
            task.set_title("不满意：" + before.title());
            task.set_text(request.comment());
            task.set_creator(stamp.actor);
            *task.mutable_create_time() = ToTimestamp(stamp.now);
            task.set_article_id(id);
            StoreTask(transaction, task, stamp.now);
            event.set_task_id(task.task_id());
        }
        bus::Append(transaction, {Told(event, id, id + "/" + ids_.New(), stamp)});
        return Published(transaction, id, stamp.actor, stamp.now);
    });
    committed_();
    return rated;
}

Result<std::string> PostgresReading::Send(const Stamp& stamp, const v1::SendArticleRequest& request,
                                          const std::string& recipient) {
    auto sent = pool_.Run([&](pqxx::work& transaction) {
        std::string send_id = ids_.New();
        if (!Claim(transaction, stamp.request_id, send_id)) {
            return send_id;
        }
        const v1::Article article = Published(transaction, request.article_id(), stamp.actor, stamp.now);
        transaction.exec_params(kUse, request.article_id());
        v1::ArticleSendRequested event;
        event.set_send_id(send_id);
        event.set_version(article.version());
        event.set_channel(request.channel());
        event.set_recipient(recipient);
        event.set_contact_id(request.contact_id());
        event.set_title(article.title());
        const bool brief = request.channel() == v1::SMS && !article.summary().empty();
        event.set_text(brief ? article.summary() : article.body());
        bus::Append(transaction, {Told(event, request.article_id(), send_id, stamp)});
        return send_id;
    });
    committed_();
    return sent;
}

}  // namespace trunkline::knowledge
