// How fast the router's core decides in a full centre. Prints JSON; sizes are arguments. Times are processor time of
// the thread, so that a busy machine does not blur them.
//   acd_bench [agents] [queues] [skills] [waiting] [events]
#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "acd/domain/router.hpp"

namespace {

using namespace trunkline;
using namespace trunkline::acd;

struct Sizes {
    int agents = 10'000;
    int queues = 200;
    int skills = 100;
    int waiting = 50'000;
    int events = 1'000'000;
};

Duration ThreadTime() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + Duration(now.tv_nsec);
}

// Contacts come as fast as agents finish, so the line keeps its length while every agent works.
class Centre {
 public:
    explicit Centre(const Sizes& sizes) : sizes_(sizes) {
        Do(RoutingOpened{});
        for (int i = 0; i < sizes.queues; ++i) {
            QueueSettings queue;
            queue.id = QueueId("queue" + std::to_string(i));
            queue.weight = static_cast<uint32_t>(i % 3);
            queue.required_skills[Skill(i)] = static_cast<uint32_t>(Number(50));
            if (i >= sizes.skills) {
                queue.required_skills[Skill(Number(sizes.skills))] = static_cast<uint32_t>(Number(50));
            }
            queue.announcement_interval = std::chrono::seconds(30);
            Do(QueuePut{queue});
        }
        for (int i = 0; i < sizes.agents; ++i) {
            AgentSettings agent{AgentId("agent" + std::to_string(i)), "", "phone" + std::to_string(i), {}};
            for (int skill = 0; skill < 5; ++skill) {
                agent.skills[Skill(i + skill * Number(sizes.skills))] = static_cast<uint32_t>(Number(101));
            }
            Do(AgentPut{agent});
            Do(AgentLoggedIn{agent.id});
        }
        while (static_cast<int>(router_.contacts().size()) < sizes.waiting) {
            Arrive();
        }
        for (int i = 0; i < sizes.agents; ++i) {
            Do(AgentStateRequested{AgentId("agent" + std::to_string(i)), AgentState::kReady, "", "agent"});
        }
    }

    // Once to count decisions a second, with the driver's own work in it; once more to time each of them.
    void Run() {
        const Duration begin = ThreadTime();
        const int first = events_;
        while (events_ - first < sizes_.events) {
            Serve();
        }
        const double seconds = std::chrono::duration<double>(ThreadTime() - begin).count();
        const double rate = (events_ - first) / seconds;
        timed_ = true;
        took_.reserve(static_cast<size_t>(sizes_.events) + 16);
        while (static_cast<int>(took_.size()) < sizes_.events) {
            Serve();
        }
        Print(rate);
    }

 private:
    int Number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    std::string Skill(int number) const { return "skill" + std::to_string(number % sizes_.skills); }

    void Do(const Event& event) {
        now_ += std::chrono::microseconds(10);
        ++events_;
        const Duration begin = timed_ ? ThreadTime() : Duration{};
        auto decisions = router_.Apply(event, now_);
        if (timed_) {
            took_.push_back(ThreadTime() - begin);
        }
        if (!decisions.ok()) {
            std::fprintf(stderr, "%s\n", decisions.error().message.c_str());
            std::exit(1);
        }
        for (const Command& command : decisions->commands) {
            if (const auto* ring = std::get_if<Ring>(&command)) {
                ringing_.push_back({ring->contact, ring->leg});
            }
        }
    }

    void Arrive() {
        const std::string number = std::to_string(++arrivals_);
        Do(ContactArrived{ContactId("0190a6f3-0000-7000-8000-" + number), CallId("call" + number), "13800138000",
                          QueueId("queue" + std::to_string(Number(sizes_.queues))), static_cast<uint32_t>(Number(3)),
                          true, 0, 0, ""});
    }

    // One whole contact: answered, ended, wrapped up; another arrives.
    void Serve() {
        if (ringing_.empty()) {
            Arrive();
            return;
        }
        const auto [contact, leg] = ringing_[ringing_.size() - 1];
        ringing_.pop_back();
        Do(LegRinging{contact, leg});
        Do(LegAnswered{contact, leg});
        const AgentId agent = router_.contacts().at(contact).offer->agent;
        Do(Bridged{contact, leg});
        Do(ContactGone{contact, GoneReason::kCustomerLeft});
        Arrive();
        Do(WrapUpFinished{agent});
        Do(Tick{});
    }

    void Print(double rate) {
        std::sort(took_.begin(), took_.end());
        const auto micros = [&](double part) {
            const auto at = static_cast<size_t>(part * static_cast<double>(took_.size() - 1));
            return static_cast<double>(took_[at].count()) / 1e3;
        };
        std::printf(
            "{\"agents\": %d, \"queues\": %d, \"skills\": %d, \"contacts\": %zu, \"decisions\": %d, "
            "\"decisions_per_second\": %.0f, \"p50_us\": %.2f, \"p99_us\": %.2f, \"p9999_us\": %.2f, "
            "\"worst_us\": %.2f}\n",
            sizes_.agents, sizes_.queues, sizes_.skills, router_.contacts().size(), sizes_.events, rate, micros(0.5),
            micros(0.99), micros(0.9999), micros(1));
    }

    Sizes sizes_;
    Router router_;
    std::mt19937 random_{42};
    TimePoint now_ = FromUnixMillis(1772413200000);
    int arrivals_ = 0;
    std::vector<std::pair<ContactId, LegId>> ringing_;
    std::vector<Duration> took_;
    int events_ = 0;
    bool timed_ = false;
};

}  // namespace

int main(int argc, char** argv) {
    // As the service does.
    mallopt(M_MXFAST, 0);
    Sizes sizes;
    int* const fields[] = {&sizes.agents, &sizes.queues, &sizes.skills, &sizes.waiting, &sizes.events};
    for (int i = 1; i < argc && i <= 5; ++i) {
        *fields[i - 1] = std::max(1, std::atoi(argv[i]));
    }
    Centre centre(sizes);
    centre.Run();
    return 0;
}
