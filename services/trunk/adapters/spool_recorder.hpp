// Recordings of calls: the engine's journals in the spool.
#pragma once
#include "media/engine.hpp"
#include "trunk/adapters/spool.hpp"
#include "trunk/app/ports.hpp"

namespace trunkline::trunk {

class SpoolRecorder final : public RecorderPort {
 public:
    SpoolRecorder(media::Engine& engine, Spool& spool) : engine_(engine), spool_(spool) {}

    Status Start(const Call& call, const effect::StartRecording& start, TimePoint now) override;
    void RecordLeg(const RecordingId& recording, const LegId& leg, bool on) override;
    Status Pause(const RecordingId& recording, bool paused) override;
    void Stop(const RecordingId& recording) override;

 private:
    media::Engine& engine_;
    Spool& spool_;
};

}  // namespace trunkline::trunk
