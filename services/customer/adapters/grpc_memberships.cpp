// Wishes in, statement lines out.
#include "customer/adapters/grpc_memberships.hpp"

#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/grpc_answer.hpp"

namespace trunkline::customer {

template <class Request>
grpc::Status GrpcMemberships::Post(const grpc::ServerContext& context, const Request& request, const Wish& wish,
                                   v1::PostingResult* response) {
    return AnswerWith(
        clock_, observer_, "Post",
        [&] {
            StatementLine texts;
            texts.reason = request.reason();
            texts.reference = request.reference();
            return desk_.Post(rpc::CallerOf(context).Name(), request.request_id(), request.account_id(), wish, texts);
        },
        [&](const PostedLine& posted) {
            *response->mutable_account() = ToProto(posted.account);
            *response->mutable_line() = ToProto(posted.line);
        });
}

grpc::Status GrpcMemberships::OpenAccount(grpc::ServerContext* context, const v1::OpenAccountRequest* request,
                                          v1::Account* response) {
    return AnswerWith(
        clock_, observer_, "OpenAccount",
        [&] {
            Account account;
            account.customer = CustomerId{request->customer_id()};
            account.card_number = request->card_number();
            account.unit = static_cast<int>(request->unit());
            return desk_.Open(rpc::CallerOf(*context).Name(), request->request_id(), account);
        },
        [&](const Account& account) { *response = ToProto(account); });
}

grpc::Status GrpcMemberships::CloseAccount(grpc::ServerContext* context, const v1::CloseAccountRequest* request,
                                           v1::Account* response) {
    return AnswerWith(
        clock_, observer_, "CloseAccount",
        [&] { return desk_.Close(rpc::CallerOf(*context).Name(), request->request_id(), request->account_id()); },
        [&](const Account& account) { *response = ToProto(account); });
}

grpc::Status GrpcMemberships::Earn(grpc::ServerContext* context, const v1::EarnRequest* request,
                                   v1::PostingResult* response) {
    Wish wish{PostingKind::kEarn, request->amount(), {}};
    if (request->has_expire_time()) {
        wish.expires = FromTimestamp(request->expire_time());
    }
    return Post(*context, *request, wish, response);
}

grpc::Status GrpcMemberships::Redeem(grpc::ServerContext* context, const v1::RedeemRequest* request,
                                     v1::PostingResult* response) {
    return Post(*context, *request, {PostingKind::kRedeem, request->amount(), {}}, response);
}

grpc::Status GrpcMemberships::Correct(grpc::ServerContext* context, const v1::CorrectRequest* request,
                                      v1::PostingResult* response) {
    return Post(*context, *request, {PostingKind::kCorrect, request->amount(), {}}, response);
}

grpc::Status GrpcMemberships::GetAccount(grpc::ServerContext*, const v1::GetAccountRequest* request,
                                         v1::Account* response) {
    return AnswerWith(
        clock_, observer_, "GetAccount", [&] { return desk_.store().Find(request->account_id()); },
        [&](const Account& account) { *response = ToProto(account); });
}

grpc::Status GrpcMemberships::ListAccounts(grpc::ServerContext*, const v1::ListAccountsRequest* request,
                                           v1::ListAccountsResponse* response) {
    return AnswerWith(
        clock_, observer_, "ListAccounts", [&] { return desk_.store().Of(CustomerId{request->customer_id()}); },
        [&](const std::vector<Account>& accounts) {
            for (const Account& account : accounts) {
                *response->add_accounts() = ToProto(account);
            }
        });
}

grpc::Status GrpcMemberships::GetStatement(grpc::ServerContext*, const v1::GetStatementRequest* request,
                                           v1::GetStatementResponse* response) {
    return AnswerWith(
        clock_, observer_, "GetStatement",
        [&]() -> Result<Statement> {
            const std::string& token = request->page_token();
            if (token.size() > 12 || token.find_first_not_of("0123456789") != std::string::npos) {
                return Error{Code::kInvalidArgument, "BAD_PAGE_TOKEN", "this page token was not given here"};
            }
            return desk_.store().Lines(request->account_id(), PageSize(request->page_size(), 50, 500),
                                       token.empty() ? 0 : std::stoll(token));
        },
        [&](const Statement& statement) {
            *response->mutable_account() = ToProto(statement.account);
            for (const StatementLine& line : statement.lines) {
                *response->add_lines() = ToProto(line);
            }
            response->set_next_page_token(statement.next == 0 ? "" : std::to_string(statement.next));
        });
}

grpc::Status GrpcMemberships::ReadStatement(grpc::ServerContext*, const v1::ReadStatementRequest* request,
                                            v1::ReadStatementResponse* response) {
    return AnswerWith(
        clock_, observer_, "ReadStatement",
        [&] {
            return desk_.Read(request->number(), request->card_number(), request->language(),
                              PageSize(request->movements(), 3, 10));
        },
        [&](const std::pair<std::string, int>& read) {
            response->set_text(read.first);
            response->set_accounts(static_cast<uint32_t>(read.second));
        });
}

}  // namespace trunkline::customer
