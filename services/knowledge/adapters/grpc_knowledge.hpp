// The APIs trunkline.knowledge.v1: Knowledge for readers, Editing for authors and reviewers, Office for everybody.
#pragma once
#include <functional>

#include "knowledge/adapters/postgres_articles.hpp"
#include "knowledge/adapters/postgres_office.hpp"
#include "knowledge/app/editing_desk.hpp"
#include "knowledge/app/search_book.hpp"
#include "trunkline/knowledge/v1/knowledge.grpc.pb.h"

namespace trunkline::knowledge {

// Called once for each request: the method, whether it succeeded, and how long it took.
using Observer = std::function<void(std::string_view method, bool ok, Duration took)>;

struct Desks {
    EditingDesk& editing;
    PostgresReading& reading;
    PostgresOffice& office;
    SearchBook& book;
    const Clock& clock;
    Observer observer;
};

class GrpcKnowledge final : public v1::Knowledge::Service {
 public:
    explicit GrpcKnowledge(Desks desks) : desks_(std::move(desks)) {}

    grpc::Status ListCategories(grpc::ServerContext* context, const v1::ListCategoriesRequest* request,
                                v1::ListCategoriesResponse* response) override;
    grpc::Status SearchArticles(grpc::ServerContext* context, const v1::SearchArticlesRequest* request,
                                v1::SearchArticlesResponse* response) override;
    grpc::Status SuggestArticles(grpc::ServerContext* context, const v1::SuggestArticlesRequest* request,
                                 v1::SearchArticlesResponse* response) override;
    grpc::Status OpenArticle(grpc::ServerContext* context, const v1::OpenArticleRequest* request,
                             v1::Article* response) override;
    grpc::Status SetFavourite(grpc::ServerContext* context, const v1::SetFavouriteRequest* request,
                              v1::SetFavouriteResponse* response) override;
    grpc::Status ListFavourites(grpc::ServerContext* context, const v1::ListFavouritesRequest* request,
                                v1::SearchArticlesResponse* response) override;
    grpc::Status RateArticle(grpc::ServerContext* context, const v1::RateArticleRequest* request,
                             v1::Article* response) override;
    grpc::Status SendArticle(grpc::ServerContext* context, const v1::SendArticleRequest* request,
                             v1::SendArticleResponse* response) override;
    grpc::Status GetAttachment(grpc::ServerContext* context, const v1::GetAttachmentRequest* request,
                               grpc::ServerWriter<v1::AttachmentPart>* writer) override;

 private:
    Desks desks_;
};

class GrpcEditing final : public v1::Editing::Service {
 public:
    explicit GrpcEditing(Desks desks) : desks_(std::move(desks)) {}

    grpc::Status PutCategory(grpc::ServerContext* context, const v1::PutCategoryRequest* request,
                             v1::Category* response) override;
    grpc::Status DeleteCategory(grpc::ServerContext* context, const v1::DeleteCategoryRequest* request,
                                v1::DeleteCategoryResponse* response) override;
    grpc::Status CreateArticle(grpc::ServerContext* context, const v1::CreateArticleRequest* request,
                               v1::Article* response) override;
    grpc::Status SaveArticle(grpc::ServerContext* context, const v1::SaveArticleRequest* request,
                             v1::Article* response) override;
    grpc::Status GetArticle(grpc::ServerContext* context, const v1::GetArticleRequest* request,
                            v1::Article* response) override;
    grpc::Status ListArticles(grpc::ServerContext* context, const v1::ListArticlesRequest* request,
                              v1::ListArticlesResponse* response) override;
    grpc::Status SubmitArticle(grpc::ServerContext* context, const v1::SubmitArticleRequest* request,
                               v1::Article* response) override;
    grpc::Status ReviewArticle(grpc::ServerContext* context, const v1::ReviewArticleRequest* request,
                               v1::Article* response) override;
    grpc::Status WithdrawArticle(grpc::ServerContext* context, const v1::WithdrawArticleRequest* request,
                                 v1::Article* response) override;
    grpc::Status ListVersions(grpc::ServerContext* context, const v1::ListVersionsRequest* request,
                              v1::ListVersionsResponse* response) override;
    grpc::Status CompareVersions(grpc::ServerContext* context, const v1::CompareVersionsRequest* request,
                                 v1::CompareVersionsResponse* response) override;
    grpc::Status AddAttachment(grpc::ServerContext* context, const v1::AddAttachmentRequest* request,
                               v1::Article* response) override;
    grpc::Status RemoveAttachment(grpc::ServerContext* context, const v1::RemoveAttachmentRequest* request,
                                  v1::Article* response) override;

 private:
    Desks desks_;
};

class GrpcOffice final : public v1::Office::Service {
 public:
    explicit GrpcOffice(Desks desks) : desks_(std::move(desks)) {}

    grpc::Status PublishBulletin(grpc::ServerContext* context, const v1::PublishBulletinRequest* request,
                                 v1::Bulletin* response) override;
    grpc::Status WithdrawBulletin(grpc::ServerContext* context, const v1::WithdrawBulletinRequest* request,
                                  v1::Bulletin* response) override;
    grpc::Status ListBulletins(grpc::ServerContext* context, const v1::ListBulletinsRequest* request,
                               v1::ListBulletinsResponse* response) override;
    grpc::Status ConfirmBulletin(grpc::ServerContext* context, const v1::ConfirmBulletinRequest* request,
                                 v1::Bulletin* response) override;
    grpc::Status ListReadReceipts(grpc::ServerContext* context, const v1::ListReadReceiptsRequest* request,
                                  v1::ListReadReceiptsResponse* response) override;
    grpc::Status PutTask(grpc::ServerContext* context, const v1::PutTaskRequest* request, v1::Task* response) override;
    grpc::Status DeleteTask(grpc::ServerContext* context, const v1::DeleteTaskRequest* request,
                            v1::DeleteTaskResponse* response) override;
    grpc::Status ListTasks(grpc::ServerContext* context, const v1::ListTasksRequest* request,
                           v1::ListTasksResponse* response) override;
    grpc::Status SendMessage(grpc::ServerContext* context, const v1::SendMessageRequest* request,
                             v1::InternalMessage* response) override;
    grpc::Status ListMessages(grpc::ServerContext* context, const v1::ListMessagesRequest* request,
                              v1::ListMessagesResponse* response) override;

 private:
    Desks desks_;
};

}  // namespace trunkline::knowledge
