// Names to addresses: getaddrinfo on a thread of its own, so that a slow name server never stops the SIP thread.
#include "sip/resolver.hpp"

#include <netdb.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace trunkline::sip {

namespace {
constexpr Duration kKeepAnswers = std::chrono::seconds(60);
constexpr size_t kMostKept = 1000;

Error Unknown(const std::string& host) {
    return Error{Code::kNotFound, "HOST_UNKNOWN", "The host '" + host + "' has no address."};
}

Result<SocketAddress> AskSystem(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_DGRAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    if (getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0 || list == nullptr) return Unknown(host);
    sockaddr_storage storage{};
    std::copy_n(reinterpret_cast<const char*>(list->ai_addr), list->ai_addrlen, reinterpret_cast<char*>(&storage));
    const SocketAddress address(storage, list->ai_addrlen);
    freeaddrinfo(list);
    return address;
}
}  // namespace

void NumericResolver::Resolve(const std::string& host, uint16_t port, Done done) {
    done(SocketAddress::Parse(host == "localhost" ? "127.0.0.1" : host, port));
}

struct SystemResolver::Worker : std::enable_shared_from_this<SystemResolver::Worker> {
    struct Question {
        std::string host;
        uint16_t port = 0;
        Done done;
    };
    struct Known {
        SocketAddress address;
        SteadyTime until;
    };
    explicit Worker(Reactor& r) : reactor(r) {}

    void Run() {
        for (;;) {
            Question question;
            {
                std::unique_lock lock(mutex);
                wake.wait(lock, [this] { return stopped || !questions.empty(); });
                if (stopped) return;
                question = std::move(questions.front());
                questions.pop_front();
            }
            auto answer = AskSystem(question.host);
            reactor.Post(
                [self = weak_from_this(), question = std::move(question), answer = std::move(answer)]() mutable {
                    if (const auto worker = self.lock()) worker->Tell(question, std::move(answer));
                });
        }
    }

    void Tell(Question& question, Result<SocketAddress> answer) {
        if (!answer) return question.done(std::move(answer));
        if (known.size() >= kMostKept) known.clear();
        known[question.host] = {*answer, reactor.timers().Now() + kKeepAnswers};
        question.done(answer->WithPort(question.port));
    }

    Reactor& reactor;
    std::unordered_map<std::string, Known> known;  // SIP thread only
    std::mutex mutex;                              // guards what follows
    std::condition_variable wake;
    std::deque<Question> questions;
    bool stopped = false;
    std::thread thread;
};

SystemResolver::SystemResolver(Reactor& reactor) : worker_(std::make_shared<Worker>(reactor)) {
    worker_->thread = std::thread([worker = worker_.get()] { worker->Run(); });
}

SystemResolver::~SystemResolver() {
    {
        const std::lock_guard lock(worker_->mutex);
        worker_->stopped = true;
    }
    worker_->wake.notify_all();
    worker_->thread.join();
}

void SystemResolver::Resolve(const std::string& host, uint16_t port, Done done) {
    if (auto numeric = SocketAddress::Parse(host, port)) return done(std::move(numeric));
    const auto found = worker_->known.find(host);
    if (found != worker_->known.end() && found->second.until > worker_->reactor.timers().Now()) {
        return done(found->second.address.WithPort(port));
    }
    {
        const std::lock_guard lock(worker_->mutex);
        worker_->questions.push_back({host, port, std::move(done)});
    }
    worker_->wake.notify_one();
}

}  // namespace trunkline::sip
