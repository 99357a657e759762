// The inside of the engine, shared by the files that carry out its commands.
#pragma once
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "media/engine.hpp"
#include "media/engine_counters.hpp"
#include "media/journal_writer.hpp"
#include "media/media_thread.hpp"
#include "media/prompt_cache.hpp"
#include "rtp/port_allocator.hpp"
#include "webrtc/certificate.hpp"

namespace trunkline::media {

inline constexpr int kBindAttempts = 16;

inline Error NotFound(const char* reason, const std::string& id) {
    return {Code::kNotFound, reason, "the media engine does not know '" + id + "'"};
}

struct LegEntry {
    MediaThread* home = nullptr;
    uint16_t port = 0;
};

struct RecordingEntry {
    std::shared_ptr<Journal> journal;
    size_t legs = 0;
    std::vector<LegId> members;
};

struct LineEntry {
    std::shared_ptr<Line> line;
    LegId holder;
    uint64_t turn = 0;
};

class Engine::Impl {
 public:
    Impl(EngineOptions options, const Clock& clock, EventSink events);

    void Stop();
    Result<LegMedia> OpenLeg(const LegId& leg, const OpenOptions& options);
    Status CloseLeg(const LegId& leg);
    Status OnLeg(const LegId& leg, MediaThread::LegCommand command);
    Result<std::vector<Piece>> Pieces(const std::vector<Clip>& clips);
    Status Connect(const BridgeId& bridge, const LegId& leg);
    Status OnBridge(const BridgeId& bridge, MediaThread::Command command);
    Status EndBridge(const BridgeId& bridge);
    Status Record(const RecordingId& recording, const std::filesystem::path& path);
    Status AddToRecording(const RecordingId& recording, const LegId& leg, Side side);
    Status RemoveFromRecording(const RecordingId& recording, const LegId& leg);
    Status PauseRecording(const RecordingId& recording, bool paused);
    Status StopRecording(const RecordingId& recording);
    EngineTotals Totals() const;

    // ---- engine_lines.cpp ----
    Result<LineMedia> OpenLine(const LegId& line);
    Status OpenLineLeg(const LegId& leg, const LineLegOptions& options);
    Status ConnectLine(const LegId& line, const webrtc::SessionParameters& parameters);
    Status LendLine(const LegId& line, const LegId& leg);
    const webrtc::Certificate& certificate() const { return certificate_; }

 private:
    LegContext Context() { return {clock_, tell_, counters_, options_.media_timeout}; }
    Result<UdpSocket> BindOne(rtp::Address& local);
    void Lend(const LegId& line, const LegId& leg);
    // The books of a leg that is being closed.
    void TakeBackLine(const LegId& leg);
    Result<LegPorts> BindPair(rtp::Address& local);
    Status Send(const LegId& leg, MediaThread::LegCommand command);
    MediaThread& ThreadOf(const BridgeId& bridge, MediaThread& otherwise);

    const EngineOptions options_;
    const Clock& clock_;
    const EventSink tell_;
    EngineCounters counters_;
    const webrtc::Certificate certificate_;

    // Everything below is guarded; the threads have locks of their own.
    mutable std::mutex mutex_;
    rtp::PortAllocator ports_;
    std::random_device random_;
    std::unordered_map<LegId, LegEntry> legs_;
    std::unordered_map<LegId, LineEntry> lines_;
    std::unordered_map<BridgeId, MediaThread*> bridges_;
    std::unordered_map<RecordingId, RecordingEntry> recordings_;
    size_t next_thread_ = 0;

    PromptCache prompts_;
    JournalWriter journals_;
    std::vector<std::unique_ptr<MediaThread>> threads_;
};

}  // namespace trunkline::media
