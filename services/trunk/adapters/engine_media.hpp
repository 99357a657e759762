// The audio of legs on the media engine.
#pragma once
#include "media/engine.hpp"
#include "trunk/adapters/prompt_store.hpp"
#include "trunk/app/ports.hpp"

namespace trunkline::trunk {

class EngineMedia final : public MediaPort {
 public:
    EngineMedia(media::Engine& engine, const PromptStore& prompts) : engine_(engine), prompts_(prompts) {}

    Status Play(const effect::StartPlay& play) override;
    void StopPlay(const LegId& leg, const std::string& play_id) override;
    void Connect(const CallId& call, const LegId& leg) override;
    void SetMatrix(const CallId& call, const effect::SetMatrix& matrix) override;
    void EndBridge(const CallId& call) override;
    void Disconnect(const LegId& leg) override;
    Status SendDigits(const LegId& leg, const std::string& digits) override;

 private:
    Result<media::Clip> ClipOf(const PromptItem& item) const;

    media::Engine& engine_;
    const PromptStore& prompts_;
};

}  // namespace trunkline::trunk
