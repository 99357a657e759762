// Finds answers in raw bytes and makes what acknowledges them.
#include "shot.hpp"

#include <algorithm>
#include <numeric>

#include "sip/parser.hpp"
#include "sip/text.hpp"

namespace trunkline::sipgun {
namespace {

constexpr std::string_view kStatusLine = "SIP/2.0 ";

// The values of all lines that look like a Call-ID.
std::vector<std::string> FindCallIds(std::string_view text) {
    std::vector<std::string> found;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto colon = line.find(':');
        const auto name = sip::Trim(line.substr(0, colon));
        if (colon == std::string_view::npos) continue;
        if (!sip::EqualsIgnoreCase(name, "Call-ID") && !sip::EqualsIgnoreCase(name, "i")) continue;
        std::string value(line.substr(colon + 1));
        value.erase(std::remove(value.begin(), value.end(), '\r'), value.end());
        found.emplace_back(sip::Trim(value));
    }
    return found;
}

void Keep(const sip::Parsed& parsed, std::map<std::string, sip::Message>& invites) {
    const bool is_sound = parsed.verdict == sip::Parsed::Verdict::kAccept;
    if (is_sound && parsed.message.method() == "INVITE") {
        invites[std::string(parsed.message.CallId())] = parsed.message;
    }
}

void AddOnce(std::vector<std::string>& answers, std::string_view answer) {
    if (std::find(answers.begin(), answers.end(), answer) == answers.end()) answers.emplace_back(answer);
}

bool IsRefusal(const sip::Message& answer) {
    const auto sequence = answer.Sequence();
    return answer.status() >= 300 && sequence && sequence->method == "INVITE";
}

}  // namespace

Shot::Shot(std::string bytes, bool is_stream) : bytes_(std::move(bytes)), call_ids_(FindCallIds(bytes_)) {
    if (!is_stream) Keep(sip::ParseDatagram(bytes_), invites_);
    for (std::string_view rest = bytes_; is_stream && !rest.empty();) {
        const auto next = sip::ParseStream(rest);
        if (next.consumed == 0) break;
        Keep(next.parsed, invites_);
        rest.remove_prefix(next.consumed);
    }
}

void Shot::Read(std::string_view received) {
    finals_.clear();
    provisionals_.clear();
    size_t at = received.find(kStatusLine);
    while (at != std::string_view::npos) {
        const auto next = received.find("\nSIP/2.0 ", at);
        const auto end = next == std::string_view::npos ? received.size() : next + 1;
        TakeAnswer(received.substr(at, end - at));
        at = next == std::string_view::npos ? next : end;
    }
}

void Shot::TakeAnswer(std::string_view bytes) {
    const bool is_ours = call_ids_.empty() || std::any_of(call_ids_.begin(), call_ids_.end(), [bytes](const auto& id) {
                             return bytes.find(id) != std::string_view::npos;
                         });
    if (!is_ours || bytes.size() <= kStatusLine.size()) return;
    AddOnce(bytes[kStatusLine.size()] == '1' ? provisionals_ : finals_, bytes);
}

std::vector<std::string> Shot::StatusLines() const {
    std::vector<std::string> lines;
    for (const auto& answer : finals_.empty() ? provisionals_ : finals_) {
        lines.push_back(answer.substr(0, answer.find_first_of("\r\n")));
    }
    return lines;
}

size_t Shot::ReceivedBytes() const {
    const auto add = [](size_t sum, const std::string& answer) { return sum + answer.size(); };
    return std::accumulate(finals_.begin(), finals_.end(),
                           std::accumulate(provisionals_.begin(), provisionals_.end(), size_t{0}, add), add);
}

std::vector<std::string> Shot::Acknowledgements() const {
    std::vector<std::string> all;
    for (const auto& bytes : finals_) {
        const auto answer = sip::ParseDatagram(bytes).message;
        const auto invite = invites_.find(std::string(answer.CallId()));
        if (invite == invites_.end() || !IsRefusal(answer)) continue;
        const auto& request = invite->second;
        auto ack = sip::Message::Request("ACK", request.uri());
        ack.Add("Via", std::string(request.GetList("Via").front()));
        for (const auto* const name : {"From", "Call-ID"}) ack.Add(name, std::string(request.Get(name)));
        ack.Add("To", std::string(answer.Get("To")));
        ack.Add("CSeq", std::to_string(request.Sequence()->number) + " ACK");
        ack.Add("Max-Forwards", "70");
        all.push_back(ack.ToString());
    }
    return all;
}

}  // namespace trunkline::sipgun
