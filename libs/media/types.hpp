// The words of the media engine: what a leg is told and what it tells back.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <variant>
#include <vector>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "media/g711.hpp"
#include "media/journal.hpp"
#include "media/tone.hpp"
#include "rtp/address.hpp"
#include "rtp/source_lock.hpp"

namespace trunkline::media {

using BridgeId = Id<struct BridgeTag>;
using PlayId = Id<struct PlayTag>;

// ---- what a leg is told ----

// Seen from Trunkline: kSendOnly = we send, the peer is on hold. (SDP "a=sendonly" in OUR description.)
enum class Direction { kSendReceive, kSendOnly, kReceiveOnly, kInactive };

struct OpenOptions {
    // Strict unless the trunk's profile says that the peer sits behind NAT.
    rtp::SourceMode source_mode = rtp::SourceMode::kStrict;
    // Numeric local IP to bind; empty takes EngineOptions::local_ip.
    std::string local_ip;
};

// Of a leg without ports of its own, which is heard while the line of a browser is lent to it.
struct LineLegOptions {
    // Silence of the browser that ends the leg's patience.
    Duration media_timeout = std::chrono::seconds(25);
};

struct LineMedia {
    rtp::Address local;
    // Of the one stream that the browser is sent.
    uint32_t ssrc = 0;
};

struct LegMedia {
    // Bound address of RTP; RTCP is at port + 1. The address to announce in SDP is the owner's business.
    rtp::Address local;
};

struct Remote {
    // Signalled address (c= and m=). Port 0 or IP 0.0.0.0: nothing is sent.
    rtp::Address address;
    Codec codec = Codec::kPcma;
    // Payload type of telephone-event/8000 the peer wants (96..127); nothing: digits go in-band as tones.
    std::optional<uint8_t> send_digit_type;
    // Payload type of telephone-event/8000 we announced; usually the same number.
    std::optional<uint8_t> receive_digit_type;
    // Of the packets we make, 10..60 ms in steps of 10; others are taken as 20.
    int packet_millis = 20;
    Direction direction = Direction::kSendReceive;
    // True for every offer or answer that may start a new stream (learning of source and SSRC starts again); false for
    // a refresh of the session that changes nothing.
    bool fresh_stream = true;
};

// A WAV of the prompt store (8 kHz, mono; of a stereo file the left channel). Loaded by a thread of its own and kept in
// a cache; a changed file is noticed within 5 s.
struct WavClip {
    std::filesystem::path path;
};
struct SilenceClip {
    int millis = 0;
};
struct ToneClip {
    Tone tone;
    int millis = 0;
};
using Clip = std::variant<WavClip, SilenceClip, ToneClip>;

struct PlayOptions {
    // Starts again after the last clip, until StopPlay (music on hold, ringing).
    bool loop = false;
    // A digit from the leg ends the play.
    bool barge_in = false;
};

// One hole in a bridge's matrix: the listener does not hear the speaker, neither audio nor digits.
struct Deaf {
    LegId listener;
    LegId speaker;
};

// ---- what a leg tells ----

struct DigitPressed {
    LegId leg;
    char digit = 0;  // 0-9 * # A-D
    int millis = 0;  // how long it was held
    TimePoint at;    // arrival of its first packet
};

enum class PlayResult { kFinished, kBarged, kStopped, kFailed };

// Exactly one for every Play that was accepted. kFailed: a clip could not be read. kStopped: StopPlay, a newer Play on
// the same leg, or the end of the leg.
struct PlayDone {
    LegId leg;
    PlayId play;
    PlayResult result = PlayResult::kFinished;
};

// No genuine RTP for EngineOptions::media_timeout although the peer should send. Once until RTP comes back.
struct MediaTimeout {
    LegId leg;
};

// The source of the leg's RTP is known for certain.
struct RemoteLocked {
    LegId leg;
    rtp::Address address;
};

// How the session of a line with its browser stands. kLost: nothing was heard for 5 s.
enum class LineState { kNew, kConnecting, kConnected, kLost, kFailed };

// `line` is the name that OpenLine was given.
struct LineChanged {
    LegId line;
    LineState state = LineState::kNew;
};

struct RecordingClosed {
    RecordingId recording;
    std::filesystem::path path;
    uint64_t samples = 0;
    // Everything that arrived is on the disk and was synced without an error.
    bool intact = false;
};

// Writing began to fail (disk full, I/O error); the call goes on, lost audio is marked as a gap. Once for each failure
// period.
struct RecordingFailing {
    RecordingId recording;
    std::string reason;
};

struct LegStatistics {
    uint64_t packets_received = 0;
    uint64_t packets_sent = 0;
    // RFC 3550 A.3, of the last stream; can be negative when packets were doubled.
    int64_t packets_lost = 0;
    // RFC 3550 A.8, milliseconds.
    double jitter_millis = 0;
    // From a wrong address or SSRC; none of them was used.
    uint64_t foreign_dropped = 0;
    // Not RTP, or a payload type that was not agreed.
    uint64_t malformed_dropped = 0;
    // What the peer's last RTCP report says about our packets, per cent.
    double peer_loss_percent = 0;
};

// The last event of a leg.
struct LegClosed {
    LegId leg;
    LegStatistics statistics;
};

using Event = std::variant<DigitPressed, PlayDone, MediaTimeout, RemoteLocked, LineChanged, RecordingClosed,
                           RecordingFailing, LegClosed>;

}  // namespace trunkline::media
