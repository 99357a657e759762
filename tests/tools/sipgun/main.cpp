// sipgun: sends files of raw bytes to a SIP element, prints what it answers, and asks after each whether it still
// lives.
//
// One line for each file, fields separated by tabs: the file; the status lines that came, joined by " | ", or
// "silence"; "closed" when the element closed the stream, else "open"; bytes sent, and bytes of the answers to them;
// milliseconds until an OPTIONS behind it was answered, or "dead". Refusals of an INVITE are acknowledged. Exit status
// 1 when an OPTIONS was not answered within 100 ms.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "shot.hpp"
#include "sip/parser.hpp"
#include "target.hpp"

namespace trunkline::sipgun {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kWait{500};         // until silence is silence
constexpr milliseconds kAfterAnswer{100};  // for a second answer, and for the stream's end
constexpr milliseconds kProbeLimit{100};

struct Outcome {
    std::vector<std::string> status_lines;
    bool is_closed = false;
    size_t sent = 0;
    size_t received = 0;
};

std::string ReadFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The port a UDP element answers to when the Via asks for no rport (RFC 3261 section 18.2.2).
uint16_t AnswerPort(std::string_view bytes) {
    const auto via = sip::ParseDatagram(bytes).message.TopVia();
    return via && via->port != 0 ? via->port : 5060;
}

// Reads until a final answer came or `wait` passed without one.
void Await(Conversation& conversation, milliseconds wait, Shot& shot, std::string& received, const Clock& clock) {
    const auto deadline = clock.SteadyNow() + wait;
    while (!shot.HasFinal() && clock.SteadyNow() < deadline) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - clock.SteadyNow());
        if (!conversation.Receive(left + milliseconds(1), received)) return;
        shot.Read(received);
    }
}

// Over a new stream when the element has closed the first.
Status Acknowledge(const Target& target, const Shot& shot, Conversation& conversation) {
    for (const auto& acknowledgement : shot.Acknowledgements()) {
        if (!conversation.IsClosedByPeer()) {
            if (const auto sent = conversation.Send(acknowledgement); !sent) return sent;
            continue;
        }
        auto another = Conversation::Open(target, 0);
        if (!another) return another.error();
        if (const auto sent = another->Send(acknowledgement); !sent) return sent;
    }
    return {};
}

Result<Outcome> Fire(const Target& target, Shot shot, const Clock& clock) {
    auto conversation = Conversation::Open(target, AnswerPort(shot.bytes()));
    if (!conversation) return conversation.error();
    if (const auto sent = conversation->Send(shot.bytes()); !sent) return sent.error();
    std::string received;
    Await(*conversation, kWait, shot, received, clock);
    if (target.is_tcp && received.empty() && !conversation->IsClosedByPeer()) {
        // Perhaps it waits for the rest of a message that has none.
        conversation->FinishSending();
        Await(*conversation, kWait, shot, received, clock);
    }
    while (conversation->Receive(kAfterAnswer, received)) shot.Read(received);
    if (const auto sent = Acknowledge(target, shot, *conversation); !sent) return sent.error();
    return Outcome{shot.StatusLines(), conversation->IsClosedByPeer(), shot.bytes().size(), shot.ReceivedBytes()};
}

std::string ProbeText(const Target& target, size_t number) {
    const auto id = std::to_string(number);
    const std::string transport = target.is_tcp ? "TCP" : "UDP";
    return "OPTIONS sip:" + target.host + " SIP/2.0\r\nVia: SIP/2.0/" + transport +
           " 127.0.0.2;rport;branch=z9hG4bKprobe" + id + "\r\nFrom: <sip:probe@127.0.0.2>;tag=probe" + id +
           "\r\nTo: <sip:" + target.host + ">\r\nCall-ID: probe" + id + "@127.0.0.2\r\nCSeq: 1 OPTIONS\r\n" +
           "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
}

// Milliseconds until the answer to an OPTIONS, or -1.
int Probe(Target target, size_t number, const Clock& clock) {
    target.is_one_byte = false;
    const auto start = clock.SteadyNow();
    const auto text = ProbeText(target, number);
    auto conversation = Conversation::Open(target, 0);
    if (!conversation || !conversation->Send(text)) return -1;
    Shot shot(text, target.is_tcp);
    std::string received;
    Await(*conversation, kProbeLimit, shot, received, clock);
    if (!shot.HasFinal()) return -1;
    return static_cast<int>(std::chrono::duration_cast<milliseconds>(clock.SteadyNow() - start).count());
}

std::string Join(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += (text.empty() ? "" : " | ") + line;
    return text.empty() ? "silence" : text;
}

struct Options {
    Target target;
    std::vector<std::string> files;
};

Result<Options> ReadOptions(const std::vector<std::string>& arguments) {
    Options options;
    std::vector<std::string> places;
    bool has_transport = false;
    for (const auto& argument : arguments) {
        if (argument == "--udp" || argument == "--tcp") {
            has_transport = true;
            options.target.is_tcp = argument == "--tcp";
        } else if (argument == "--one-byte") {
            options.target.is_one_byte = true;
        } else {
            places.push_back(argument);
        }
    }
    const int port = places.size() > 1 ? std::atoi(places[1].c_str()) : 0;
    if (!has_transport || places.size() < 3 || port <= 0 || port > 65535) {
        return Error{Code::kInvalidArgument, "USAGE", "usage: sipgun --udp|--tcp [--one-byte] HOST PORT FILE..."};
    }
    options.target.host = places[0];
    options.target.port = static_cast<uint16_t>(port);
    options.files.assign(places.begin() + 2, places.end());
    return options;
}

int Run(const Options& options, const Clock& clock) {
    bool is_alive = true;
    const auto run = static_cast<size_t>(ToUnixMillis(clock.Now()));
    for (size_t at = 0; at < options.files.size(); ++at) {
        const auto& file = options.files[at];
        const auto outcome = Fire(options.target, Shot(ReadFile(file), options.target.is_tcp), clock);
        if (!outcome) {
            std::fprintf(stderr, "%s: %s\n", file.c_str(), outcome.error().message.c_str());
            return 2;
        }
        const int probe = Probe(options.target, run + at, clock);
        is_alive = is_alive && probe >= 0;
        std::printf("%s\t%s\t%s\t%zu\t%zu\t%s\n", file.c_str(), Join(outcome->status_lines).c_str(),
                    outcome->is_closed ? "closed" : "open", outcome->sent, outcome->received,
                    probe < 0 ? "dead" : std::to_string(probe).c_str());
        std::fflush(stdout);
    }
    return is_alive ? 0 : 1;
}

}  // namespace
}  // namespace trunkline::sipgun

int main(int argc, char** argv) {
    const auto options = trunkline::sipgun::ReadOptions({argv + 1, argv + argc});
    if (!options) {
        std::fprintf(stderr, "%s\n", options.error().message.c_str());
        return 2;
    }
    return trunkline::sipgun::Run(*options, trunkline::SystemClock());
}
