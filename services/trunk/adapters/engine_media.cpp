// Prompts to clips, calls to bridges.
#include "trunk/adapters/engine_media.hpp"

namespace trunkline::trunk {
namespace {

int Millis(Duration length) {
    return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(length).count());
}

}  // namespace

Result<media::Clip> EngineMedia::ClipOf(const PromptItem& item) const {
    if (const auto* prompt = std::get_if<PromptReference>(&item)) {
        if (!prompts_.Has(prompt->id)) {
            return Error{Code::kNotFound, "PROMPT_MISSING", "prompt " + prompt->id + " is not stored; PutPrompt it"};
        }
        return media::Clip(media::WavClip{prompts_.PathOf(prompt->id)});
    }
    if (const auto* silence = std::get_if<SilenceItem>(&item)) {
        return media::Clip(media::SilenceClip{Millis(silence->length)});
    }
    if (const auto* tone = std::get_if<ToneItem>(&item)) {
        media::Tone sine;
        sine.first_hz = tone->hertz;
        return media::Clip(media::ToneClip{sine, Millis(tone->length)});
    }
    return media::Clip(media::WavClip{prompts_.Music()});
}

Status EngineMedia::Play(const effect::StartPlay& play) {
    std::vector<media::Clip> clips;
    for (const PromptItem& item : play.items) {
        auto clip = ClipOf(item);
        if (!clip.ok()) {
            return clip.error();
        }
        clips.push_back(std::move(*clip));
    }
    return engine_.Play(play.leg, media::PlayId(play.play_id), std::move(clips), {play.loop, play.barge_in});
}

void EngineMedia::StopPlay(const LegId& leg, const std::string& play_id) {
    (void)engine_.StopPlay(leg, media::PlayId(play_id));
}

void EngineMedia::Connect(const CallId& call, const LegId& leg) {
    (void)engine_.Connect(media::BridgeId(call.str()), leg);
}

void EngineMedia::SetMatrix(const CallId& call, const effect::SetMatrix& matrix) {
    std::vector<media::Deaf> holes;
    for (const effect::Deaf& hole : matrix.holes) {
        holes.push_back({hole.listener, hole.speaker});
    }
    (void)engine_.SetMatrix(media::BridgeId(call.str()), std::move(holes));
}

void EngineMedia::EndBridge(const CallId& call) { (void)engine_.EndBridge(media::BridgeId(call.str())); }

void EngineMedia::Disconnect(const LegId& leg) { (void)engine_.Disconnect(leg); }

Status EngineMedia::SendDigits(const LegId& leg, const std::string& digits) { return engine_.SendDigits(leg, digits); }

}  // namespace trunkline::trunk
