// The media engine: checks commands, keeps the books of what exists, and hands the work to the threads.
#include "media/engine.hpp"

#include <algorithm>
#include <utility>

#include "media/engine_impl.hpp"

namespace trunkline::media {
namespace {

constexpr size_t kMostRecordedLegs = 255;  // 255 itself stands for prompts

Error Busy() {
    return {Code::kResourceExhausted, "MEDIA_BUSY", "the command queue of a media thread is full; add media threads"};
}

Status CheckDigits(std::string_view digits) {
    if (digits.find_first_not_of("0123456789*#ABCD,") == std::string_view::npos) return {};
    return Error{Code::kInvalidArgument, "INVALID_DIGIT", "digits are 0-9 * # A-D and ',' for a pause"};
}

}  // namespace

Engine::Impl::Impl(EngineOptions options, const Clock& clock, EventSink events)
    : options_(std::move(options)),
      clock_(clock),
      tell_(std::move(events)),
      ports_(options_.first_port, options_.last_port, options_.port_rest),
      prompts_(clock),
      journals_(clock, tell_) {
    for (int i = 0; i < std::clamp(options_.threads, 1, 64); ++i) {
        threads_.push_back(std::make_unique<MediaThread>(Context(), options_.queue_limit));
    }
}

void Engine::Impl::Stop() {
    for (auto& thread : threads_) thread->Stop();
    // A leg may have been on its way from one thread to another.
    for (bool busy = true; busy;) {
        busy = false;
        for (auto& thread : threads_) busy = thread->RunCommands() || busy;
    }
    for (auto& thread : threads_) thread->CloseLegs();
    journals_.Stop();
    prompts_.Stop();
}

Result<LegPorts> Engine::Impl::BindPair(rtp::Address& local) {
    Error last;
    for (int attempt = 0; attempt < kBindAttempts; ++attempt) {
        auto port = ports_.Acquire(clock_.SteadyNow());
        if (!port) return port.error();
        local.port = *port;
        rtp::Address control = local;
        ++control.port;
        auto first = UdpSocket::Bind(local);
        auto second = UdpSocket::Bind(control);
        if (first && second) {
            return LegPorts{std::move(*first), std::move(*second), random_(), static_cast<uint16_t>(random_()),
                            random_()};
        }
        // Another program sits on the pair: it rests like a used one, then is tried again.
        ports_.Release(*port, clock_.SteadyNow());
        last = first ? second.error() : first.error();
        if (last.reason != "ADDRESS_IN_USE") break;
    }
    return last;
}

Result<LegMedia> Engine::Impl::OpenLeg(const LegId& leg, const OpenOptions& options) {
    auto local = rtp::MakeAddress(options.local_ip.empty() ? options_.local_ip : options.local_ip, 0);
    if (!local) return local.error();
    const std::scoped_lock lock(mutex_);
    if (legs_.contains(leg)) return Error{Code::kAlreadyExists, "LEG_EXISTS", "leg " + leg.str() + " is open already"};
    auto ports = BindPair(*local);
    if (!ports) return ports.error();
    MediaThread& home = *threads_[next_thread_++ % threads_.size()];
    home.Adopt(std::make_unique<Leg>(leg, std::move(*ports), options.source_mode, Context()));
    legs_[leg] = {&home, local->port};
    return LegMedia{*local};
}

Status Engine::Impl::CloseLeg(const LegId& leg) {
    const std::scoped_lock lock(mutex_);
    const auto found = legs_.find(leg);
    if (found == legs_.end()) return NotFound("LEG_NOT_FOUND", leg.str());
    // Never refused: a leg that cannot be closed would keep its port for ever.
    found->second.home->Push([leg](MediaThread& thread) { thread.CloseLeg(leg); });
    if (found->second.port != 0) ports_.Release(found->second.port, clock_.SteadyNow());
    TakeBackLine(leg);
    legs_.erase(found);
    return {};
}

Status Engine::Impl::OnLeg(const LegId& leg, MediaThread::LegCommand command) {
    const std::scoped_lock lock(mutex_);
    return Send(leg, std::move(command));
}

Status Engine::Impl::Send(const LegId& leg, MediaThread::LegCommand command) {
    const auto found = legs_.find(leg);
    if (found == legs_.end()) return NotFound("LEG_NOT_FOUND", leg.str());
    const auto run = [leg, command = std::move(command)](MediaThread& thread) { thread.WithLeg(leg, command); };
    if (!found->second.home->Post(run)) return Busy();
    return {};
}

Result<std::vector<Piece>> Engine::Impl::Pieces(const std::vector<Clip>& clips) {
    std::vector<Piece> pieces;
    for (const Clip& clip : clips) {
        int millis = 0;
        Piece piece;
        if (const auto* wav = std::get_if<WavClip>(&clip)) piece.prompt = prompts_.Get(wav->path);
        if (const auto* silence = std::get_if<SilenceClip>(&clip)) millis = silence->millis;
        if (const auto* tone = std::get_if<ToneClip>(&clip)) {
            millis = tone->millis;
            piece.tone = tone->tone;
        }
        if (millis < 0) return Error{Code::kInvalidArgument, "INVALID_CLIP", "the length of a clip is negative"};
        piece.samples = static_cast<size_t>(millis) * kSamplesPerMilli;
        pieces.push_back(std::move(piece));
    }
    if (pieces.empty()) return Error{Code::kInvalidArgument, "INVALID_CLIP", "there is nothing to play"};
    return pieces;
}

MediaThread& Engine::Impl::ThreadOf(const BridgeId& bridge, MediaThread& otherwise) {
    return *bridges_.try_emplace(bridge, &otherwise).first->second;
}

Status Engine::Impl::Connect(const BridgeId& bridge, const LegId& leg) {
    const std::scoped_lock lock(mutex_);
    const auto found = legs_.find(leg);
    if (found == legs_.end()) return NotFound("LEG_NOT_FOUND", leg.str());
    MediaThread& owner = ThreadOf(bridge, *found->second.home);
    return Send(leg, [bridge, &owner](MediaThread& thread, Leg& joining) { thread.Connect(bridge, owner, joining); });
}

Status Engine::Impl::OnBridge(const BridgeId& bridge, MediaThread::Command command) {
    const std::scoped_lock lock(mutex_);
    if (!ThreadOf(bridge, *threads_[next_thread_ % threads_.size()]).Post(std::move(command))) return Busy();
    return {};
}

Status Engine::Impl::EndBridge(const BridgeId& bridge) {
    const std::scoped_lock lock(mutex_);
    const auto found = bridges_.find(bridge);
    if (found == bridges_.end()) return NotFound("BRIDGE_NOT_FOUND", bridge.str());
    found->second->Push([bridge](MediaThread& thread) { thread.EndBridge(bridge); });
    bridges_.erase(found);
    return {};
}

Status Engine::Impl::Record(const RecordingId& recording, const std::filesystem::path& path) {
    const std::scoped_lock lock(mutex_);
    if (recordings_.contains(recording)) {
        return Error{Code::kAlreadyExists, "RECORDING_EXISTS", "recording " + recording.str() + " runs already"};
    }
    recordings_[recording].journal = journals_.Open(recording, path);
    return {};
}

Status Engine::Impl::AddToRecording(const RecordingId& recording, const LegId& leg, Side side) {
    const std::scoped_lock lock(mutex_);
    const auto found = recordings_.find(recording);
    if (found == recordings_.end()) return NotFound("RECORDING_NOT_FOUND", recording.str());
    RecordingEntry& entry = found->second;
    const auto number = static_cast<uint8_t>(std::min(entry.legs++, kMostRecordedLegs - 1));
    entry.members.push_back(leg);
    return Send(leg, [journal = entry.journal, side, number](MediaThread&, Leg& recorded) {
        recorded.RemoveTap(journal.get());
        recorded.AddTap(RecordingTap(journal, side, number));
    });
}

Status Engine::Impl::RemoveFromRecording(const RecordingId& recording, const LegId& leg) {
    const std::scoped_lock lock(mutex_);
    const auto found = recordings_.find(recording);
    if (found == recordings_.end()) return NotFound("RECORDING_NOT_FOUND", recording.str());
    std::erase(found->second.members, leg);
    return Send(leg,
                [journal = found->second.journal](MediaThread&, Leg& recorded) { recorded.RemoveTap(journal.get()); });
}

Status Engine::Impl::PauseRecording(const RecordingId& recording, bool paused) {
    const std::scoped_lock lock(mutex_);
    const auto found = recordings_.find(recording);
    if (found == recordings_.end()) return NotFound("RECORDING_NOT_FOUND", recording.str());
    found->second.journal->Pause(paused, clock_.SteadyNow());
    return {};
}

Status Engine::Impl::StopRecording(const RecordingId& recording) {
    const std::scoped_lock lock(mutex_);
    const auto found = recordings_.find(recording);
    if (found == recordings_.end()) return NotFound("RECORDING_NOT_FOUND", recording.str());
    const auto journal = found->second.journal;
    journals_.Close(journal);
    // A tap left behind does no harm: a closed journal takes nothing.
    for (const LegId& leg : found->second.members) {
        static_cast<void>(Send(leg, [journal](MediaThread&, Leg& recorded) { recorded.RemoveTap(journal.get()); }));
    }
    recordings_.erase(found);
    return {};
}

EngineTotals Engine::Impl::Totals() const {
    EngineTotals totals;
    totals.packets_received = counters_.packets_received;
    totals.packets_sent = counters_.packets_sent;
    totals.packets_relayed = counters_.packets_relayed;
    totals.foreign_dropped = counters_.foreign_dropped;
    totals.malformed_dropped = counters_.malformed_dropped;
    totals.late_ticks = counters_.late_ticks;
    totals.recording_bytes = journals_.totals().bytes;
    totals.recording_gaps = journals_.totals().gaps;
    const std::scoped_lock lock(mutex_);
    totals.legs = legs_.size();
    totals.recordings = recordings_.size();
    totals.free_ports = ports_.FreeShare(clock_.SteadyNow());
    return totals;
}

Engine::Engine(EngineOptions options, const Clock& clock, EventSink events)
    : impl_(std::make_unique<Impl>(std::move(options), clock, std::move(events))) {}

Engine::~Engine() { Stop(); }

void Engine::Stop() { impl_->Stop(); }

Result<LegMedia> Engine::OpenLeg(const LegId& leg, const OpenOptions& options) { return impl_->OpenLeg(leg, options); }

Status Engine::SetRemote(const LegId& leg, const Remote& remote) {
    return impl_->OnLeg(leg, [remote](MediaThread& thread, Leg& changed) {
        changed.SetRemote(remote, thread.now());
        thread.RefreshBridge(changed);
    });
}

Status Engine::CloseLeg(const LegId& leg) { return impl_->CloseLeg(leg); }

Status Engine::Mute(const LegId& leg, bool muted) {
    return impl_->OnLeg(leg, [muted](MediaThread&, Leg& changed) { changed.Mute(muted); });
}

Status Engine::Play(const LegId& leg, const PlayId& play, std::vector<Clip> clips, const PlayOptions& options) {
    auto pieces = impl_->Pieces(clips);
    if (!pieces) return pieces.error();
    return impl_->OnLeg(leg, [play, pieces = std::move(*pieces), options](MediaThread&, Leg& listener) {
        listener.Play(play, pieces, options);
    });
}

Status Engine::StopPlay(const LegId& leg, const PlayId& play) {
    return impl_->OnLeg(leg, [play](MediaThread&, Leg& listener) { listener.StopPlay(play); });
}

Status Engine::SendDigits(const LegId& leg, std::string_view digits) {
    if (auto status = CheckDigits(digits); !status) return status;
    return impl_->OnLeg(leg, [text = std::string(digits)](MediaThread&, Leg& peer) { peer.SendDigits(text); });
}

Status Engine::Connect(const BridgeId& bridge, const LegId& leg) { return impl_->Connect(bridge, leg); }

Status Engine::Disconnect(const LegId& leg) {
    return impl_->OnLeg(leg, [](MediaThread& thread, Leg& leaving) { thread.Disconnect(leaving); });
}

Status Engine::SetMatrix(const BridgeId& bridge, std::vector<Deaf> holes) {
    return impl_->OnBridge(
        bridge, [bridge, holes = std::move(holes)](MediaThread& thread) { thread.bridge(bridge).SetMatrix(holes); });
}

Status Engine::EndBridge(const BridgeId& bridge) { return impl_->EndBridge(bridge); }

Status Engine::Record(const RecordingId& recording, const std::filesystem::path& path, const std::vector<LegId>& left,
                      const std::vector<LegId>& right) {
    if (auto status = impl_->Record(recording, path); !status) return status;
    for (const auto& [legs, side] : {std::pair(&left, Side::kLeft), std::pair(&right, Side::kRight)}) {
        for (const LegId& leg : *legs) {
            if (auto status = impl_->AddToRecording(recording, leg, side); !status) {
                static_cast<void>(impl_->StopRecording(recording));
                return status;
            }
        }
    }
    return {};
}

Status Engine::AddToRecording(const RecordingId& recording, const LegId& leg, Side side) {
    return impl_->AddToRecording(recording, leg, side);
}

Status Engine::RemoveFromRecording(const RecordingId& recording, const LegId& leg) {
    return impl_->RemoveFromRecording(recording, leg);
}

Status Engine::PauseRecording(const RecordingId& recording, bool paused) {
    return impl_->PauseRecording(recording, paused);
}

Status Engine::StopRecording(const RecordingId& recording) { return impl_->StopRecording(recording); }

EngineTotals Engine::Totals() const { return impl_->Totals(); }

}  // namespace trunkline::media
