// Plays clips one after the other.
#include "media/player.hpp"

#include <algorithm>
#include <iterator>

namespace trunkline::media {

void Player::Start(std::vector<Piece> pieces, bool loop) {
    Stop();
    pieces_ = std::move(pieces);
    loop_ = loop;
    active_ = !pieces_.empty();
}

void Player::Add(std::vector<Piece> pieces) {
    if (!active_) {
        Start(std::move(pieces), false);
        return;
    }
    std::move(pieces.begin(), pieces.end(), std::back_inserter(pieces_));
}

void Player::Stop() { *this = Player(); }

Player::Progress Player::Fill(Frame& frame) {
    frame.fill(0);
    std::span<int16_t> room(frame);
    while (active_ && !room.empty()) {
        const Piece& piece = pieces_[piece_];
        if (piece.prompt) {
            const auto state = piece.prompt->state.load();
            if (state == Prompt::State::kLoading) return Progress::kPlaying;
            if (state == Prompt::State::kFailed) {
                Stop();
                return Progress::kFailed;
            }
        }
        const size_t copied = Copy(piece, room);
        sounded_ = sounded_ || copied > 0;
        room = room.subspan(copied);
        if (!room.empty() && !NextPiece()) Stop();
    }
    return active_ ? Progress::kPlaying : Progress::kFinished;
}

size_t Player::Copy(const Piece& piece, std::span<int16_t> room) {
    const size_t length = piece.prompt ? piece.prompt->samples.size() : piece.samples;
    const size_t count = std::min(room.size(), length - offset_);
    if (piece.prompt) {
        std::copy_n(piece.prompt->samples.begin() + static_cast<std::ptrdiff_t>(offset_), count, room.begin());
    } else if (piece.tone) {
        if (!generator_) generator_.emplace(*piece.tone);
        generator_->Fill(room.first(count));
    }
    offset_ += count;
    return count;
}

bool Player::NextPiece() {
    generator_.reset();
    offset_ = 0;
    if (++piece_ < pieces_.size()) return true;
    piece_ = 0;
    const bool again = loop_ && sounded_;
    sounded_ = false;
    return again;
}

}  // namespace trunkline::media
