// Group commit: what was posted while the last transaction ran goes into the next one.
#include <deque>

#include "bus/outbox.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::bus {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kFirstPause{50};
constexpr milliseconds kLongestPause{1000};

}  // namespace

struct FactWriter::State {
    State(db::Pool& pool_in, metrics::Registry& registry, const std::string& service, FactWriterConfig config_in)
        : pool(pool_in),
          config(config_in),
          queued(metrics::MakeGauge(registry, "trunkline_bus_queue_facts", "Facts waiting to be committed.",
                                    {{"service", service}})),
          refused(metrics::MakeCounter(registry, "trunkline_bus_refused_facts_total",
                                       "Facts given up: the queue was full, or the database refused them.",
                                       {{"service", service}})) {}

    void Run();
    std::vector<Fact> NextBatch();
    void AwaitCompany(std::unique_lock<std::mutex>& lock);
    bool Pause(milliseconds length);
    void WriteUntilDone(const std::vector<Fact>& batch);
    Status Write(const Fact* first, const Fact* last, Committed& stored);
    void Done(size_t count, Committed stored);

    db::Pool& pool;
    const FactWriterConfig config;
    prometheus::Gauge& queued;
    prometheus::Counter& refused;
    std::function<void(Committed)> committed_callback;

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Fact> queue;
    uint64_t posted = 0;
    uint64_t done = 0;
    bool stopping = false;
    int flushing = 0;  // calls of Flush that wait
    std::chrono::steady_clock::time_point next_commit{};
    std::thread thread;
};

void FactWriter::State::Run() {
    while (true) {
        const std::vector<Fact> batch = NextBatch();
        if (batch.empty()) {
            return;
        }
        WriteUntilDone(batch);
    }
}

// Empty when it is time to end.
std::vector<Fact> FactWriter::State::NextBatch() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return stopping || !queue.empty(); });
    AwaitCompany(lock);
    const auto count = static_cast<std::ptrdiff_t>(std::min(queue.size(), config.batch_limit));
    std::vector<Fact> batch(std::make_move_iterator(queue.begin()), std::make_move_iterator(queue.begin() + count));
    queue.erase(queue.begin(), queue.begin() + count);
    return batch;
}

// A lone fact is written at once; under load one COMMIT, with its flush to disk, carries many.
void FactWriter::State::AwaitCompany(std::unique_lock<std::mutex>& lock) {
    changed.wait_until(lock, next_commit, [this] { return stopping || flushing > 0 || queue.size() >= config.enough; });
    next_commit = std::chrono::steady_clock::now() + config.gather;
}

// False when the writer is being stopped: a database that is away must not hold the process.
bool FactWriter::State::Pause(milliseconds length) {
    std::unique_lock lock(mutex);
    queued.Set(static_cast<double>(posted - done));
    return !changed.wait_for(lock, length, [this] { return stopping; });
}

Status FactWriter::State::Write(const Fact* first, const Fact* last, Committed& stored) {
    return pool.Run([&](pqxx::work& transaction) {
        TellStored(transaction, stored);
        for (const Fact* fact = first; fact != last; ++fact) {
            if (fact->apply) {
                fact->apply(transaction);
            }
            Append(transaction, fact->events);
        }
    });
}

// While the database is away the batch is kept and tried again. When the database refuses it, its facts are written one
// by one, so that only the wrong one is lost.
void FactWriter::State::WriteUntilDone(const std::vector<Fact>& batch) {
    const Fact* first = batch.data();
    const Fact* const end = first + batch.size();
    const Fact* last = end;
    milliseconds pause = kFirstPause;
    while (first != end) {
        Committed stored;
        const Status written = Write(first, last, stored);
        if (!written.ok() && (written.error().code == Code::kUnavailable || written.error().code == Code::kAborted)) {
            log::Warning("facts wait for the database", {{log::kError, written.error().message}});
            if (!Pause(pause)) {
                log::Error("facts lost at stop", {{log::kCount, end - first}});
                refused.Increment(static_cast<double>(end - first));
                Done(static_cast<size_t>(end - first), {});
                return;
            }
            pause = std::min(pause * 2, kLongestPause);
            continue;
        }
        if (!written.ok() && last - first > 1) {
            last = first + 1;
            continue;
        }
        if (!written.ok()) {
            log::Error("fact refused by the database", {{log::kError, written.error().message}});
            refused.Increment();
            stored = {};
        }
        Done(static_cast<size_t>(last - first), std::move(stored));
        first = last;
        last = std::min(first + 1, end);
    }
}

void FactWriter::State::Done(size_t count, Committed stored) {
    {
        const std::lock_guard lock(mutex);
        done += count;
        queued.Set(static_cast<double>(posted - done));
    }
    changed.notify_all();
    if (committed_callback) {
        committed_callback(std::move(stored));
    }
}

FactWriter::FactWriter(db::Pool& pool, metrics::Registry& registry, const std::string& service, FactWriterConfig config)
    : state_(std::make_unique<State>(pool, registry, service, config)) {}

FactWriter::~FactWriter() { FactWriter::Stop(); }

bool FactWriter::Post(Fact fact) {
    bool wake = false;
    {
        const std::lock_guard lock(state_->mutex);
        if (state_->stopping || state_->posted - state_->done >= state_->config.queue_limit) {
            state_->refused.Increment();
            log::Error("fact refused, the queue is full", {{log::kCount, state_->posted - state_->done}});
            return false;
        }
        state_->queue.push_back(std::move(fact));
        ++state_->posted;
        // In between the writer has nothing to do with it yet.
        wake = state_->queue.size() == 1 || state_->queue.size() == state_->config.enough;
    }
    if (wake) {
        state_->changed.notify_all();
    }
    return true;
}

bool FactWriter::Flush(std::chrono::milliseconds limit) {
    std::unique_lock lock(state_->mutex);
    const uint64_t target = state_->posted;
    ++state_->flushing;
    state_->changed.notify_all();
    const bool done = state_->changed.wait_for(lock, limit, [&] { return state_->done >= target; });
    --state_->flushing;
    return done;
}

void FactWriter::OnCommitted(std::function<void()> callback) {
    state_->committed_callback = [callback = std::move(callback)](const Committed&) { callback(); };
}

void FactWriter::OnCommitted(std::function<void(Committed)> callback) {
    state_->committed_callback = std::move(callback);
}

void FactWriter::Start() {
    state_->thread = std::thread([this] { state_->Run(); });
}

void FactWriter::Drain(std::chrono::steady_clock::time_point deadline) {
    Flush(std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now()));
}

void FactWriter::Stop() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->changed.notify_all();
    if (state_->thread.joinable()) {
        state_->thread.join();
    }
}

}  // namespace trunkline::bus
