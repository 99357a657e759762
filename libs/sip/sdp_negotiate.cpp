// Offer and answer for one audio stream (RFC 3264 sections 5 to 8).
#include "sip/sdp_negotiate.hpp"

#include <algorithm>

#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

constexpr std::string_view kPcmu = "PCMU";
constexpr std::string_view kPcma = "PCMA";
constexpr std::string_view kEvents = "telephone-event";

struct DirectionName {
    Direction direction;
    std::string_view name;
};
constexpr DirectionName kDirections[] = {{Direction::kSendReceive, "sendrecv"},
                                         {Direction::kSendOnly, "sendonly"},
                                         {Direction::kReceiveOnly, "recvonly"},
                                         {Direction::kInactive, "inactive"}};

Error Refused(std::string_view reason, std::string_view message) {
    return Error{Code::kFailedPrecondition, std::string(reason), std::string(message)};
}

Direction DirectionOf(bool may_send, bool may_receive) {
    if (may_send) return may_receive ? Direction::kSendReceive : Direction::kSendOnly;
    return may_receive ? Direction::kReceiveOnly : Direction::kInactive;
}

std::optional<Direction> FindDirection(const SdpAttributes& attributes) {
    for (const auto& [direction, name] : kDirections) {
        if (FindAttribute(attributes, name) != nullptr) return direction;
    }
    return std::nullopt;
}

std::string_view NameOf(Direction direction) { return kDirections[static_cast<size_t>(direction)].name; }

bool IsUsableAudio(const MediaDescription& media) {
    return media.media == "audio" && media.protocol == "RTP/AVP" && media.port != 0;
}

size_t FindAudio(const SessionDescription& description) {
    const auto& media = description.media;
    return static_cast<size_t>(std::find_if(media.begin(), media.end(), IsUsableAudio) - media.begin());
}

// "8 PCMA/8000" or "8 PCMA/8000/1": the name when it is payload type `wanted` at 8000 Hz with one channel.
std::string NameOfMapping(std::string_view value, std::string_view wanted) {
    const size_t space = value.find(' ');
    if (space == std::string_view::npos || value.substr(0, space) != wanted) return {};
    const auto encoding = Trim(value.substr(space + 1));
    const size_t slash = encoding.find('/');
    if (slash == std::string_view::npos) return {};
    const auto rate = encoding.substr(slash + 1);
    return rate == "8000" || rate == "8000/1" ? std::string(encoding.substr(0, slash)) : "?";
}

// The encoding of a payload type: its rtpmap, or what RFC 3551 gave to 0 and 8.
std::string EncodingOf(const MediaDescription& media, std::string_view payload_type) {
    for (const auto& attribute : media.attributes) {
        if (attribute.name != "rtpmap") continue;
        auto name = NameOfMapping(attribute.value, payload_type);
        if (!name.empty()) return name;
    }
    if (payload_type == "0") return std::string(kPcmu);
    return payload_type == "8" ? std::string(kPcma) : std::string();
}

std::vector<AudioFormat> FormatsOf(const MediaDescription& media) {
    std::vector<AudioFormat> formats;
    for (const auto& text : media.formats) {
        const auto payload_type = ParseNumber(text, 127);
        if (!payload_type) continue;
        const auto encoding = EncodingOf(media, text);
        for (const auto known : {kPcma, kPcmu, kEvents}) {
            if (!EqualsIgnoreCase(encoding, known)) continue;
            formats.push_back({static_cast<uint8_t>(*payload_type), std::string(known)});
        }
    }
    return formats;
}

// The packet length to send: ptime, or 20 ms, and never more than maxptime. Nothing when it is out of range.
std::optional<int> PtimeOf(const MediaDescription& media) {
    constexpr uint64_t kLongest = 1000000;
    uint64_t ptime = 20;
    if (const auto* value = FindAttribute(media.attributes, "ptime"); value != nullptr) {
        const auto number = ParseNumber(Trim(*value), kLongest);
        if (!number) return std::nullopt;
        ptime = *number;
    }
    if (const auto* value = FindAttribute(media.attributes, "maxptime"); value != nullptr) {
        const auto number = ParseNumber(Trim(*value), kLongest);
        if (!number) return std::nullopt;
        ptime = std::min(ptime, *number);
    }
    if (ptime < kMinPtimeMs || ptime > kMaxPtimeMs) return std::nullopt;
    return static_cast<int>(ptime);
}

const AudioFormat* FindFormat(const std::vector<AudioFormat>& formats, std::string_view name) {
    const auto found =
        std::find_if(formats.begin(), formats.end(), [name](const AudioFormat& format) { return format.name == name; });
    return found == formats.end() ? nullptr : &*found;
}

// The first codec of `preferred` that `other` has too.
const AudioFormat* FindCommonCodec(const std::vector<AudioFormat>& preferred, const std::vector<AudioFormat>& other) {
    const auto found = std::find_if(preferred.begin(), preferred.end(), [&other](const AudioFormat& format) {
        return format.name != kEvents && FindFormat(other, format.name) != nullptr;
    });
    return found == preferred.end() ? nullptr : &*found;
}

std::optional<uint8_t> EventsOf(const std::vector<AudioFormat>& formats) {
    const auto* const events = FindFormat(formats, kEvents);
    return events == nullptr ? std::nullopt : std::optional<uint8_t>(events->payload_type);
}

bool IsHoldAddress(std::string_view address) { return address == "0.0.0.0" || address == "::"; }

// The m= section that says `local`.
MediaDescription Describe(const AudioOffer& local) {
    MediaDescription media;
    media.media = "audio";
    media.port = local.port;
    media.protocol = "RTP/AVP";
    for (const auto& format : local.formats) {
        const auto payload_type = std::to_string(format.payload_type);
        media.formats.push_back(payload_type);
        media.attributes.push_back({"rtpmap", payload_type + ' ' + format.name + "/8000"});
        if (format.name == kEvents) media.attributes.push_back({"fmtp", payload_type + " 0-15"});
    }
    media.attributes.push_back({"ptime", std::to_string(local.ptime_ms)});
    media.attributes.push_back({std::string(NameOf(local.direction)), ""});
    return media;
}

// The refusal of a stream: its m= line with port 0 (RFC 3264 section 6).
MediaDescription Refuse(const MediaDescription& media) {
    return {media.media, 0, media.protocol, media.formats, "", {}};
}

// A description with the streams of `model`, all refused but the one at `audio`.
SessionDescription DescribeLike(const SessionDescription& model, size_t audio, const AudioOffer& local) {
    SessionDescription description;
    description.address = local.address;
    for (size_t at = 0; at < model.media.size(); ++at) {
        description.media.push_back(at == audio ? Describe(local) : Refuse(model.media[at]));
    }
    return description;
}

// What both sides together allow us to do.
void SetDirection(Negotiation& negotiation, Direction ours) {
    const Direction theirs = negotiation.remote.direction;
    negotiation.is_held = !MayReceive(theirs) || IsHoldAddress(negotiation.remote.address);
    negotiation.direction = DirectionOf(MaySend(ours) && !negotiation.is_held, MayReceive(ours) && MaySend(theirs));
}

}  // namespace

bool MaySend(Direction direction) { return direction == Direction::kSendReceive || direction == Direction::kSendOnly; }

bool MayReceive(Direction direction) {
    return direction == Direction::kSendReceive || direction == Direction::kReceiveOnly;
}

std::vector<AudioFormat> DefaultFormats() {
    return {{8, std::string(kPcma)}, {0, std::string(kPcmu)}, {101, std::string(kEvents)}};
}

Result<AudioOffer> AudioOf(const SessionDescription& description) {
    const size_t at = FindAudio(description);
    if (at == description.media.size()) return Refused("SDP_NO_AUDIO", "The SDP has no audio stream over RTP/AVP");
    const auto& media = description.media[at];
    AudioOffer audio;
    audio.address = media.address.empty() ? description.address : media.address;
    if (audio.address.empty()) return Refused("SDP_NO_AUDIO", "The audio stream has no address");
    audio.port = media.port;
    audio.formats = FormatsOf(media);
    audio.direction = FindDirection(media.attributes)
                          .value_or(FindDirection(description.attributes).value_or(Direction::kSendReceive));
    const auto ptime = PtimeOf(media);
    if (!ptime) return Refused("SDP_PTIME", "The packets of the audio stream must be 10 to 60 ms long");
    audio.ptime_ms = *ptime;
    return audio;
}

SessionDescription MakeOffer(const AudioOffer& local, const SdpOrigin& origin) {
    SessionDescription offer;
    offer.origin = origin;
    offer.address = local.address;
    offer.media.push_back(Describe(local));
    return offer;
}

SessionDescription MakeReoffer(const AudioOffer& local, const SessionDescription& previous) {
    auto offer = DescribeLike(previous, FindAudio(previous), local);
    if (FindAudio(previous) == previous.media.size()) offer.media.push_back(Describe(local));
    offer.origin = NextOrigin(offer, previous);
    return offer;
}

Result<Negotiation> Negotiate(const SessionDescription& offer, const AudioOffer& local, const SdpOrigin& origin) {
    auto remote = AudioOf(offer);
    if (!remote) return remote.error();
    const auto* const codec = FindCommonCodec(remote->formats, local.formats);
    if (codec == nullptr) return Refused("SDP_NO_CODEC", "The SDP offers neither PCMA nor PCMU that we may use");
    Negotiation negotiation;
    negotiation.codec = *codec;
    if (FindFormat(local.formats, kEvents) != nullptr) negotiation.send_events = EventsOf(remote->formats);
    negotiation.receive_events = negotiation.send_events;
    negotiation.remote = std::move(*remote);
    SetDirection(negotiation, local.direction);

    AudioOffer answer = local;
    answer.formats = {negotiation.codec};
    if (negotiation.send_events) answer.formats.push_back({*negotiation.send_events, std::string(kEvents)});
    answer.ptime_ms = negotiation.remote.ptime_ms;
    // The answer mirrors the attribute the peer wrote: an address of 0.0.0.0 stops our media, not our right to send.
    const Direction theirs = negotiation.remote.direction;
    answer.direction =
        DirectionOf(MaySend(local.direction) && MayReceive(theirs), MayReceive(local.direction) && MaySend(theirs));
    negotiation.local = DescribeLike(offer, FindAudio(offer), answer);
    negotiation.local.origin = origin;
    return negotiation;
}

Result<Negotiation> NegotiateAnswer(const SessionDescription& offer, const SessionDescription& answer) {
    const auto ours = AudioOf(offer);
    if (!ours) return ours.error();
    auto remote = AudioOf(answer);
    if (!remote) return remote.error();
    if (answer.media.size() != offer.media.size() || FindAudio(answer) != FindAudio(offer)) {
        return Refused("SDP_MISMATCH", "The streams of the answer are not those of the offer");
    }
    const auto* const codec = FindCommonCodec(remote->formats, ours->formats);
    if (codec == nullptr) return Refused("SDP_NO_CODEC", "The answer has none of the codecs of the offer");
    Negotiation negotiation;
    negotiation.codec = *codec;
    const auto ours_events = EventsOf(ours->formats);
    if (ours_events) negotiation.send_events = EventsOf(remote->formats);
    if (negotiation.send_events) negotiation.receive_events = ours_events;
    negotiation.remote = std::move(*remote);
    negotiation.local = offer;
    SetDirection(negotiation, ours->direction);
    return negotiation;
}

SdpOrigin NextOrigin(const SessionDescription& next, const SessionDescription& previous) {
    SessionDescription same = next;
    same.origin = previous.origin;
    SdpOrigin origin = previous.origin;
    if (same.ToString() != previous.ToString()) ++origin.version;
    return origin;
}

}  // namespace trunkline::sip
