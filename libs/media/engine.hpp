// The media engine: RTP legs, prompts, digits, bridges and recordings on a few threads of its own.
//
// Commands may come from any thread and never block: they are checked, put on a bounded queue and carried out by the
// media thread in the order they were given for a leg. An error returned here means that nothing will happen:
// LEG_NOT_FOUND, BRIDGE_NOT_FOUND, RECORDING_NOT_FOUND, or MEDIA_BUSY when the queue is full.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "media/types.hpp"
#include "result/result.hpp"
#include "webrtc/session.hpp"

namespace trunkline::media {

struct EngineOptions {
    // 1..64. One thread carries about a thousand relayed calls on a present-day core.
    int threads = 1;
    // Numeric; sockets of legs are bound here.
    std::string local_ip = "127.0.0.1";
    // Even ports of [first_port, last_port] carry RTP, the odd one above each its RTCP.
    uint16_t first_port = 20000;
    uint16_t last_port = 29999;
    // A closed port stays unused this long, so that late packets of an old call meet nobody. 0..10 min.
    Duration port_rest = std::chrono::seconds(30);
    Duration media_timeout = std::chrono::seconds(60);
    // Commands that may wait for one thread; more are refused with MEDIA_BUSY.
    size_t queue_limit = 65536;
};

// Sums over the life of the engine, for metrics. `legs` and `recordings` are of this moment.
struct EngineTotals {
    uint64_t packets_received = 0;
    uint64_t packets_sent = 0;
    uint64_t packets_relayed = 0;  // of those sent: forwarded without decoding
    uint64_t foreign_dropped = 0;
    uint64_t malformed_dropped = 0;
    uint64_t late_ticks = 0;  // 20 ms ticks that came more than 20 ms late
    uint64_t recording_bytes = 0;
    uint64_t recording_gaps = 0;
    uint64_t legs = 0;
    uint64_t recordings = 0;
    double free_ports = 1;  // share of the range that may be taken now
};

class Engine {
 public:
    // Called on a thread of the engine, one event at a time from each; must be quick and must not call the engine back:
    // post the event to the owner's thread.
    using EventSink = std::function<void(Event)>;

    // Starts the threads. `clock` must outlive the engine.
    Engine(EngineOptions options, const Clock& clock, EventSink events);
    // Same as Stop().
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Ends every leg and recording (their last events are still told), then the threads. Blocks up to about a second.
    void Stop();

    // ---- legs ----
    // Binds a random free port pair at once. PORTS_EXHAUSTED, LEG_EXISTS, INVALID_ADDRESS, SOCKET_FAILED.
    Result<LegMedia> OpenLeg(const LegId& leg, const OpenOptions& options);
    // After every offer/answer: re-callable for re-INVITE, hold, a new address. Nothing is sent before the first one.
    Status SetRemote(const LegId& leg, const Remote& remote);
    // Ends plays, takes the leg out of its bridge and recordings, tells LegClosed.
    Status CloseLeg(const LegId& leg);
    // A muted leg is heard by nobody in its bridge: neither audio nor digits. Its digits are still told as events and
    // it is still recorded.
    Status Mute(const LegId& leg, bool muted);

    // ---- lines of browsers ----
    // A port for a browser's WebRTC session, and an idle leg of the same id that holds it while nobody else does. It is
    // closed by CloseLeg. Errors as OpenLeg.
    Result<LineMedia> OpenLine(const LegId& line);
    // Of the certificate that every line shows: what the answer says in a=fingerprint (SHA-256).
    const std::string& Fingerprint() const;
    // After every offer of the browser: its first, an ICE restart, another page. SetRemote of the legs is the owner's.
    Status ConnectLine(const LegId& line, const webrtc::SessionParameters& parameters);
    // A leg without ports. It is deaf and dumb, and misses nobody, while it has no line.
    Status OpenLineLeg(const LegId& leg, const LineLegOptions& options);
    // Gives the line to `leg`; who had it before is left without. When its holder is closed the line goes back to its
    // idle leg, which may be named here too.
    Status LendLine(const LegId& line, const LegId& leg);
    // The peer hears himself, while the leg is in no bridge.
    Status Echo(const LegId& leg, bool on);

    // ---- prompts and digits ----
    // While it plays, the leg hears the prompt alone. A running play of the leg is replaced. The clips follow each
    // other without a gap, so a sentence may be put together from words. INVALID_CLIP for none or for a negative
    // length.
    Status Play(const LegId& leg, const PlayId& play, std::vector<Clip> clips, const PlayOptions& options);
    // Nothing happens if `play` is over already.
    Status StopPlay(const LegId& leg, const PlayId& play);
    // Digits 0-9 * # A-D, 100 ms each with 100 ms between; ',' waits a second. INVALID_DIGIT otherwise, and
    // nothing is sent. RFC 4733 if agreed, else as tones.
    Status SendDigits(const LegId& leg, std::string_view digits);

    // As if the peer had pressed these keys: told as events, and heard by whom the leg is bridged with.
    Status PressDigits(const LegId& leg, std::string_view digits);

    // ---- bridges ----
    // Puts the leg in; a leg is in one bridge at most (the last one wins). A bridge exists from its first Connect or
    // SetMatrix to EndBridge. Everybody hears all others unless SetMatrix says otherwise.
    Status Connect(const BridgeId& bridge, const LegId& leg);
    // The leg is alone afterwards. Nothing happens if it was alone.
    Status Disconnect(const LegId& leg);
    // The whole matrix, in one step between two packets, so nobody ever hears half of a change. It may name legs that
    // are not in yet, and stays until the next one. Whisper: the customer is deaf for the coach. Listen in: everybody
    // is deaf for the supervisor.
    Status SetMatrix(const BridgeId& bridge, std::vector<Deaf> holes);
    // Everybody in it is alone again; the rules are forgotten. BRIDGE_NOT_FOUND if Connect and SetMatrix never named
    // it.
    Status EndBridge(const BridgeId& bridge);

    // ---- recordings ----
    // Journals what the legs say, and the prompts that left legs hear, from now on, in a file that must not exist yet;
    // the folder must exist. An unusable path is told as RecordingFailing, the call is never hurt. RECORDING_EXISTS.
    Status Record(const RecordingId& recording, const std::filesystem::path& path, const std::vector<LegId>& left,
                  const std::vector<LegId>& right);
    Status AddToRecording(const RecordingId& recording, const LegId& leg, Side side);
    Status RemoveFromRecording(const RecordingId& recording, const LegId& leg);
    // While paused nothing is written; the time line goes on, so the file has silence there.
    Status PauseRecording(const RecordingId& recording, bool paused);
    // RecordingClosed follows when the last byte is on the disk. A recording does not end by itself with its legs.
    Status StopRecording(const RecordingId& recording);

    EngineTotals Totals() const;

 private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace trunkline::media
