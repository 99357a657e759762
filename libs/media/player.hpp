// Plays clips one after the other into 20 ms frames, without a gap between them.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "media/frame.hpp"
#include "media/prompt_cache.hpp"
#include "media/tone.hpp"
#include "media/types.hpp"

namespace trunkline::media {

// A clip ready to play: a prompt (perhaps still loading), a tone, or silence if neither.
struct Piece {
    std::shared_ptr<const Prompt> prompt;
    std::optional<Tone> tone;
    // Length of tone or silence; a prompt knows its own.
    size_t samples = 0;
};

class Player {
 public:
    enum class Progress { kPlaying, kFinished, kFailed };

    void Start(std::vector<Piece> pieces, bool loop);
    // More pieces after the last one.
    void Add(std::vector<Piece> pieces);
    void Stop();
    bool active() const { return active_; }

    // The next 20 ms; silence while a prompt is loading and after the end. After kFinished or kFailed it is not active.
    Progress Fill(Frame& frame);

 private:
    // How much of the present piece went into `room`; nothing if it has to wait.
    size_t Copy(const Piece& piece, std::span<int16_t> room);
    bool NextPiece();

    std::vector<Piece> pieces_;
    std::optional<ToneGenerator> generator_;
    size_t piece_ = 0;
    size_t offset_ = 0;
    bool loop_ = false;
    bool active_ = false;
    // A loop of nothing but empty files must not turn for ever.
    bool sounded_ = false;
};

}  // namespace trunkline::media
