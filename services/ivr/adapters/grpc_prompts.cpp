// The API of prompts.
#include "ivr/adapters/grpc_prompts.hpp"

#include "rpc/rpc.hpp"

namespace trunkline::ivr {

grpc::Status GrpcPrompts::RenderPrompt(grpc::ServerContext*, const v1::RenderPromptRequest* request,
                                       v1::Prompt* response) {
    const Text text{request->text(), request->language()};
    Problems problems;
    problems.ExpectText(text);
    problems.Expect(!text.language.empty(), "language is empty; use zh or en");
    if (!problems.all().empty()) {
        const Problem& first = problems.all().front();
        return rpc::ToGrpc(Error{Code::kInvalidArgument, first.reason, first.message});
    }
    return Answer(desk_.Speak(text), *response);
}

grpc::Status GrpcPrompts::UploadPrompt(grpc::ServerContext*, const v1::UploadPromptRequest* request,
                                       v1::Prompt* response) {
    return Answer(desk_.Upload({request->wav().begin(), request->wav().end()}, request->title()), *response);
}

// The caller is going to have it played, so it must be at the gateway.
grpc::Status GrpcPrompts::Answer(const Result<Prompt>& prompt, v1::Prompt& response) {
    if (!prompt) return rpc::ToGrpc(prompt.error());
    if (const Status pushed = desk_.Push({prompt->id}); !pushed) return rpc::ToGrpc(pushed);
    response.set_prompt_id(prompt->id.sha256);
    response.set_duration_millis(prompt->duration_millis);
    return grpc::Status::OK;
}

}  // namespace trunkline::ivr
