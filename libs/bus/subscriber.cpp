// The thread between the mailbox and the database.
#include "bus/subscriber.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "bus/feed.hpp"
#include "bus/inbox.hpp"
#include "bus/intake.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::bus {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kIdle{250};
constexpr milliseconds kRetryWhenWaiting{100};
constexpr milliseconds kRetryOtherwise{1000};
constexpr milliseconds kFirstPause{50};
constexpr milliseconds kLongestPause{1000};

}  // namespace

struct Subscriber::State {
    State(db::Pool& pool, metrics::Registry& registry, SubscriberConfig config_in, Handler handler);

    void Run();
    // True when something was committed, so that more may be waiting.
    Result<bool> Work(SteadyTime now);
    Result<bool> Look();
    // So much is pending that waiting would not make the next transaction better.
    bool IsPressed() const {
        return std::any_of(feeds.begin(), feeds.end(),
                           [&](const auto& entry) { return entry.second.pending() >= config.batch_limit / 2; });
    }

    const SubscriberConfig config;
    Inbox inbox;
    // Shared, because the answer of a Replay may ring when the subscriber is gone.
    const std::shared_ptr<Mailbox> mailbox = std::make_shared<Mailbox>();
    Intake intake{mailbox};
    std::map<std::string, Feed> feeds;
    std::function<void()> committed_callback;

    SystemClock clock;
    SteadyTime last_retry{};
    std::atomic<bool> stopping{false};
    std::thread thread;
};

Subscriber::State::State(db::Pool& pool, metrics::Registry& registry, SubscriberConfig config_in, Handler handler)
    : config(std::move(config_in)), inbox(pool, registry, config, std::move(handler)) {
    for (const Source& source : config.sources) {
        Feed::Settings settings{config.consumer, config.types, config.batch_limit, 4 * config.batch_limit,
                                [wake = mailbox] { wake->Ring(); }};
        // Instances of one source share an outbox, so they are one feed.
        Feed& feed = feeds.try_emplace(source.name, source.name, registry, std::move(settings)).first->second;
        feed.AddInstance(rpc::Connect(source.grpc, config.tls));
    }
}

void Subscriber::State::Run() {
    milliseconds wait{0};
    milliseconds pause = kFirstPause;
    SteadyTime resume{};
    while (!stopping) {
        for (const auto& message : mailbox->Take(wait)) {
            Open(message, [this](auto& heard) {
                if (const auto feed = feeds.find(heard.source()); feed != feeds.end()) feed->second.Accept(heard);
            });
        }
        const SteadyTime now = clock.SteadyNow();
        if (now < resume && !stopping && !IsPressed()) {
            wait = std::chrono::ceil<milliseconds>(resume - now);
            continue;
        }
        const Result<bool> worked = Work(now);
        if (!worked.ok()) {
            log::Warning("subscriber waits for the database", {{log::kError, worked.error().message}});
            resume = now + pause;
            wait = pause;
            pause = std::min(pause * 2, kLongestPause);
            continue;
        }
        pause = kFirstPause;
        wait = *worked ? milliseconds{0} : kIdle;
        if (*worked && !IsPressed()) {
            // One COMMIT for what arrives in a while; what comes to an idle subscriber is applied at once.
            resume = now + config.gather;
            wait = config.gather;
        }
        if (*worked && committed_callback) {
            committed_callback();
        }
    }
}

Result<bool> Subscriber::State::Work(SteadyTime now) {
    bool any = false;
    for (auto& [name, feed] : feeds) {
        const Result<bool> worked = feed.Work(inbox, now);
        if (!worked.ok()) {
            return worked;
        }
        any |= *worked;
    }
    if (now - last_retry >= (inbox.waiting() ? kRetryWhenWaiting : kRetryOtherwise)) {
        last_retry = now;
        const Result<bool> looked = Look();
        if (!looked.ok()) {
            return looked;
        }
        any |= *looked;
    }
    return any;
}

// What time alone brings: parked events that are due, and cursors that a crash of the database took back.
Result<bool> Subscriber::State::Look() {
    const Result<bool> retried = inbox.waiting() ? inbox.RetryParked() : Result<bool>(false);
    if (!retried.ok()) {
        return retried;
    }
    const auto cursors = inbox.Look();
    if (!cursors.ok()) {
        return cursors.error();
    }
    for (auto& [name, feed] : feeds) {
        if (const auto stored = cursors->find(name); stored != cursors->end()) {
            feed.Compare(stored->second);
        }
    }
    return retried;
}

Subscriber::Subscriber(db::Pool& pool, metrics::Registry& registry, SubscriberConfig config, Handler handler)
    : state_(std::make_unique<State>(pool, registry, std::move(config), std::move(handler))) {}

Subscriber::~Subscriber() { Subscriber::Stop(); }

void Subscriber::OnCommitted(std::function<void()> callback) { state_->committed_callback = std::move(callback); }

void Subscriber::Start() {
    for (const Source& source : state_->config.sources) {
        state_->intake.Connect(source.bus);
    }
    state_->intake.Start();
    state_->thread = std::thread([this] { state_->Run(); });
}

void Subscriber::Stop() {
    state_->stopping = true;
    state_->mailbox->Ring();
    if (state_->thread.joinable()) {
        state_->thread.join();
    }
    state_->intake.Stop();
}

}  // namespace trunkline::bus
