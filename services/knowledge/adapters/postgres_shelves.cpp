// SQL of categories and attachments.
#include "knowledge/adapters/knowledge_codec.hpp"
#include "knowledge/adapters/postgres_articles.hpp"
#include "knowledge/adapters/postgres_rows.hpp"

namespace trunkline::knowledge {
namespace {

constexpr const char* kCategories =
    "WITH RECURSIVE tree AS (SELECT category_id, parent_id, title, position, ARRAY[position::text, title] AS path"
    " FROM category WHERE parent_id IS NULL UNION ALL SELECT c.category_id, c.parent_id, c.title, c.position,"
    " tree.path || ARRAY[c.position::text, c.title] FROM category AS c JOIN tree ON c.parent_id = tree.category_id)"
    " SELECT category_id, parent_id, title, position, (SELECT count(*) FROM article"
    " WHERE article.category_id = tree.category_id AND published_version > 0) AS articles FROM tree ORDER BY path";
constexpr const char* kDepth =
    "WITH RECURSIVE up AS (SELECT category_id, parent_id, 1 AS depth FROM category WHERE category_id = $1"
    " UNION ALL SELECT c.category_id, c.parent_id, depth + 1 FROM category AS c JOIN up ON c.category_id = up.parent_id"
    " WHERE depth < 20) SELECT max(depth), bool_or(category_id = $2) FROM up";
constexpr const char* kPut =
    "INSERT INTO category (category_id, parent_id, title, position) VALUES ($1, NULLIF($2, '')::uuid, $3, $4)"
    " ON CONFLICT (category_id) DO UPDATE SET parent_id = EXCLUDED.parent_id, title = EXCLUDED.title,"
    " position = EXCLUDED.position";
constexpr const char* kInUse =
    "SELECT EXISTS (SELECT 1 FROM category WHERE parent_id = $1)"
    " OR EXISTS (SELECT 1 FROM article WHERE category_id = $1)";
constexpr const char* kDelete = "DELETE FROM category WHERE category_id = $1";
constexpr const char* kAttach =
    "INSERT INTO attachment (attachment_id, article_id, name, media_type, sha256, data) VALUES ($1, $2, $3, $4, $5, "
    "$6)";
constexpr const char* kCountAttachments = "SELECT count(*) FROM attachment WHERE article_id = $1";
constexpr const char* kDetach = "DELETE FROM attachment WHERE article_id = $1 AND attachment_id = $2";
constexpr const char* kFetch =
    "SELECT name, media_type, data FROM attachment WHERE article_id = $1 AND attachment_id = $2";
constexpr int kDeepest = 8;
constexpr int kAttachmentsLimit = 20;

}  // namespace

Result<v1::ListCategoriesResponse> PostgresReading::Categories() {
    return pool_.Run([&](pqxx::work& transaction) {
        v1::ListCategoriesResponse response;
        for (const auto& row : transaction.exec(kCategories)) {
            auto& category = *response.add_categories();
            category.set_category_id(row["category_id"].as<std::string>());
            category.set_parent_id(row["parent_id"].as<std::string>(""));
            category.set_title(row["title"].as<std::string>());
            category.set_position(row["position"].as<uint32_t>());
            category.set_articles(row["articles"].as<uint32_t>());
        }
        return response;
    });
}

Result<v1::Category> PostgresReading::PutCategory(const v1::PutCategoryRequest& request) {
    return pool_.Run([&](pqxx::work& transaction) {
        v1::Category category = request.category();
        std::string id = category.category_id().empty() ? ids_.New() : category.category_id();
        CheckUuid(id, "category");
        const bool fresh = Claim(transaction, request.request_id(), id);
        category.set_category_id(id);
        if (!fresh) {
            return category;
        }
        if (!category.parent_id().empty()) {
            CheckUuid(category.parent_id(), "category");
            const auto row = transaction.exec_params(kDepth, category.parent_id(), id)[0];
            if (row[0].is_null()) {
                ThrowNotFound(category.parent_id(), "category");
            }
            if (row[1].as<bool>() || row[0].as<int>() >= kDeepest) {
                throw db::Rollback{
                    {Code::kInvalidArgument, "BAD_PARENT", "a category cannot be below itself, nor more than 8 deep"}};
            }
        }
        transaction.exec_params(kPut, id, category.parent_id(), category.title(), category.position());
        return category;
    });
}

Status PostgresReading::DeleteCategory(const std::string& id) {
    return pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(id, "category");
        if (transaction.exec_params(kInUse, id)[0][0].as<bool>()) {
            throw db::Rollback{
                {Code::kFailedPrecondition, "CATEGORY_NOT_EMPTY", "move or delete what is in this category first"}};
        }
        transaction.exec_params(kDelete, id);
    });
}

Result<v1::Article> PostgresReading::AddAttachment(const v1::AddAttachmentRequest& request,
                                                   const std::string& media_type, const std::string& sha256) {
    const std::string& id = request.article_id();
    const Status added = pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(id, "article");
        if (transaction.exec_params(kCountAttachments, id)[0][0].as<int>() >= kAttachmentsLimit) {
            throw db::Rollback{{Code::kFailedPrecondition, "TOO_MANY", "an article may have 20 attachments"}};
        }
        transaction.exec_params(kAttach, ids_.New(), id, request.name(), media_type, sha256,
                                pqxx::binarystring(request.data()));
    });
    return added.ok() ? View(id, 0) : Result<v1::Article>(added.error());
}

Result<v1::Article> PostgresReading::RemoveAttachment(const std::string& article_id, const std::string& attachment_id) {
    const Status removed = pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(article_id, "article");
        CheckUuid(attachment_id, "attachment");
        if (transaction.exec_params(kDetach, article_id, attachment_id).affected_rows() == 0) {
            ThrowNotFound(attachment_id, "attachment");
        }
    });
    return removed.ok() ? View(article_id, 0) : Result<v1::Article>(removed.error());
}

Result<v1::AttachmentPart> PostgresReading::Attachment(const std::string& article_id,
                                                       const std::string& attachment_id) {
    return pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(article_id, "article");
        CheckUuid(attachment_id, "attachment");
        const auto rows = transaction.exec_params(kFetch, article_id, attachment_id);
        if (rows.empty()) {
            ThrowNotFound(attachment_id, "attachment");
        }
        v1::AttachmentPart part;
        part.set_name(rows[0]["name"].as<std::string>());
        part.set_media_type(rows[0]["media_type"].as<std::string>());
        part.set_data(pqxx::binarystring(rows[0]["data"]).str());
        return part;
    });
}

}  // namespace trunkline::knowledge
