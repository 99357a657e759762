// The relay's thread and the Replay API. Two relays of one outbox are harmless: subscribers know events by number.
#include "bus/publisher.hpp"

#include <google/protobuf/util/time_util.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <zmq.hpp>

#include "bus/outbox_reader.hpp"
#include "db/prepared.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"
#include "trunkline/bus/v1/bus.grpc.pb.h"

namespace trunkline::bus {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kHeartbeatEvery{1000};
constexpr milliseconds kCleanEvery{60'000};
constexpr milliseconds kCleanPause{100};  // between the small steps of one cleaning
constexpr int kCleanRows = 1000;
// Messages held for one slow subscriber; what is beyond is dropped, and he reads it by Replay.
constexpr int kHighWaterMark = 10'000;
// Events that the writer may be ahead of the relay; beyond them the relay reads the outbox.
constexpr size_t kMostHanded = 20'000;

constexpr const char* kDeleteOld =
    "WITH oldest AS (SELECT sequence, stored_time FROM outbox ORDER BY sequence LIMIT $2)"
    " DELETE FROM outbox USING oldest WHERE outbox.sequence = oldest.sequence"
    " AND oldest.stored_time < now() - $1 * interval '1 hour'";
// And the age of the oldest event after a number.
constexpr const char* kHead =
    "SELECT epoch, sequence, coalesce((SELECT extract(epoch FROM clock_timestamp() - stored_time) FROM outbox"
    " WHERE sequence > $1 ORDER BY sequence LIMIT 1), 0)::float8 FROM outbox_head";

class EventLogService final : public v1::EventLog::Service {
 public:
    EventLogService(db::Pool& pool, std::string source, const std::atomic<bool>& has_tables)
        : pool_(pool), source_(std::move(source)), has_tables_(has_tables) {}

    grpc::Status Replay(grpc::ServerContext*, const v1::ReplayRequest* request, v1::ReplayResponse* response) override {
        if (!has_tables_) {
            return rpc::ToGrpc(Error{Code::kUnavailable, "OUTBOX_NOT_READY", source_ + " has no database yet"});
        }
        const uint32_t limit = request->limit() == 0 ? kPageEvents : std::min(request->limit(), kPageEvents);
        auto page = pool_.Run([&](pqxx::work& transaction) {
            return ReadOutbox(transaction, source_, request->after_sequence(), limit);
        });
        if (!page.ok()) {
            return rpc::ToGrpc(page.error());
        }
        *response = std::move(*page);
        return grpc::Status::OK;
    }

 private:
    db::Pool& pool_;
    std::string source_;
    const std::atomic<bool>& has_tables_;
};

}  // namespace

struct Publisher::State {
    State(db::Pool& pool_in, metrics::Registry& registry, PublisherConfig config_in);

    void Bind();
    void Run();
    void Wait(steady_clock::time_point until);
    bool Look();
    bool IsBehind();
    bool PublishStored(std::vector<Committed> batches);
    bool PublishPage();
    void PublishHeartbeat();
    bool DeleteOld();
    void SendPage(v1::ReplayResponse& page);
    void Send(const std::string& topic, const google::protobuf::Message& message);

    db::Pool& pool;
    const PublisherConfig config;
    std::atomic<bool> has_tables;
    EventLogService event_log;
    prometheus::Gauge& age;
    prometheus::Counter& published;

    zmq::context_t context{1};
    zmq::socket_t socket{context, zmq::socket_type::pub};
    std::string address;
    std::string epoch;
    uint64_t position = 0;
    bool positioned = false;
    steady_clock::time_point next_poll{};
    bool has_bell = false;

    std::mutex mutex;
    std::condition_variable changed;
    bool rung = false;
    std::vector<Committed> handed;  // what the writer has committed, not yet published
    size_t handed_events = 0;
    bool stopping = false;
    std::thread thread;
};

Publisher::State::State(db::Pool& pool_in, metrics::Registry& registry, PublisherConfig config_in)
    : pool(pool_in),
      config(std::move(config_in)),
      has_tables(!config.awaits_tables),
      event_log(pool, config.source, has_tables),
      age(metrics::MakeGauge(registry, "trunkline_bus_outbox_age_seconds",
                             "Age of the oldest committed event that is not published yet; 0 when there is none.",
                             {{"service", config.source}})),
      published(metrics::MakeCounter(registry, "trunkline_bus_published_total", "Events published by the relay.",
                                     {{"service", config.source}})) {}

void Publisher::State::Bind() {
    socket.set(zmq::sockopt::sndhwm, kHighWaterMark);
    socket.set(zmq::sockopt::linger, 0);
    try {
        socket.bind(config.listen);
    } catch (const zmq::error_t& error) {
        throw std::runtime_error("cannot listen on bus.listen = " + config.listen + " (" + error.what() +
                                 "); is the port in use?");
    }
    address = socket.get(zmq::sockopt::last_endpoint);
}

void Publisher::State::Run() {
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return has_tables || stopping; });
    }
    steady_clock::time_point next_heartbeat = steady_clock::now();
    steady_clock::time_point next_cleaning = next_heartbeat;
    while (true) {
        const bool more = Look();
        const auto now = steady_clock::now();
        if (now >= next_heartbeat) {
            PublishHeartbeat();
            next_heartbeat = now + kHeartbeatEvery;
        }
        if (now >= next_cleaning) {
            next_cleaning = now + (DeleteOld() ? kCleanPause : kCleanEvery);
        }
        if (!more) {
            Wait(std::min(next_poll, next_heartbeat));
        }
        const std::lock_guard lock(mutex);
        if (stopping) {
            return;
        }
    }
}

void Publisher::State::Wait(steady_clock::time_point until) {
    std::unique_lock lock(mutex);
    changed.wait_until(lock, until, [this] { return rung || stopping || !handed.empty(); });
}

// True when there is more to publish at once.
bool Publisher::State::Look() {
    std::vector<Committed> batches;
    bool must_read = false;
    {
        const std::lock_guard lock(mutex);
        batches.swap(handed);
        handed_events = 0;
        must_read = std::exchange(rung, false);
        has_bell = has_bell || must_read || !batches.empty();
    }
    if (!batches.empty()) {
        must_read = must_read || !positioned || !PublishStored(std::move(batches));
    }
    const auto now = steady_clock::now();
    if (now >= next_poll) {
        next_poll = now + (has_bell ? kHeartbeatEvery : config.poll);
        must_read = IsBehind() || must_read;  // other processes may have committed, and they do not tell
    }
    return must_read && PublishPage();
}

// The cheap question: has anybody stored what was not published?
bool Publisher::State::IsBehind() {
    const auto head = pool.Run([&](pqxx::work& transaction) {
        const pqxx::result rows = db::ExecPrepared(transaction, kHead, position);
        age.Set(positioned ? rows.at(0)[2].as<double>() : 0);
        return std::pair(rows.at(0)[0].as<std::string>(), rows[0][1].as<uint64_t>());
    });
    if (!head.ok()) {
        log::Warning("relay cannot read the outbox", {{log::kError, head.error().message}});
        return false;
    }
    return !positioned || *head != std::pair(epoch, position);
}

// Publishes what follows on the position; false when something lies in between, which only the outbox can tell.
bool Publisher::State::PublishStored(std::vector<Committed> batches) {
    v1::ReplayResponse page;
    page.set_epoch(epoch);
    for (Committed& batch : batches) {
        if (batch.epoch != epoch || batch.base > position) {
            SendPage(page);
            return false;
        }
        if (batch.base < position) {
            continue;  // read already
        }
        for (Event& event : batch.events) {
            v1::Envelope& envelope = *page.add_events();
            envelope.set_source(config.source);
            envelope.set_epoch(epoch);
            envelope.set_sequence(++position);
            envelope.set_event_id(std::move(event.event_id));
            envelope.set_key(std::move(event.key));
            envelope.set_type(std::move(event.type));
            *envelope.mutable_occurred_time() = google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
                std::chrono::duration_cast<std::chrono::microseconds>(event.occurred.time_since_epoch()).count());
            envelope.set_payload(std::move(event.payload));
            if (static_cast<uint32_t>(page.events_size()) >= kPageEvents / 4) {
                SendPage(page);
            }
        }
    }
    SendPage(page);
    return true;
}

// Sends the events, if any, as one message and empties the page.
void Publisher::State::SendPage(v1::ReplayResponse& page) {
    if (page.events_size() == 0) {
        return;
    }
    page.set_last_sequence(position);
    Send(page.GetTypeName(), page);
    published.Increment(page.events_size());
    page.clear_events();
}

// True when there is more to publish at once. A relay that starts goes on from the end: what was committed before is
// found by subscribers through the heartbeat.
bool Publisher::State::PublishPage() {
    auto page = pool.Run([&](pqxx::work& transaction) {
        return ReadOutbox(transaction, config.source, position, positioned ? kPageEvents : 0);
    });
    if (!page.ok()) {
        log::Warning("relay cannot read the outbox", {{log::kError, page.error().message}});
        return false;
    }
    if (!positioned || page->epoch() != epoch) {
        positioned = true;
        epoch = page->epoch();
        position = page->last_sequence();
        return true;
    }
    const uint64_t last = page->last_sequence();
    if (page->events_size() > 0) {
        position = page->events(page->events_size() - 1).sequence();
        SendPage(*page);
    }
    return position < last;
}

void Publisher::State::PublishHeartbeat() {
    if (!positioned) {
        return;
    }
    v1::Heartbeat heartbeat;
    heartbeat.set_source(config.source);
    heartbeat.set_epoch(epoch);
    heartbeat.set_sequence(position);
    Send(heartbeat.GetTypeName(), heartbeat);
}

// True when there may be more.
bool Publisher::State::DeleteOld() {
    const auto deleted = pool.Run([&](pqxx::work& transaction) {
        const auto hours = static_cast<int64_t>(config.keep.count());
        return transaction.exec_params(kDeleteOld, hours, kCleanRows).affected_rows();
    });
    return deleted.ok() && *deleted == kCleanRows;
}

void Publisher::State::Send(const std::string& topic, const google::protobuf::Message& message) {
    const std::string bytes = message.SerializeAsString();
    socket.send(zmq::buffer(topic), zmq::send_flags::sndmore);
    socket.send(zmq::buffer(bytes), zmq::send_flags::none);
}

Publisher::Publisher(db::Pool& pool, metrics::Registry& registry, PublisherConfig config)
    : state_(std::make_unique<State>(pool, registry, std::move(config))) {}

Publisher::~Publisher() { Publisher::Stop(); }

void Publisher::Ring() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->rung = true;
    }
    state_->changed.notify_one();
}

void Publisher::Publish(Committed stored) {
    {
        const std::lock_guard lock(state_->mutex);
        if (state_->handed_events < kMostHanded) {
            state_->handed_events += stored.events.size() + 1;
            state_->handed.push_back(std::move(stored));
        } else {
            state_->rung = true;  // what was left out is read from the outbox
        }
    }
    state_->changed.notify_one();
}

void Publisher::TablesAreThere() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->has_tables = true;
    }
    state_->changed.notify_one();
}

grpc::Service& Publisher::event_log() { return state_->event_log; }

std::string Publisher::address() const { return state_->address; }

void Publisher::Start() {
    state_->Bind();
    state_->thread = std::thread([this] { state_->Run(); });
}

void Publisher::Stop() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->changed.notify_one();
    if (state_->thread.joinable()) {
        state_->thread.join();
    }
}

}  // namespace trunkline::bus
