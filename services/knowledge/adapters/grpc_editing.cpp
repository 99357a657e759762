// For authors and reviewers. What changes the shelf is in the index before the answer leaves.
#include <openssl/evp.h>

#include "knowledge/adapters/grpc_answer.hpp"
#include "knowledge/domain/media_type.hpp"

namespace trunkline::knowledge {
namespace {

constexpr size_t kAttachment = 3 * 1024 * 1024;

std::string Sha256(const std::string& data) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_Digest(data.data(), data.size(), digest, &size, EVP_sha256(), nullptr);
    std::string hex;
    char pair[3];
    for (unsigned int i = 0; i < size; ++i) {
        std::snprintf(pair, sizeof pair, "%02x", digest[i]);
        hex += pair;
    }
    return hex;
}

// The change is committed; a failed refresh is made up for by the next round.
template <class Value>
Result<Value> Refreshed(SearchBook& book, Result<Value> result) {
    if (result.ok()) {
        (void)book.Refresh().ok();
    }
    return result;
}

}  // namespace

grpc::Status GrpcEditing::PutCategory(grpc::ServerContext*, const v1::PutCategoryRequest* request,
                                      v1::Category* response) {
    return Answer(desks_, "PutCategory", response, [&]() -> Result<v1::Category> {
        if (request->category().title().empty() || request->category().title().size() > 200) {
            return BadField("a category needs a title of at most 200 bytes");
        }
        return Refreshed(desks_.book, desks_.reading.PutCategory(*request));
    });
}

grpc::Status GrpcEditing::DeleteCategory(grpc::ServerContext*, const v1::DeleteCategoryRequest* request,
                                         v1::DeleteCategoryResponse*) {
    return rpc::ToGrpc(desks_.reading.DeleteCategory(request->category_id()));
}

grpc::Status GrpcEditing::CreateArticle(grpc::ServerContext* context, const v1::CreateArticleRequest* request,
                                        v1::Article* response) {
    return Answer(desks_, "CreateArticle", response, [&] {
        return desks_.editing.Create(NameOf(*context), request->request_id(), ContentOf(request->article()));
    });
}

grpc::Status GrpcEditing::SaveArticle(grpc::ServerContext* context, const v1::SaveArticleRequest* request,
                                      v1::Article* response) {
    return Answer(desks_, "SaveArticle", response, [&] {
        Article wanted;
        wanted.id = request->article().article_id();
        wanted.version = static_cast<int>(request->article().version());
        wanted.content = ContentOf(request->article());
        wanted.note = request->note();
        return desks_.editing.Save(NameOf(*context), request->request_id(), wanted);
    });
}

grpc::Status GrpcEditing::GetArticle(grpc::ServerContext*, const v1::GetArticleRequest* request,
                                     v1::Article* response) {
    return Answer(desks_, "GetArticle", response,
                  [&] { return desks_.reading.View(request->article_id(), static_cast<int>(request->version())); });
}

grpc::Status GrpcEditing::ListArticles(grpc::ServerContext*, const v1::ListArticlesRequest* request,
                                       v1::ListArticlesResponse* response) {
    return Answer(desks_, "ListArticles", response, [&] {
        const uint32_t size = request->page_size();
        return desks_.reading.List(*request, size == 0 ? 50 : static_cast<int>(std::min<uint32_t>(size, 200)));
    });
}

grpc::Status GrpcEditing::SubmitArticle(grpc::ServerContext* context, const v1::SubmitArticleRequest* request,
                                        v1::Article* response) {
    return Answer(desks_, "SubmitArticle", response,
                  [&] { return desks_.editing.Submit(NameOf(*context), request->article_id()); });
}

grpc::Status GrpcEditing::ReviewArticle(grpc::ServerContext* context, const v1::ReviewArticleRequest* request,
                                        v1::Article* response) {
    return Answer(desks_, "ReviewArticle", response, [&] {
        return Refreshed(desks_.book, desks_.editing.Review(NameOf(*context), request->article_id(), request->publish(),
                                                            request->note()));
    });
}

grpc::Status GrpcEditing::WithdrawArticle(grpc::ServerContext* context, const v1::WithdrawArticleRequest* request,
                                          v1::Article* response) {
    return Answer(desks_, "WithdrawArticle", response, [&] {
        return Refreshed(desks_.book, desks_.editing.Withdraw(NameOf(*context), request->article_id()));
    });
}

grpc::Status GrpcEditing::ListVersions(grpc::ServerContext*, const v1::ListVersionsRequest* request,
                                       v1::ListVersionsResponse* response) {
    return Answer(desks_, "ListVersions", response, [&] { return desks_.reading.Versions(request->article_id()); });
}

grpc::Status GrpcEditing::CompareVersions(grpc::ServerContext*, const v1::CompareVersionsRequest* request,
                                          v1::CompareVersionsResponse* response) {
    const auto lines = desks_.editing.CompareVersions(request->article_id(), static_cast<int>(request->from_version()),
                                                      static_cast<int>(request->to_version()));
    if (!lines.ok()) {
        return rpc::ToGrpc(lines.error());
    }
    for (const DiffLine& line : *lines) {
        auto& proto = *response->add_lines();
        proto.set_change(static_cast<v1::DiffLine::Change>(line.change));
        proto.set_text(line.text);
    }
    return grpc::Status::OK;
}

grpc::Status GrpcEditing::AddAttachment(grpc::ServerContext*, const v1::AddAttachmentRequest* request,
                                        v1::Article* response) {
    return Answer(desks_, "AddAttachment", response, [&]() -> Result<v1::Article> {
        const std::string& name = request->name();
        if (name.empty() || name.size() > 200 || name.find_first_of("/\\\r\n") != std::string::npos) {
            return BadField("an attachment needs a plain file name of at most 200 bytes");
        }
        if (request->data().size() > kAttachment) {
            return Error{Code::kInvalidArgument, "FILE_TOO_LARGE", "an attachment may have 3 MiB"};
        }
        const std::string type = MediaTypeOf(request->data(), name);
        if (type.empty()) {
            return Error{Code::kInvalidArgument, "FILE_TYPE",
                         "only PDF, PNG, JPEG, plain text and Office files are taken"};
        }
        return desks_.reading.AddAttachment(*request, type, Sha256(request->data()));
    });
}

grpc::Status GrpcEditing::RemoveAttachment(grpc::ServerContext*, const v1::RemoveAttachmentRequest* request,
                                           v1::Article* response) {
    return Answer(desks_, "RemoveAttachment", response,
                  [&] { return desks_.reading.RemoveAttachment(request->article_id(), request->attachment_id()); });
}

}  // namespace trunkline::knowledge
