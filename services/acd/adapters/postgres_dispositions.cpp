// Statements, and rows turned into messages.
#include "acd/adapters/postgres_dispositions.hpp"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>

#include "versions/versions.hpp"

namespace trunkline::acd {
namespace {

// The lock keeps two administrators from hanging a branch of the tree on itself.
constexpr const char* kSelectCategories = "SELECT category_id, settings FROM categories ORDER BY category_id";
constexpr const char* kLockCategories = "LOCK TABLE categories IN SHARE ROW EXCLUSIVE MODE";
constexpr const char* kUpsertCategory =
    "INSERT INTO categories (category_id, settings) VALUES ($1, $2::jsonb) "
    "ON CONFLICT (category_id) DO UPDATE SET settings = excluded.settings";
constexpr const char* kDeleteCategory = "DELETE FROM categories WHERE category_id = $1";
constexpr const char* kHasNotes = "SELECT FROM contact_notes WHERE contact_id = $1 AND agent_id = $2";
constexpr const char* kUpsertNotes =
    "INSERT INTO contact_notes AS old (contact_id, agent_id, text, category_id, category_path, disposed, save_time) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7::timestamptz) ON CONFLICT (contact_id, agent_id) DO UPDATE SET "
    "text = excluded.text, category_id = excluded.category_id, category_path = excluded.category_path, "
    "disposed = old.disposed OR excluded.disposed, save_time = excluded.save_time "
    "WHERE old.save_time <= excluded.save_time";
constexpr const char* kListNotes =
    "SELECT contact_id, agent_id, text, category_id, category_path, disposed, "
    "to_char(save_time AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM contact_notes "
    "WHERE ($1 = '' OR agent_id = $1) AND ($2 = '' OR contact_id = $2) ORDER BY save_time DESC LIMIT $3";

constexpr uint32_t kPage = 50;
constexpr uint32_t kMostPage = 200;

Categories CategoriesIn(pqxx::work& transaction) {
    Categories categories;
    for (const auto& row : transaction.exec(kSelectCategories)) {
        v1::Category message;
        if (google::protobuf::util::JsonStringToMessage(row[1].c_str(), &message).ok()) {
            categories.emplace(row[0].c_str(), FromProto(message));
        }
    }
    return categories;
}

void Require(const Status& status) {
    if (!status.ok()) {
        throw db::Rollback{status.error()};
    }
}

}  // namespace

v1::Category ToProto(const Category& category) {
    v1::Category message;
    message.set_category_id(category.id);
    message.set_parent_id(category.parent);
    message.set_title(category.title);
    message.set_order(category.order);
    return message;
}

Category FromProto(const v1::Category& message) {
    return {message.category_id(), message.parent_id(), message.title(), message.order()};
}

Result<Categories> PostgresDispositions::LoadCategories() {
    return pool_.Run([](pqxx::work& transaction) { return CategoriesIn(transaction); });
}

Status PostgresDispositions::SaveCategory(const Category& category) {
    return pool_.Run([&](pqxx::work& transaction) {
        transaction.exec(kLockCategories);
        Require(Validate(CategoriesIn(transaction), category));
        const v1::Category message = ToProto(category);
        std::string json;
        (void)google::protobuf::util::MessageToJsonString(message, &json);
        transaction.exec_params(kUpsertCategory, category.id, json);
        versions::Keep(transaction, "category", category.id, message);
    });
}

Status PostgresDispositions::DeleteCategory(const std::string& id) {
    return pool_.Run([&](pqxx::work& transaction) {
        transaction.exec(kLockCategories);
        Require(MayDelete(CategoriesIn(transaction), id));
        transaction.exec_params(kDeleteCategory, id);
        versions::KeepRemoval(transaction, "category", id);
    });
}

Result<bool> PostgresDispositions::HasNotes(const std::string& contact, const std::string& agent) {
    return pool_.Run(
        [&](pqxx::work& transaction) { return !transaction.exec_params(kHasNotes, contact, agent).empty(); });
}

Status PostgresDispositions::SaveNotes(const v1::ContactNotes& notes) {
    return pool_.Run([&](pqxx::work& transaction) { StoreNotes(transaction, notes); });
}

Result<std::vector<v1::ContactNotes>> PostgresDispositions::ListNotes(const v1::ListNotesRequest& request) {
    const uint32_t size = std::min(request.page_size() == 0 ? kPage : request.page_size(), kMostPage);
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<v1::ContactNotes> all;
        for (const auto& row :
             transaction.exec_params(kListNotes, request.agent_id(), request.contact_id(), static_cast<int>(size))) {
            v1::ContactNotes& notes = all.emplace_back();
            notes.set_contact_id(row[0].c_str());
            notes.set_agent_id(row[1].c_str());
            notes.set_text(row[2].c_str());
            notes.set_category_id(row[3].c_str());
            notes.set_category_path(row[4].c_str());
            notes.set_disposed(row[5].as<bool>());
            (void)google::protobuf::util::TimeUtil::FromString(row[6].c_str(), notes.mutable_save_time());
        }
        return all;
    });
}

void StoreNotes(pqxx::work& transaction, const v1::ContactNotes& notes) {
    transaction.exec_params(kUpsertNotes, notes.contact_id(), notes.agent_id(), notes.text(), notes.category_id(),
                            notes.category_path(), notes.disposed(),
                            google::protobuf::util::TimeUtil::ToString(notes.save_time()));
}

}  // namespace trunkline::acd
