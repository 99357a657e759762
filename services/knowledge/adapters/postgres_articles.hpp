// Articles in PostgreSQL: for the use cases, for search, and as screens read them.
#pragma once
#include "db/pool.hpp"
#include "knowledge/app/ports.hpp"
#include "trunkline/knowledge/v1/knowledge.pb.h"

namespace trunkline::knowledge {

class PostgresArticleStore final : public ArticleStore, public Shelf {
 public:
    PostgresArticleStore(db::Pool& pool, std::function<void()> committed)
        : pool_(pool), committed_(std::move(committed)) {}

    Result<Article> Create(const Stamp& stamp, const Article& article) override;
    Result<Article> Change(const Stamp& stamp, const std::string& id,
                           const std::function<Result<Article>(Article)>& change) override;
    Result<Article> Find(const std::string& id, int version) override;
    Result<Changes> Since(int64_t since, const std::map<std::string, int>& known) override;
    Result<std::map<std::string, std::string>> CategoryParents() override;

 private:
    db::Pool& pool_;
    std::function<void()> committed_;
};

// What has no rules of its own: reading, favourites, votes, categories, attachments, sending. Safe from any thread.
class PostgresReading {
 public:
    PostgresReading(db::Pool& pool, IdGenerator& ids, std::function<void()> committed)
        : pool_(pool), ids_(ids), committed_(std::move(committed)) {}

    Result<v1::ListCategoriesResponse> Categories();
    Result<v1::Category> PutCategory(const v1::PutCategoryRequest& request);
    Status DeleteCategory(const std::string& id);
    // The newest version with attachments, as editors see it.
    Result<v1::Article> View(const std::string& id, int version);
    Result<v1::ListArticlesResponse> List(const v1::ListArticlesRequest& request, int limit);
    Result<v1::ListVersionsResponse> Versions(const std::string& id);
    // Found articles with an excerpt around the first word of `text`.
    Result<v1::SearchArticlesResponse> Hits(const std::vector<Found>& found, const std::string& reader,
                                            const std::string& text);
    // What readers see now; counts as a use.
    Result<v1::Article> Open(const Stamp& stamp, const std::string& id, const std::string& contact_id);
    Status SetFavourite(const std::string& reader, const std::string& id, bool favourite);
    Result<std::vector<Found>> Favourites(const std::string& reader);
    Result<v1::Article> Rate(const Stamp& stamp, const v1::RateArticleRequest& request);
    // `recipient` is checked already. Gives the id by which gateways tell about it.
    Result<std::string> Send(const Stamp& stamp, const v1::SendArticleRequest& request, const std::string& recipient);
    Result<v1::Article> AddAttachment(const v1::AddAttachmentRequest& request, const std::string& media_type,
                                      const std::string& sha256);
    Result<v1::Article> RemoveAttachment(const std::string& article_id, const std::string& attachment_id);
    Result<v1::AttachmentPart> Attachment(const std::string& article_id, const std::string& attachment_id);

 private:
    db::Pool& pool_;
    IdGenerator& ids_;
    std::function<void()> committed_;
};

}  // namespace trunkline::knowledge
