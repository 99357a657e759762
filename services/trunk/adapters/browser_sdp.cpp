// What browsers write, and what they want to read.
#include "trunk/adapters/browser_sdp.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace trunkline::trunk {
namespace {

constexpr std::string_view kProtocol = "UDP/TLS/RTP/SAVPF";
constexpr std::string_view kHash = "sha-256 ";
constexpr size_t kFingerprintLetters = 95;  // 32 bytes with colons
constexpr std::string_view kPcmu = "0";
constexpr std::string_view kPcma = "8";
constexpr std::string_view kDigits = "telephone-event/8000";
// Of one candidate that is a host's (RFC 8445 section 5.1.2).
constexpr std::string_view kPriority = "2130706431";

Error Invalid(const std::string& why) {
    return {Code::kInvalidArgument, "INVALID", "the browser's offer cannot be taken: " + why};
}

// The medium's, else the session's.
const std::string* Attribute(const sip::SessionDescription& description, const sip::MediaDescription& media,
                             std::string_view name) {
    const std::string* own = sip::FindAttribute(media.attributes, name);
    return own != nullptr ? own : sip::FindAttribute(description.attributes, name);
}

bool IsIceText(const std::string& text, size_t shortest) {
    return text.size() >= shortest && text.size() <= 256 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 || c == '+' || c == '/';
           });
}

// The value of a=fingerprint for SHA-256, in capitals; empty when there is none.
std::string Fingerprint(const sip::SdpAttributes& attributes) {
    for (const sip::SdpAttribute& attribute : attributes) {
        if (attribute.name != "fingerprint" || attribute.value.size() != kHash.size() + kFingerprintLetters) {
            continue;
        }
        std::string value = attribute.value;
        std::transform(value.begin(), value.begin() + kHash.size(), value.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (!value.starts_with(kHash)) {
            continue;
        }
        value.erase(0, kHash.size());
        std::transform(value.begin(), value.end(), value.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        return value;
    }
    return {};
}

std::optional<uint8_t> DigitType(const sip::MediaDescription& media) {
    for (const sip::SdpAttribute& attribute : media.attributes) {
        const size_t space = attribute.value.find(' ');
        if (attribute.name != "rtpmap" || space == std::string::npos || attribute.value.substr(space + 1) != kDigits) {
            continue;
        }
        int type = 0;
        const char* begin = attribute.value.data();
        const auto read = std::from_chars(begin, begin + space, type);
        if (read.ec == std::errc() && read.ptr == begin + space && type >= 96 && type <= 127) {
            return static_cast<uint8_t>(type);
        }
    }
    return std::nullopt;
}

bool IsAudio(const sip::MediaDescription& media) {
    return media.media == "audio" && media.protocol == kProtocol && media.port != 0;
}

Status ReadTransport(const sip::MediaDescription& media, BrowserOffer& offer) {
    const std::string* ufrag = Attribute(offer.description, media, "ice-ufrag");
    const std::string* password = Attribute(offer.description, media, "ice-pwd");
    if (ufrag == nullptr || password == nullptr || !IsIceText(*ufrag, 4) || !IsIceText(*password, 22)) {
        return Invalid("it has no ice-ufrag and ice-pwd");
    }
    offer.ufrag = *ufrag;
    offer.fingerprint = Fingerprint(media.attributes);
    if (offer.fingerprint.empty()) {
        offer.fingerprint = Fingerprint(offer.description.attributes);
    }
    if (offer.fingerprint.empty()) {
        return Invalid("it has no sha-256 fingerprint");
    }
    const std::string* setup = Attribute(offer.description, media, "setup");
    if (setup == nullptr || (*setup != "actpass" && *setup != "active")) {
        return Invalid("it does not let the browser be the DTLS client (a=setup:actpass)");
    }
    if (sip::FindAttribute(media.attributes, "rtcp-mux") == nullptr) {
        return Invalid("it has no rtcp-mux");
    }
    return {};
}

Status ReadCodecs(const sip::MediaDescription& media, BrowserOffer& offer) {
    const auto codec = std::find_if(media.formats.begin(), media.formats.end(),
                                    [](const std::string& format) { return format == kPcma || format == kPcmu; });
    if (codec == media.formats.end()) {
        return Invalid("it has neither PCMA nor PCMU");
    }
    offer.remote.codec = *codec == kPcma ? media::Codec::kPcma : media::Codec::kPcmu;
    const auto digits = DigitType(media);
    if (digits &&
        std::find(media.formats.begin(), media.formats.end(), std::to_string(*digits)) != media.formats.end()) {
        offer.remote.send_digit_type = offer.remote.receive_digit_type = digits;
    }
    const auto has = [&](std::string_view direction) {
        return Attribute(offer.description, media, direction) != nullptr;
    };
    offer.wants_to_hear = !has("sendonly") && !has("inactive");
    offer.wants_to_speak = !has("recvonly") && !has("inactive");
    return {};
}

void Add(sip::MediaDescription& media, const std::string& name, const std::string& value = "") {
    media.attributes.push_back({name, value});
}

std::string DirectionOf(const BrowserOffer& offer) {
    if (offer.wants_to_hear) {
        return offer.wants_to_speak ? "sendrecv" : "sendonly";
    }
    return offer.wants_to_speak ? "recvonly" : "inactive";
}

void AddCodecs(const BrowserOffer& offer, sip::MediaDescription& media) {
    const bool is_pcma = offer.remote.codec == media::Codec::kPcma;
    media.formats = {std::string(is_pcma ? kPcma : kPcmu)};
    Add(media, "rtpmap", is_pcma ? "8 PCMA/8000" : "0 PCMU/8000");
    if (offer.remote.receive_digit_type) {
        const std::string type = std::to_string(*offer.remote.receive_digit_type);
        media.formats.push_back(type);
        Add(media, "rtpmap", type + " " + std::string(kDigits));
        Add(media, "fmtp", type + " 0-15");
    }
    Add(media, "ptime", "20");
}

void AddTransport(const BrowserLine& line, sip::MediaDescription& media) {
    Add(media, "ice-ufrag", line.ufrag);
    Add(media, "ice-pwd", line.password);
    Add(media, "fingerprint", std::string(kHash) + line.fingerprint);
    Add(media, "setup", "passive");
    Add(media, "rtcp-mux");
    Add(media, "candidate",
        "1 1 udp " + std::string(kPriority) + " " + line.address + " " + std::to_string(line.port) + " typ host");
    Add(media, "end-of-candidates");
    Add(media, "ssrc", std::to_string(line.ssrc) + " cname:trunkline");
    Add(media, "msid", "trunkline audio");
}

}  // namespace

Result<BrowserOffer> ReadBrowserOffer(std::string_view sdp) {
    if (sdp.size() > kLongestOffer) {
        return Invalid("it is longer than 64 KiB");
    }
    auto description = sip::ParseSdp(sdp);
    if (!description.ok()) {
        return Invalid(description.error().message);
    }
    BrowserOffer offer;
    offer.description = std::move(*description);
    const auto& streams = offer.description.media;
    const auto audio = std::find_if(streams.begin(), streams.end(), IsAudio);
    if (audio == streams.end()) {
        return Invalid("it has no m=audio over " + std::string(kProtocol));
    }
    offer.audio = static_cast<size_t>(audio - streams.begin());
    const Status transport = ReadTransport(*audio, offer);
    if (!transport.ok()) {
        return transport.error();
    }
    const Status codecs = ReadCodecs(*audio, offer);
    if (!codecs.ok()) {
        return codecs.error();
    }
    offer.association = offer.description.origin.session_id;
    return offer;
}

std::string WriteBrowserAnswer(const BrowserOffer& offer, const BrowserLine& line) {
    sip::SessionDescription answer;
    answer.origin.session_id = std::to_string(line.ssrc);
    answer.origin.version = offer.description.origin.version;
    answer.origin.address = line.address;
    answer.address = line.address;
    answer.attributes.push_back({"ice-lite", ""});
    for (size_t i = 0; i < offer.description.media.size(); ++i) {
        const sip::MediaDescription& offered = offer.description.media[i];
        sip::MediaDescription media;
        media.media = offered.media;
        media.protocol = offered.protocol;
        media.formats = offered.formats;
        const std::string* mid = sip::FindAttribute(offered.attributes, "mid");
        if (mid != nullptr) {
            Add(media, "mid", *mid);
        }
        if (i == offer.audio) {
            media.port = line.port;
            AddCodecs(offer, media);
            Add(media, DirectionOf(offer));
            AddTransport(line, media);
            if (mid != nullptr && sip::FindAttribute(offer.description.attributes, "group") != nullptr) {
                answer.attributes.push_back({"group", "BUNDLE " + *mid});
            }
        }
        answer.media.push_back(std::move(media));
    }
    return answer.ToString();
}

}  // namespace trunkline::trunk
