// The API of prompts: trunkline.ivr.v1.Prompts.
#pragma once
#include "ivr/app/prompt_desk.hpp"
#include "trunkline/ivr/v1/ivr.grpc.pb.h"

namespace trunkline::ivr {

class GrpcPrompts final : public v1::Prompts::Service {
 public:
    explicit GrpcPrompts(PromptDesk& desk) : desk_(desk) {}

    grpc::Status RenderPrompt(grpc::ServerContext* context, const v1::RenderPromptRequest* request,
                              v1::Prompt* response) override;
    grpc::Status UploadPrompt(grpc::ServerContext* context, const v1::UploadPromptRequest* request,
                              v1::Prompt* response) override;

 private:
    grpc::Status Answer(const Result<Prompt>& prompt, v1::Prompt& response);

    PromptDesk& desk_;
};

}  // namespace trunkline::ivr
