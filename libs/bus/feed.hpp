// What a subscriber knows of one source: how far it is, what waits to be applied, and whether something is missing.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bus/inbox.hpp"
#include "bus/subscriber.hpp"
#include "trunkline/bus/v1/bus.grpc.pb.h"

namespace trunkline::bus {

// Used on the subscriber's thread; only the answer of a Replay call arrives on a thread of gRPC, which rings `wake`.
class Feed {
 public:
    struct Settings {
        std::string consumer;
        std::set<std::string> types;  // that are wanted; empty: all
        size_t batch_limit = 500;     // events applied in one transaction
        size_t pending_limit = 2000;  // events held in memory; what is beyond is read again by Replay
        std::function<void()> wake;
    };

    Feed(std::string name, metrics::Registry& registry, Settings settings);
    ~Feed();

    // One more instance of the source: a channel to its EventLog.
    void AddInstance(const std::shared_ptr<grpc::Channel>& channel);

    // From the bus: keeps the event (its texts are moved away) when it is the next one, drops it when known, and notes
    // a hole otherwise.
    void Accept(v1::Envelope& event);
    void Accept(const v1::Heartbeat& heartbeat);
    // Does what is due: loads the cursor, asks for what is missing, applies a batch of what is pending. True when
    // effects were committed. An error is the database's; call again later.
    Result<bool> Work(Inbox& inbox, SteadyTime now);

    // What the database has: when that is not what is known here, the cursor is read anew.
    void Compare(const Cursor& stored);

    // Events that wait to be applied.
    size_t pending() const { return pending_.size(); }

 private:
    struct Call;

    uint64_t Last() const { return pending_.empty() ? cursor_.sequence : pending_.back().sequence; }
    void NoteGap(const std::string& epoch);
    void Keep(v1::Envelope& event);
    void StartReplay();
    Status FinishReplay(Inbox& inbox, SteadyTime now);
    Status Take(Inbox& inbox, v1::ReplayResponse& page, uint64_t after);
    Status SkipDeleted(Inbox& inbox, uint64_t first);
    void Forget(const Cursor& applied);
    Result<bool> Apply(Inbox& inbox, SteadyTime now);
    Status Reload(Inbox& inbox);

    const std::string name_;
    const Settings settings_;
    prometheus::Counter& gaps_;
    prometheus::Counter& new_epochs_;
    std::vector<std::unique_ptr<v1::EventLog::Stub>> instances_;
    size_t instance_ = 0;  // asked next

    bool loaded_ = false;
    Cursor cursor_;
    std::vector<Received> pending_;
    bool behind_ = true;  // a subscriber that starts asks first
    std::unique_ptr<Call> call_;
    int failures_ = 0;
    SteadyTime next_call_{};
    SteadyTime next_skip_{};
};

}  // namespace trunkline::bus
