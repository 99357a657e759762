// SQL of the articles' life and of what search reads.
#include "knowledge/adapters/postgres_articles.hpp"

#include "knowledge/adapters/knowledge_codec.hpp"
#include "knowledge/adapters/postgres_rows.hpp"

namespace trunkline::knowledge {
namespace {

constexpr const char* kSelect =
    "SELECT article.article_id, state, article.version, published_version, article_version.author, reviewer,"
    " review_note, round(extract(epoch FROM update_time) * 1000)::bigint AS updated, uses, helpful, not_helpful,"
    " content, article_version.version AS shown FROM article JOIN article_version USING (article_id)"
    " WHERE article.article_id = $1 AND article_version.version ="
    " CASE WHEN $2 = 0 THEN article.version ELSE $2 END";
constexpr const char* kInsert =
    "INSERT INTO article (article_id, category_id, state, version, published_version, author, reviewer, review_note,"
    " update_time) VALUES ($1, NULLIF($2, '')::uuid, $3, $4, $5, $6, $7, $8, to_timestamp($9::bigint / 1000.0))"
    " ON CONFLICT (article_id) DO UPDATE SET category_id = EXCLUDED.category_id, state = EXCLUDED.state,"
    " version = EXCLUDED.version, published_version = EXCLUDED.published_version, author = EXCLUDED.author,"
    " reviewer = EXCLUDED.reviewer, review_note = EXCLUDED.review_note, update_time = EXCLUDED.update_time,"
    " touched = clock_timestamp()";
constexpr const char* kInsertVersion =
    "INSERT INTO article_version (article_id, version, content, author, note, time)"
    " VALUES ($1, $2, $3::jsonb, $4, $5, to_timestamp($6::bigint / 1000.0))";
constexpr const char* kMarkPublished =
    "UPDATE article_version SET published = true WHERE article_id = $1 AND version = $2";
constexpr const char* kLock = "SELECT 1 FROM article WHERE article_id = $1 FOR UPDATE";
constexpr const char* kCategoryThere = "SELECT 1 FROM category WHERE category_id = $1";
// The page begins some seconds before where the last one ended: a transaction that touched an article earlier may have
// been committed later.
constexpr const char* kTouched =
    "SELECT article_id, published_version, uses, helpful, not_helpful,"
    " round(extract(epoch FROM touched) * 1000)::bigint AS at FROM article"
    " WHERE touched > to_timestamp(($1::bigint - 15000) / 1000.0) ORDER BY touched";
constexpr const char* kContents =
    "SELECT article_id, content FROM article_version JOIN article USING (article_id)"
    " WHERE article_version.version = article.published_version AND article_id = ANY($1::uuid[])";
constexpr const char* kParents = "SELECT category_id, coalesce(parent_id::text, '') FROM category";
constexpr size_t kContentsAtOnce = 500;

Article Load(pqxx::work& transaction, const std::string& id, int version) {
    CheckUuid(id, "article");
    const auto rows = transaction.exec_params(kSelect, id, version);
    if (rows.empty()) {
        ThrowNotFound(id, "article");
    }
    const auto& row = rows[0];
    Article article;
    article.id = row["article_id"].as<std::string>();
    article.state = static_cast<ArticleState>(row["state"].as<int>());
    article.version = row["shown"].as<int>();
    article.published_version = row["published_version"].as<int>();
    article.author = row["author"].as<std::string>();
    article.reviewer = row["reviewer"].as<std::string>();
    article.review_note = row["review_note"].as<std::string>();
    article.updated = FromUnixMillis(row["updated"].as<int64_t>());
    article.uses = row["uses"].as<uint64_t>();
    article.helpful = row["helpful"].as<uint32_t>();
    article.not_helpful = row["not_helpful"].as<uint32_t>();
    v1::Article content;
    FromJson(row["content"].as<std::string>(), content);
    article.content = ContentOf(content);
    return article;
}

// Writes the row, the version when it is a new one, and the event when its state or what readers see has changed.
void Store(pqxx::work& transaction, const Article& after, const Article& before, const Stamp& stamp) {
    const std::string& category = after.content.category_id;
    if (!category.empty()) {
        CheckUuid(category, "category");
        if (transaction.exec_params(kCategoryThere, category).empty()) {
            ThrowNotFound(category, "category");
        }
    }
    for (const std::string& related : after.content.related_ids) {
        CheckUuid(related, "article");
    }
    transaction.exec_params(kInsert, after.id, category, static_cast<int>(after.state), after.version,
                            after.published_version, after.author, after.reviewer, after.review_note,
                            ToUnixMillis(after.updated));
    if (after.version != before.version) {
        transaction.exec_params(kInsertVersion, after.id, after.version, ToJson(ContentProto(after.content)),
                                after.author, after.note, ToUnixMillis(after.updated));
    }
    if (after.published_version != before.published_version && after.published_version != 0) {
        transaction.exec_params(kMarkPublished, after.id, after.published_version);
    }
    if (after.version == 1 || after.state != before.state || after.published_version != before.published_version) {
        bus::Append(transaction, {StateChanged(after, before, stamp)});
    }
}

}  // namespace

Result<Article> PostgresArticleStore::Create(const Stamp& stamp, const Article& article) {
    auto created = pool_.Run([&](pqxx::work& transaction) {
        std::string subject = article.id;
        if (Claim(transaction, stamp.request_id, subject)) {
            Store(transaction, article, {}, stamp);
        }
        return Load(transaction, subject, 0);
    });
    committed_();
    return created;
}

Result<Article> PostgresArticleStore::Change(const Stamp& stamp, const std::string& id,
                                             const std::function<Result<Article>(Article)>& change) {
    auto changed = pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(id, "article");
        transaction.exec_params(kLock, id);
        const Article before = Load(transaction, id, 0);
        std::string subject = id;
        if (!Claim(transaction, stamp.request_id, subject)) {
            return before;
        }
        auto after = change(before);
        if (!after.ok()) {
            throw db::Rollback{after.error()};
        }
        Store(transaction, *after, before, stamp);
        return std::move(*after);
    });
    committed_();
    return changed;
}

Result<Article> PostgresArticleStore::Find(const std::string& id, int version) {
    return pool_.Run([&](pqxx::work& transaction) { return Load(transaction, id, version); });
}

Result<Shelf::Changes> PostgresArticleStore::Since(int64_t since, const std::map<std::string, int>& known) {
    return pool_.Run([&](pqxx::work& transaction) {
        Changes read;
        read.next = since;
        std::vector<std::string> wanted;
        std::map<std::string, size_t> places;
        for (const auto& row : transaction.exec_params(kTouched, since)) {
            ShelfChange change;
            change.id = row["article_id"].as<std::string>();
            change.published_version = row["published_version"].as<int>();
            change.document.id = change.id;
            change.document.uses = row["uses"].as<uint64_t>();
            change.document.helpful = row["helpful"].as<uint32_t>();
            change.document.not_helpful = row["not_helpful"].as<uint32_t>();
            read.next = std::max(read.next, row["at"].as<int64_t>());
            const auto indexed = known.find(change.id);
            if (change.published_version != 0 &&
                (indexed == known.end() || indexed->second != change.published_version)) {
                wanted.push_back(change.id);
                places[change.id] = read.changes.size();
            }
            read.changes.push_back(std::move(change));
        }
        for (size_t begin = 0; begin < wanted.size(); begin += kContentsAtOnce) {
            const size_t end = std::min(wanted.size(), begin + kContentsAtOnce);
            const std::vector<std::string> some(wanted.begin() + static_cast<long>(begin),
                                                wanted.begin() + static_cast<long>(end));
            for (const auto& row : transaction.exec_params(kContents, ToArray(some))) {
                v1::Article content;
                FromJson(row["content"].as<std::string>(), content);
                read.changes[places[row["article_id"].as<std::string>()]].document.content = ContentOf(content);
            }
        }
        return read;
    });
}

Result<std::map<std::string, std::string>> PostgresArticleStore::CategoryParents() {
    return pool_.Run([&](pqxx::work& transaction) {
        std::map<std::string, std::string> parents;
        for (const auto& row : transaction.exec(kParents)) {
            parents[row[0].as<std::string>()] = row[1].as<std::string>();
        }
        return parents;
    });
}

}  // namespace trunkline::knowledge
