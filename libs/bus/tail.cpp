// The thread between the mailbox and the handlers.
#include "bus/tail.hpp"

#include <google/protobuf/util/time_util.h>

#include <atomic>
#include <map>
#include <thread>

#include "bus/intake.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"
#include "trunkline/bus/v1/bus.grpc.pb.h"

namespace trunkline::bus {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kIdle{100};
constexpr milliseconds kReplayDeadline{3000};
constexpr milliseconds kPauseAfterFailure{500};

Received ToReceived(const v1::Envelope& event) {
    using google::protobuf::util::TimeUtil;
    return {
        event.event_id(), event.source(),
        event.sequence(), event.key(),
        event.type(),     TimePoint(std::chrono::nanoseconds(TimeUtil::TimestampToNanoseconds(event.occurred_time()))),
        event.payload()};
}

// A Replay under way. Only the outcome is shared with gRPC's thread (see feed.cpp).
struct Outcome {
    grpc::Status status;
    std::atomic<bool> done{false};
};
struct Call {
    grpc::ClientContext context;
    v1::ReplayRequest request;
    v1::ReplayResponse response;
    std::shared_ptr<Outcome> outcome = std::make_shared<Outcome>();
};

// How far one source was read.
struct Position {
    std::unique_ptr<v1::EventLog::Stub> log;
    std::string epoch;  // empty: not heard yet
    uint64_t sequence = 0;
    bool behind = false;
    std::unique_ptr<Call> call;
    SteadyTime next_call{};
};

}  // namespace

struct Tail::State {
    State(TailConfig config_in, TailHandlers handlers_in)
        : config(std::move(config_in)), handlers(std::move(handlers_in)) {
        for (const Source& source : config.sources) {
            positions[source.name].log = v1::EventLog::NewStub(rpc::Connect(source.grpc, config.tls));
        }
    }

    void Run();
    void Accept(const v1::Envelope& event);
    void Accept(const v1::Heartbeat& heartbeat);
    void Deliver(Position& position, const v1::Envelope& event);
    void Jump(const std::string& source, Position& position, const std::string& epoch, uint64_t sequence);
    void StartReplay(Position& position);
    void FinishReplay(const std::string& source, Position& position, SteadyTime now);

    const TailConfig config;
    const TailHandlers handlers;
    const std::shared_ptr<Mailbox> mailbox = std::make_shared<Mailbox>();
    Intake intake{mailbox};
    std::map<std::string, Position> positions;
    SystemClock clock;
    std::atomic<bool> stopping{false};
    std::thread thread;
};

void Tail::State::Run() {
    while (!stopping) {
        for (const auto& message : mailbox->Take(kIdle)) {
            Open(message, [this](const auto& heard) {
                if (positions.contains(heard.source())) Accept(heard);
            });
        }
        const SteadyTime now = clock.SteadyNow();
        for (auto& [source, position] : positions) {
            if (position.call && position.call->outcome->done) {
                FinishReplay(source, position, now);
            }
            if (position.behind && !position.call && now >= position.next_call) {
                StartReplay(position);
            }
        }
    }
    for (auto& [source, position] : positions) {
        if (position.call) {
            position.call->context.TryCancel();
            position.call->outcome->done.wait(false);
        }
    }
}

void Tail::State::Accept(const v1::Envelope& event) {
    Position& position = positions[event.source()];
    if (position.epoch.empty()) {
        position.epoch = event.epoch();
        position.sequence = event.sequence() - 1;
    }
    if (event.epoch() != position.epoch || event.sequence() > position.sequence + 1) {
        position.behind = true;
    } else if (event.sequence() == position.sequence + 1) {
        Deliver(position, event);
    }
}

void Tail::State::Accept(const v1::Heartbeat& heartbeat) {
    Position& position = positions[heartbeat.source()];
    if (position.epoch.empty()) {
        position.epoch = heartbeat.epoch();
        position.sequence = heartbeat.sequence();
    }
    position.behind =
        position.behind || heartbeat.epoch() != position.epoch || heartbeat.sequence() > position.sequence;
    if (!position.behind) {
        handlers.heard(heartbeat.source());
    }
}

void Tail::State::Deliver(Position& position, const v1::Envelope& event) {
    position.sequence = event.sequence();
    handlers.event(ToReceived(event));
}

void Tail::State::Jump(const std::string& source, Position& position, const std::string& epoch, uint64_t sequence) {
    log::Warning("events for screens were missed",
                 {{log::kSource, source}, {log::kCount, sequence - position.sequence}});
    position.epoch = epoch;
    position.sequence = sequence;
    position.behind = false;
    handlers.missed(source);
}

void Tail::State::StartReplay(Position& position) {
    position.call = std::make_unique<Call>();
    Call& call = *position.call;
    call.request.set_after_sequence(position.sequence);
    rpc::SetDeadline(call.context, kReplayDeadline);
    position.log->async()->Replay(&call.context, &call.request, &call.response,
                                  [outcome = call.outcome, wake = mailbox](grpc::Status status) {
                                      outcome->status = std::move(status);
                                      outcome->done.store(true);
                                      outcome->done.notify_all();
                                      wake->Ring();
                                  });
}

void Tail::State::FinishReplay(const std::string& source, Position& position, SteadyTime now) {
    const std::unique_ptr<Call> call = std::move(position.call);
    if (!call->outcome->status.ok()) {
        position.next_call = now + kPauseAfterFailure;
        return;
    }
    const v1::ReplayResponse& page = call->response;
    const bool gone = !page.events().empty() && page.events(0).sequence() > position.sequence + 1;
    const bool far = page.last_sequence() > position.sequence + config.longest_gap;
    if (page.epoch() != position.epoch || gone || far) {
        Jump(source, position, page.epoch(), page.last_sequence());
        return;
    }
    for (const v1::Envelope& event : page.events()) {
        if (event.sequence() == position.sequence + 1) {
            Deliver(position, event);
        }
    }
    position.behind = position.sequence < page.last_sequence();
}

Tail::Tail(TailConfig config, TailHandlers handlers)
    : state_(std::make_unique<State>(std::move(config), std::move(handlers))) {}

Tail::~Tail() { Tail::Stop(); }

void Tail::Start() {
    for (const Source& source : state_->config.sources) {
        state_->intake.Connect(source.bus);
    }
    state_->intake.Start();
    state_->thread = std::thread([this] { state_->Run(); });
}

void Tail::Stop() {
    state_->stopping = true;
    state_->mailbox->Ring();
    if (state_->thread.joinable()) {
        state_->thread.join();
    }
    state_->intake.Stop();
}

}  // namespace trunkline::bus
