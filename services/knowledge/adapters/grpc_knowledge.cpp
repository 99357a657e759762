// For readers.
#include "knowledge/adapters/grpc_knowledge.hpp"

#include "knowledge/adapters/grpc_answer.hpp"
#include "knowledge/app/recipient.hpp"

namespace trunkline::knowledge {
namespace {

constexpr double kShareOfSearch = 0.3;
constexpr double kShareOfForm = 0.05;

size_t Limit(uint32_t wanted, size_t usual) { return wanted == 0 ? usual : std::min<size_t>(wanted, 100); }

}  // namespace

grpc::Status GrpcKnowledge::ListCategories(grpc::ServerContext*, const v1::ListCategoriesRequest*,
                                           v1::ListCategoriesResponse* response) {
    return Answer(desks_, "ListCategories", response, [&] { return desks_.reading.Categories(); });
}

grpc::Status GrpcKnowledge::SearchArticles(grpc::ServerContext* context, const v1::SearchArticlesRequest* request,
                                           v1::SearchArticlesResponse* response) {
    return Answer(desks_, "SearchArticles", response, [&] {
        const Query query{request->text(), {}, request->tag(), request->language(), Limit(request->limit(), 20),
                          kShareOfSearch};
        return desks_.reading.Hits(desks_.book.Search(query, request->category_id()), NameOf(*context),
                                   request->text());
    });
}

grpc::Status GrpcKnowledge::SuggestArticles(grpc::ServerContext* context, const v1::SuggestArticlesRequest* request,
                                            v1::SearchArticlesResponse* response) {
    return Answer(desks_, "SuggestArticles", response, [&] {
        const Query query{request->text(), {}, "", "", Limit(request->limit(), 5), kShareOfForm};
        auto found = desks_.book.Search(query, request->category_id());
        if (found.empty() && !request->category_id().empty()) {
            // Nothing by words: what is used most in the category.
            Query most = query;
            most.text.clear();
            found = desks_.book.Search(most, request->category_id());
        }
        return desks_.reading.Hits(found, NameOf(*context), request->text());
    });
}

grpc::Status GrpcKnowledge::OpenArticle(grpc::ServerContext* context, const v1::OpenArticleRequest* request,
                                        v1::Article* response) {
    return Answer(desks_, "OpenArticle", response, [&] {
        return desks_.reading.Open({"", NameOf(*context), desks_.clock.Now()}, request->article_id(),
                                   request->contact_id().substr(0, 100));
    });
}

grpc::Status GrpcKnowledge::SetFavourite(grpc::ServerContext* context, const v1::SetFavouriteRequest* request,
                                         v1::SetFavouriteResponse*) {
    return rpc::ToGrpc(desks_.reading.SetFavourite(NameOf(*context), request->article_id(), request->favourite()));
}

grpc::Status GrpcKnowledge::ListFavourites(grpc::ServerContext* context, const v1::ListFavouritesRequest*,
                                           v1::SearchArticlesResponse* response) {
    return Answer(desks_, "ListFavourites", response, [&]() -> Result<v1::SearchArticlesResponse> {
        const auto found = desks_.reading.Favourites(NameOf(*context));
        return found.ok() ? desks_.reading.Hits(*found, NameOf(*context), "")
                          : Result<v1::SearchArticlesResponse>(found.error());
    });
}

grpc::Status GrpcKnowledge::RateArticle(grpc::ServerContext* context, const v1::RateArticleRequest* request,
                                        v1::Article* response) {
    return Answer(desks_, "RateArticle", response, [&]() -> Result<v1::Article> {
        if (request->comment().size() > 2000) {
            return BadField("a comment may have 2000 bytes");
        }
        return desks_.reading.Rate({"", NameOf(*context), desks_.clock.Now()}, *request);
    });
}

grpc::Status GrpcKnowledge::SendArticle(grpc::ServerContext* context, const v1::SendArticleRequest* request,
                                        v1::SendArticleResponse* response) {
    return Answer(desks_, "SendArticle", response, [&]() -> Result<v1::SendArticleResponse> {
        if (request->request_id().empty() || request->request_id().size() > 100 || request->channel() < v1::SMS ||
            request->channel() > v1::CHAT) {
            return BadField("request_id and channel (SMS, EMAIL, FAX, CHAT) must be given");
        }
        const auto recipient = CheckRecipient(static_cast<Channel>(request->channel()), request->recipient());
        if (!recipient.ok()) {
            return recipient.error();
        }
        const auto sent =
            desks_.reading.Send({request->request_id(), NameOf(*context), desks_.clock.Now()}, *request, *recipient);
        if (!sent.ok()) {
            return sent.error();
        }
        v1::SendArticleResponse answer;
        answer.set_send_id(*sent);
        return answer;
    });
}

grpc::Status GrpcKnowledge::GetAttachment(grpc::ServerContext*, const v1::GetAttachmentRequest* request,
                                          grpc::ServerWriter<v1::AttachmentPart>* writer) {
    constexpr size_t kPart = 256 * 1024;
    auto whole = desks_.reading.Attachment(request->article_id(), request->attachment_id());
    if (!whole.ok()) {
        return rpc::ToGrpc(whole.error());
    }
    const std::string data = std::move(*whole->mutable_data());
    for (size_t begin = 0; begin < data.size(); begin += kPart) {
        whole->set_data(data.substr(begin, kPart));
        if (!writer->Write(*whole)) {
            return grpc::Status::CANCELLED;
        }
        whole->clear_name();
        whole->clear_media_type();
    }
    return grpc::Status::OK;
}

}  // namespace trunkline::knowledge
