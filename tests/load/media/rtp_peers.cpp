// Plays the audio of callers and agents of measured calls and prints JSON of what they heard. sipp does the signalling
// and names these ports in its SDP.
//   rtp_peers PAIRS WARM_UP_SECONDS SECONDS CALLER_ADDRESS AGENT_ADDRESS FIRST_PORT
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>

#include "stream.hpp"

namespace {

using namespace trunkline::load;

constexpr int kSlots = 20;        // a twentieth of the streams speaks each millisecond
constexpr int kPortStep = 4;      // as sipp's [auto_media_port] counts
constexpr int kMostPairs = 2500;  // where sipp begins again

double Quantile(std::vector<float>& values, double part) {
    if (values.empty()) {
        return 0;
    }
    const auto at = static_cast<ptrdiff_t>(part * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<size_t>(at)];
}

void Print(Account& account) {
    const double lost = account.expected > account.received ? double(account.expected - account.received) : 0;
    std::printf(
        "{\"sent\": %lu, \"received\": %lu, \"lost\": %.0f, \"loss\": %.6f, \"streams\": %lu, \"delay_ms\": {\"p50\": "
        "%.2f, \"p99\": %.2f}, \"jitter_ms\": {\"p50\": %.2f, \"p99\": %.2f}, \"heard_after_ms\": {\"p50\": %.1f, "
        "\"p99\": %.1f}}\n",
        account.sent, account.received, lost, account.expected == 0 ? 1.0 : lost / double(account.expected),
        account.calls, Quantile(account.delays, 0.5), Quantile(account.delays, 0.99), Quantile(account.jitters, 0.5),
        Quantile(account.jitters, 0.99), Quantile(account.set_up_millis, 0.5), Quantile(account.set_up_millis, 0.99));
}

class Peers {
 public:
    Peers(int pairs, const char* callers, const char* agents, int first_port) : poll_(epoll_create1(EPOLL_CLOEXEC)) {
        for (const char* address : {callers, agents}) {
            for (int i = 0; i < pairs; ++i) {
                streams_.push_back(
                    std::make_unique<Stream>(address, static_cast<uint16_t>(first_port + i * kPortStep)));
                epoll_event event{};
                event.events = EPOLLIN;
                event.data.ptr = streams_.back().get();
                epoll_ctl(poll_, EPOLL_CTL_ADD, streams_.back()->descriptor(), &event);
            }
        }
    }

    void Run(int64_t warm_up, int64_t length) {
        const int64_t begin = Now();
        int64_t due = begin;
        for (size_t slot = 0; due < begin + warm_up + length; ++slot) {
            counted_ = due >= begin + warm_up;
            for (size_t i = slot % kSlots; i < streams_.size(); i += kSlots) {
                streams_[i]->Say(due, counted_, account_);
            }
            due += kNanosPerMilli;
            ListenUntil(due);
        }
        for (const auto& stream : streams_) {
            stream->Close(account_);
        }
        Print(account_);
    }

 private:
    void ListenUntil(int64_t due) {
        std::array<epoll_event, 256> events;
        do {
            const bool early = due - Now() > kNanosPerMilli / 2;
            const int count = epoll_wait(poll_, events.data(), static_cast<int>(events.size()), early ? 1 : 0);
            for (int i = 0; i < count; ++i) {
                static_cast<Stream*>(events[static_cast<size_t>(i)].data.ptr)->Listen(counted_, account_);
            }
        } while (Now() < due);
    }

    int poll_;
    std::vector<std::unique_ptr<Stream>> streams_;
    Account account_;
    bool counted_ = false;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 7) {
        std::fprintf(stderr, "rtp_peers PAIRS WARM_UP_SECONDS SECONDS CALLER_ADDRESS AGENT_ADDRESS FIRST_PORT\n");
        return 2;
    }
    const rlimit files{16'384, 16'384};
    setrlimit(RLIMIT_NOFILE, &files);
    try {
        Peers peers(std::clamp(std::atoi(argv[1]), 1, kMostPairs), argv[4], argv[5], std::atoi(argv[6]));
        std::printf("ready\n");
        std::fflush(stdout);
        peers.Run(std::atoi(argv[2]) * 1000 * kNanosPerMilli, std::atoi(argv[3]) * 1000 * kNanosPerMilli);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "rtp_peers: %s\n", error.what());
        return 1;
    }
    return 0;
}
